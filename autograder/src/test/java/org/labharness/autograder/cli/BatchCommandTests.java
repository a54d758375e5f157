package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.RosterBatchStore;
import org.labharness.autograder.store.RosterBatchStore.Order;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;

/** How a class's grading is asked for; nobody has a repository, so that nothing is run. */
class BatchCommandTests {
    @TempDir
    Path folder;

    @BeforeEach
    void begin() throws IOException {
        Tiny.lab(folder.resolve("tiny"), "60s");
        Files.writeString(folder.resolve("course.yaml"), """
                id: mlops
                title: MLOps
                time-zone: Asia/Kolkata
                components:
                  labs: {title: Labs, weight: 100, labs: [{lab: tiny}]}
                """);
        Path roster = Files.writeString(folder.resolve("roster.csv"), "id,name\ns01,Ada\ns02,Bob\n");
        assertThat(run("roster", roster.toString(), "--apply").exit()).isZero();
    }

    private Result run(String... arguments) {
        return new Cli(folder.resolve("home"))
                .run(Stream.concat(
                                Stream.of(arguments),
                                Stream.of(
                                        "--course",
                                        folder.resolve("course.yaml").toString()))
                        .toArray(String[]::new));
    }

    private long begin(RosterBatchStore store, String at) {
        return store.begin(new Order(List.of(LabId.parse("tiny")), List.of(), null, false, "staff"), Instant.parse(at))
                .id();
    }

    @Test
    void studentsThatNameNobodyAreNotEverybody() {
        for (String names : List.of("", ",", " , ")) {
            Result result = run("batch", "--lab", "tiny", "--students", names);
            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.err())
                    .contains("--students '" + names + "' names nobody. It takes ids of the roster, separated by"
                            + " commas; leave it out for everybody.");
            assertThat(run("collect", "--lab", "tiny", "--students", names).exit())
                    .isEqualTo(2);
        }
        assertThat(run("batch", "--lab", "tiny", "--students", "s01, s01,").out())
                .contains("Not collected, no repository known: 1.");
    }

    /** Whoever is excused, or has handed in, is not waited for. */
    @Test
    void whoIsNotDueYetIsNamedWithTheDeadlineAndWhatCanBeDoneBefore() throws IOException {
        Path yaml = folder.resolve("course.yaml");
        Files.writeString(
                yaml, Files.readString(yaml).replace("labs: [{lab: tiny}]", "labs: [{lab: tiny, due: 2099-10-01}]"));

        Result all = run("batch", "--lab", "tiny");
        Result one = run("batch", "--lab", "tiny", "--students", "s02", "--quiet");

        assertThat(all.exit()).isZero();
        assertThat(all.out()).isEqualTo("""
                Nothing was to be graded.

                tiny, not due before the end of 2099-10-01: 2 (s01, s02)
                Nothing of theirs is known yet. Run it again then, or freeze what is there first: ./lab collect --lab tiny --now
                """);
        assertThat(one.out()).contains("tiny, not due before the end of 2099-10-01: 1 (s02)\n");
    }

    @Test
    void whoHasTheRepositoryOfAnotherIsNamedByAllWhoReadIt() throws IOException {
        Path roster = Files.writeString(folder.resolve("roster.csv"), """
                id,name,repository,team
                s01,Ada,https://127.0.0.1:1/course/ada,
                s02,Bob,git@127.0.0.1:course/bob.git,
                s03,Cy,https://127.0.0.1:1/Course/Ada.git/,
                """);
        String note =
                "note: s01, s03 have the same repository in the roster, https://127.0.0.1:1/course/ada (tiny), and what"
                        + " is in it counts for each. If they are a team, name it there; else look whose it is.";
        assertThat(run("roster", roster.toString(), "--apply").out()).contains("  " + note + "\n");
        Path yaml = folder.resolve("course.yaml");
        Files.writeString(
                yaml, Files.readString(yaml).replace("labs: [{lab: tiny}]", "labs: [{lab: tiny, due: 2099-10-01}]"));

        for (Result result : List.of(
                run("roster"), run("collect", "--lab", "tiny"), run("batch", "--lab", "all", "--students", "s03"))) {
            assertThat(result.exit()).isZero();
            assertThat(result.out()).endsWith("\n\n" + note + "\n");
        }
        assertThat(run("batch", "--lab", "tiny", "--students", "s02").out()).doesNotContain("same repository");
    }

    @Test
    void whatWasStoppedGoesOnAlsoWhereALaterBatchIsFinished() {
        try (Database database = Database.open(DatabaseAddress.file(folder.resolve("home")))) {
            RosterBatchStore store = new RosterBatchStore(database, CourseId.parse("mlops"));
            begin(store, "2026-10-01T10:00:00Z");
            store.end(begin(store, "2026-10-02T10:00:00Z"), Instant.parse("2026-10-02T11:00:00Z"));
        }

        Result first = run("batch", "--resume");

        assertThat(first.err()).contains("Going on with the batch of tiny that was begun 2026-10-01 15:30");
        assertThat(first.exit()).isZero();
        assertThat(run("batch", "--resume").err())
                .contains("The last batch of mlops is finished since 2026-10-02 16:30 Asia/Kolkata.");
    }

    @Test
    void aLabThatWasTakenOutOfTheCourseKeepsNobodyFromTheRest() {
        try (Database database = Database.open(DatabaseAddress.file(folder.resolve("home")))) {
            new RosterBatchStore(database, CourseId.parse("mlops"))
                    .begin(
                            new Order(
                                    List.of(LabId.parse("gone"), LabId.parse("tiny")), List.of(), null, false, "staff"),
                            Instant.parse("2026-10-01T10:00:00Z"));
        }

        Result resumed = run("batch", "--resume");

        assertThat(resumed.err())
                .contains("Going on with the batch of gone, tiny that was begun 2026-10-01 15:30")
                .contains("The course mlops has no lab gone any more: nothing new of it is graded, and what waits of"
                        + " it says so.");
        assertThat(resumed.exit()).isZero();
        assertThat(run("batch", "--resume").err()).contains("is finished since");
        assertThat(run("batch", "--lab", "gone").exit()).as("a slip of the pen").isEqualTo(2);
    }

    @Test
    void timesAreOfTheCoursesZoneOrOfTheOneThatTheyName() {
        assertThat(run("batch", "--lab", "tiny", "--since", "gestern").err())
                .contains("--since takes a time such as \"2026-10-01 12:00\", in the course's time zone (Asia/Kolkata)"
                        + " where it names none, not 'gestern'.");
        assertThat(run("batch", "--lab", "tiny", "--since", "2026-10-01T12:00+02:00")
                        .exit())
                .isZero();
        assertThat(run("collect", "--lab", "tiny", "--at", "2026-10-01T12:00Z").err())
                .contains("--at 2026-10-01T12:00Z: that is over");
    }
}
