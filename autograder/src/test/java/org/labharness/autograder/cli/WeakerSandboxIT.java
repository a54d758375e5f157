package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.sandbox.docker.Eventually;
import org.labharness.pipeline.sandbox.docker.Remains;

/** The whole program run by somebody who is not root and may use the engine. */
class WeakerSandboxIT {
    private static final Path RUNTIME = Path.of("/tmp/labharness-" + Unprivileged.UID);
    private static final String OWN_USERS = "submissions cannot have user ids of their own";
    private static final String DISK = "the disk of a submission cannot be limited";

    @TempDir
    Path folder;

    private Unprivileged user;
    private String lab;

    @BeforeEach
    void prepare() throws IOException {
        Path own = Files.createDirectory(folder.resolve("own"));
        user = new Unprivileged(own);
        lab = Tiny.lab(own.resolve("tiny"), "60s").toString();
    }

    @AfterEach
    void deleteRuntimeFolder() throws IOException {
        Files.deleteIfExists(RUNTIME);
    }

    private static String end(Process process, Path output, int exit) throws Exception {
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        process.destroyForcibly();
        String words = Files.readString(output).replaceAll("\\s+", " ");
        assertThat(ended).as(words).isTrue();
        assertThat(process.exitValue()).as(words).isEqualTo(exit);
        return words;
    }

    @Test
    void what_cannot_be_enforced_is_named_by_doctor_and_by_the_refusal() throws Exception {
        String repository = Tiny.good(folder.resolve("own/student-07")).toString();
        user.ownAll();
        Path output = folder.resolve("output");

        assertThat(end(user.program(output, "grade", repository, "--lab", lab), output, 4))
                .contains("sandbox-too-weak", OWN_USERS + ", because the harness does not run as root;")
                .contains(DISK + ", because the harness does not run as root.")
                .contains("--accept-weaker-sandbox")
                .doesNotContain("Exception");
        assertThat(user.home().resolve("instances"))
                .satisfiesAnyOf(
                        instances -> assertThat(instances).doesNotExist(),
                        instances -> assertThat(instances).isEmptyDirectory());

        Process doctor = user.launcher(output, "doctor");
        assertThat(doctor.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output);
        assertThat(said.lines().filter(line -> line.startsWith("weaker")))
                .as(said)
                .anyMatch(line -> line.contains(OWN_USERS))
                .anyMatch(line -> line.contains(DISK));
        assertThat(said).contains("Grading is refused without --accept-weaker-sandbox");
    }

    /** It also leaves what only its owner can delete, and only with care. */
    @Test
    void grading_ends_well_where_the_weaker_sandbox_is_accepted_and_leaves_nothing() throws Exception {
        String repository = Tiny.tracking(folder.resolve("own/student-08"), """
                        mkdir -p locked/below && echo x > locked/below/file && chmod 000 locked/below locked
                        python3 -c 'import os
                        for i in range(600): os.mkdir("a-long-name"); os.chdir("a-long-name")'
                        """).toString();
        user.ownAll();
        Path output = folder.resolve("output");

        Process process =
                user.program(output, "grade", repository, "--lab", lab, "--accept-weaker-sandbox", "--min-score", "7");
        AtomicReference<Remains> remains = new AtomicReference<>();
        Eventually.holds(Duration.ofSeconds(60), "that it has an instance", () -> {
            Remains.of(user.home(), process.pid()).ifPresent(remains::set);
            return remains.get() != null || !process.isAlive();
        });

        assertThat(end(process, output, 0)).contains("7 of 10");
        assertThat(remains.get()).satisfies(left -> assertThat(left.found()).isEmpty());
        assertThat(RUNTIME).isEmptyDirectory();
        assertThat(user.home().resolve("instances")).isEmptyDirectory();
    }
}
