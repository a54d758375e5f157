package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.labharness.autograder.cli.Cli.Result;

/** What a stage may leave behind for those who read after it. Each must end soon, with words, and with nothing left. */
class HostileTreesIT {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final String DOUBLE = "awk '{print 2 * $1}' \"$1\" > \"$2\"\n";

    /** Leaves about everything that a tree can hold, then does its work: nothing of it is forbidden. */
    private static final String CLUTTER = """
            (setsid sh -c '(while :; do echo beat; sleep 0.2; done) &' &)
            python3 -c 'import os
            for i in range(4000): os.mkdir("a-long-name"); os.chdir("a-long-name")'
            printf x > "$(printf 'b\\377d\\001.txt')"
            mkdir locked; echo x > locked/file; chmod 000 locked/file locked
            mkfifo mlflow.db; mkdir -p mlruns/0/m; mkfifo mlruns/0/meta.yaml; ln -s / mlruns/1; ln -s /dev/zero mlruns.db
            """ + DOUBLE + """
            for i in 1 2 3 4 5 6 7 8 9; do ln doubled.txt more-$i.txt; done
            mv doubled.txt real.txt; ln -s real.txt doubled.txt
            """;

    @TempDir
    Path folder;

    /** A first stage that spoils its work, and what must be said of it. */
    enum Trick {
        SCRATCH_FULL("for i in 1 2 3; do head -c 100M /dev/zero > /tmp/fill$i || exit 1; done\n", "it filled the disk"),
        SCRATCH_FULL_AT_ONCE("head -c 1G /dev/zero > /tmp/fill || exit 1\n", "it filled the disk"),
        MANY_FILES(
                "python3 -c 'for i in range(2000000): open(f\"{i}.tiny\", \"w\").close()' || exit 9\n",
                "it filled the disk"),
        PIPE_AS_OUTPUT("mkfifo doubled.txt\n", "'doubled.txt' is neither a file nor a folder"),
        SOCKET_AS_OUTPUT(
                "python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"doubled.txt\")'\n",
                "'doubled.txt' is neither a file nor a folder"),
        DEVICE_AS_OUTPUT("ln -s /dev/zero doubled.txt\n", "'doubled.txt' is a link to '/dev/zero'"),
        PASSWORDS_AS_OUTPUT("ln -s /etc/passwd doubled.txt\n", "'doubled.txt' is a link to '/etc/passwd'"),
        /** DVC would wait for a writer. */
        PIPE_AS_LOCK(DOUBLE + "mkfifo dvc.lock\n", "'dvc.lock' is neither a file nor a folder"),
        SPARSE_OUTPUT("truncate -s 1T doubled.txt\n", "a file of more than 128MiB"),
        SPARSE_OUTPUT_WITHIN_LIMITS("truncate -s 100M doubled.txt\n", "filled the disk"),
        OUTPUT_LOCKED_AWAY(DOUBLE + "chmod 000 doubled.txt\n", "doubled.txt"),
        NO_REPOSITORY_ANY_MORE(DOUBLE + "rm -rf .git .dvc/config .dvc/tmp\n", ""),
        DVC_FOLDER_IS_A_LINK(DOUBLE + "mv .dvc elsewhere; ln -s /tmp .dvc\n", "");

        private final String stage;
        private final String words;

        Trick(String stage, String words) {
            this.stage = stage;
            this.words = words;
        }
    }

    @Test
    void clutter_hinders_no_work() throws Exception {
        assertThat(grade("clutter", CLUTTER).path("points").asText()).isEqualTo("6");
    }

    @ParameterizedTest
    @EnumSource(Trick.class)
    @Tag("full")
    void tricks_end_soon_with_words(Trick trick) throws Exception {
        JsonNode verdict = grade(trick.name().toLowerCase(Locale.ROOT).replace('_', '-'), trick.stage);
        assertThat(verdict.path("checks").findValuesAsText("message").toString())
                .contains(trick.words)
                .doesNotContain("Exception", "exit code unknown");
    }

    @Test
    void a_pipe_as_output_ends_soon_with_words() throws Exception {
        tricks_end_soon_with_words(Trick.PIPE_AS_OUTPUT);
    }

    private JsonNode grade(String name, String stage) throws IOException {
        Path home = RealHome.warm(folder.resolve("home"));
        String repository = Tiny.with(folder.resolve(name), stage).toString();
        String lab = Tiny.lab(folder.resolve("lab"), "40s").toString();
        long start = System.nanoTime();

        Result result = new Cli(home).with(System.getenv()).run("grade", repository, "--lab", lab, "--json", "-");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
        assertThat(result.exit()).as(result.words()).isZero();
        try (Stream<Path> instances = Files.list(home.resolve("instances"))) {
            assertThat(instances).isEmpty();
        }
        return new ObjectMapper().readTree(result.out());
    }
}
