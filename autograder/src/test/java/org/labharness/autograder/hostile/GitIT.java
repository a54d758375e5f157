package org.labharness.autograder.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.RealHome;
import org.labharness.autograder.cli.Tiny;
import org.labharness.pipeline.checkout.RepositoryBuilder;

/** A repository that is full of tricks is looked at as usual, trick by trick, and graded once. */
class GitIT {
    @TempDir
    Path folder;

    private Path repository;
    private Path marks;

    @BeforeEach
    void plant() throws IOException {
        marks = Files.createDirectory(folder.resolve("marks"));
        Path theirs = folder.resolve("theirs");
        String commit;
        try (RepositoryBuilder secret = RepositoryBuilder.create(theirs)) {
            commit = secret.write("secret", "canary-of-theirs\n")
                    .commit("Secret", Instant.parse("2026-10-01T12:00:00Z"));
        }
        repository = Tiny.with(
                folder.resolve("tricky"), Map.of(), builder -> GitTrick.committed(builder, theirs, commit, marks));
        for (GitTrick trick : GitTrick.values()) {
            trick.plant(repository.resolve(".git"), mark(trick));
        }
    }

    private Path mark(GitTrick trick) {
        return marks.resolve(trick.name());
    }

    @Test
    void tricks_of_a_repository_work_on_the_usual_git_and_not_on_ours() throws Exception {
        Grading grading =
                Grading.of(RealHome.warm(folder.resolve("home")), repository, Tiny.lab(folder.resolve("lab"), "30s"));

        assertThat(marks).isEmptyDirectory();
        assertThat(grading.points()).as("%s", grading).isEqualTo("6");
        assertThat(grading.visible()).doesNotContain("canary");
        assertThat(grading.verdict().path("findings").findValuesAsText("code")).contains("repo.submodule");
        for (GitTrick trick : GitTrick.values()) {
            String said = git(trick.usual(repository, folder.resolve("copy-" + trick), mark(trick)));
            assertThat(mark(trick)).as("%s: %s", trick, said).exists();
        }
    }

    private String git(String commands) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", commands).redirectErrorStream(true);
        shell.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        shell.environment()
                .putAll(Map.of(
                        "HOME", folder.toString(),
                        "GIT_CONFIG_COUNT", "1",
                        "GIT_CONFIG_KEY_0", "safe.directory",
                        "GIT_CONFIG_VALUE_0", "*"));
        Process process = shell.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
