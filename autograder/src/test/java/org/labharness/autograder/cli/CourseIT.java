package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.pipeline.sandbox.docker.Eventually;

/** Work of a course on the real engine, from the repository to the grade. */
class CourseIT {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path home = Path.of("");

    @BeforeEach
    void begin() throws IOException {
        home = RealHome.warm(folder.resolve("home"));
        Tiny.lab(folder.resolve("tiny"), "60s");
        Files.writeString(folder.resolve("course.yaml"), """
                id: mlops
                title: MLOps
                time-zone: UTC
                components:
                  labs: {title: Labs, weight: 100, labs: [{lab: tiny, due: 2030-01-01}]}
                """);
        Files.writeString(
                folder.resolve("roster.csv"), "id,name,repository\ns01,Ada," + Tiny.good(folder.resolve("ada")) + "\n");
        done("roster", folder.resolve("roster.csv").toString(), "--apply");
    }

    private String[] ofTheCourse(String... arguments) {
        return Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--course", folder.resolve("course.yaml").toString()))
                .toArray(String[]::new);
    }

    private Result done(String... arguments) {
        Result result = new Cli(home).with(System.getenv()).run(ofTheCourse(arguments));
        assertThat(result.exit()).as(result.words()).isZero();
        return result;
    }

    private Result grade() {
        return done("grade", "--lab", "tiny", "--student", "s01");
    }

    @Test
    void whatWasHandedInBeforeAKillIsNotLostAndCountsOnce() throws Exception {
        kill();

        assertThat(done("gradebook", "--explain", "s01").out()).contains("Not judged yet", "It has not been run yet.");
        assertThat(grade().out()).contains("In MLOps, s01:", "Attempt 1, ", ": 6 of 10.");
        assertThat(done("gradebook", "--explain", "s01").out())
                .contains("Attempt 1, ", "6 of 10 so far")
                .doesNotContain("Attempt 2", "Not judged yet");
        assertThat(home.resolve("instances")).isEmptyDirectory();
    }

    /** Ended by force when the last stage has run, before anything is known of what it is worth. */
    private void kill() throws Exception {
        try (Program grading = Program.start(
                folder,
                Map.of("LAB_HOME", home.toString()),
                ofTheCourse("grade", "--lab", "tiny", "--student", "s01"))) {
            Eventually.holds(
                    LONGEST,
                    "that the last stage has ended",
                    () -> grading.err().contains("stage total"));
            grading.kill();
        }
    }

    @Test
    void whatANewRubricNeedsIsCollectedThoughTheRepositoryIsGone() throws IOException {
        grade();
        Files.move(folder.resolve("ada"), folder.resolve("elsewhere"));
        Tiny.changingLab(folder.resolve("tiny"), "60s");

        assertThat(done("regrade", "--lab", "tiny").out())
                .contains(
                        "would need evidence that was not collected",
                        "s01 at ",
                        ": change",
                        "--rerun runs exactly these again");
        assertThat(done("regrade", "--lab", "tiny", "--rerun", "--why", "an edit is asked for now")
                        .err())
                .contains("graded: 7 of 11");
        assertThat(done("gradebook", "--explain", "s01").out())
                .contains("Attempt 1, ", ": 7 of 11.", "from 6 of 10 to 7 of 11: an edit is asked for now.")
                .doesNotContain("Attempt 2");
        assertThat(done("regrade", "--lab", "tiny", "--rerun", "--why", "again").out())
                .contains("1 of 1 submission evaluated again, 0 with other points.", "Nothing has to run again.");
        assertThat(done("regrade", "--lab", "tiny").out()).contains("Nothing is changed, and no points would be");
    }
}
