package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli.Result;

/** Who audits a course gets points and feedback, but no grade, and stands in nobody's way. */
class AuditingTests {
    private static final String ROSTER = "id,name,audit\ns01,Ada,\ns02,Bo,yes\ns03,Cy,no\n";

    @TempDir
    Path home;

    @BeforeEach
    void begin() throws IOException {
        Files.writeString(home.resolve("course.yaml"), """
                id: mlops
                title: MLOps
                time-zone: UTC
                pass-mark: 50
                letters: {A: 80, B: 50}
                ranks: true
                components:
                  labs: {title: Labs, weight: 100, labs: [{id: viva, title: The viva, points: 10}]}
                """);
        Files.writeString(home.resolve("roster.csv"), ROSTER);
        lab("roster", home.resolve("roster.csv").toString(), "--apply");
        mark("s01", 8);
        mark("s02", 10);
        mark("s03", 4);
    }

    private void mark(String student, int points) {
        lab("mark", "viva", "--student", student, "points=" + points, "--by", "asha");
    }

    private Result lab(String... arguments) {
        Result result = new Cli(home)
                .run(Stream.concat(
                                Stream.of(arguments),
                                Stream.of(
                                        "--course", home.resolve("course.yaml").toString()))
                        .toArray(String[]::new));
        assertThat(result.exit()).as(result.words()).isZero();
        return result;
    }

    @Test
    void theyHaveNoLetterAndNoRankAndTakeNone() {
        assertThat(lab("gradebook")
                        .out()
                        .lines()
                        .map(line -> line.replaceAll(" +", " ").strip()))
                .contains(
                        "s01 Ada 80 80.00 100 A, passed, rank 1",
                        "s02 Bo 100 100.00 100 audits",
                        "s03 Cy 40 40.00 100 not passed, rank 2");
        assertThat(lab("gradebook", "--explain", "s02").out())
                .contains("Audits the course: gets points and feedback, but no grade and no rank.");
        assertThat(lab("gradebook", "--explain", "s01").out()).contains("rank 1 of 2");
        assertThat(lab("gradebook", "--csv", "-").out().lines().toList().get(2)).contains(",audits");
        assertThat(lab("gradebook", "--json", "-").out()).contains("\"audits\"");
    }

    @Test
    void theyAreNotInTheMeanOfTheCourse() throws IOException {
        lab("gradebook", "--html", home.resolve("pages").toString());

        assertThat(home.resolve("pages/index.html")).content().contains("<b>60.0 %</b>on average");
    }

    @Test
    void aTableSaysWhoAuditsAndIsWrittenAsItCame() throws IOException {
        assertThat(lab("roster").out()).contains("audits the course: no grade");
        Path written = home.resolve("written.csv");
        lab("roster", "--csv", written.toString());
        assertThat(Files.readAllLines(written)).startsWith("id,name,mail,team,section,repository,audit");
        assertThat(lab("roster", written.toString()).out()).contains("Nothing");

        Files.writeString(written, ROSTER.replace("s02,Bo,yes", "s02,Bo,"));
        assertThat(lab("roster", written.toString(), "--apply").out()).contains("audit: yes -> none");
        assertThat(lab("gradebook").out()).doesNotContain("audits");
    }

    @Test
    void whoDoesNotSayWhichIsTold() throws IOException {
        Path table = Files.writeString(home.resolve("odd.csv"), "id,name,audit\ns02,Bo,perhaps\n");
        Result result = new Cli(home)
                .run(List.of(
                                "roster",
                                table.toString(),
                                "--course",
                                home.resolve("course.yaml").toString())
                        .toArray(String[]::new));

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("line 2", "audit", "perhaps");
    }
}
