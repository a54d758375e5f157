package org.labharness.autograder.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.course.LiveCourses;
import org.labharness.autograder.ledger.EvaluationFact;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.RunFact;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.serve.ReportLinks.Linked;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.GradingStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.lab.CheckId;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.Support;
import org.labharness.lab.Verdict;
import org.labharness.lab.course.Course;

/** Pages of submissions of which not everything is known. */
class ReportPagesTests {
    private static final Instant NOON = Instant.parse("2026-09-10T12:00:00Z");

    @TempDir
    Path folder;

    private Database database;
    private Course course;
    private ReportPages pages;

    @BeforeEach
    void aCourse() throws IOException {
        Path description = Files.writeString(folder.resolve("course.yaml"), """
                        id: mlops
                        title: MLOps
                        time-zone: Asia/Kolkata
                        components:
                          labs: {title: Labs, weight: 100, labs: [{id: lock, title: Locks and keys, points: 10}]}
                        """);
        LiveCourses courses = LiveCourses.read(List.of(description), name -> Optional.empty(), InstantSource.system());
        course = courses.courses().getFirst();
        database = Database.open(DatabaseAddress.file(folder.resolve("home")));
        new RosterStore(database).note(course, NOON);
        pages = new ReportPages(courses, database, new Archive(folder.resolve("home"), InstantSource.system()));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private long handIn(@Nullable Instant received) {
        return new SubmissionStore(database)
                .submission(
                        course.id(),
                        new SubmissionFact(
                                LabId.parse("lock"),
                                new Owner.OfStudent(StudentId.parse("cs1")),
                                "work",
                                "main",
                                "0123456789abcdef",
                                "cs1",
                                received,
                                "b"),
                        NOON);
    }

    private long ask(long submission) {
        return new GradingStore(database)
                .ask(submission, Way.PUSH, "cs1", "", true, 5, NOON)
                .grading();
    }

    private void judge(long submission) {
        SubmissionStore store = new SubmissionStore(database);
        Verdict verdict = new Verdict(
                CheckId.parse("lock"),
                "The lock <b>belongs</b> to the commit",
                Points.of(4),
                Points.of(10),
                Support.REPRODUCED,
                null,
                "It belongs to another.",
                "Run dvc repro and commit it.",
                null);
        long run = store.run(
                submission, new RunFact("run", "images", 1, RunFact.End.GRADED, "", "", null, List.of(), NOON));
        long evaluation = store.evaluation(
                run,
                new EvaluationFact(
                        "rubric", "test", Points.of(4), Points.of(10), Points.ZERO, false, List.of(verdict), NOON));
        store.stands(submission, evaluation, "harness", "", NOON);
    }

    private String page(long submission) {
        return pages.page(new Linked(submission, true)).orElseThrow();
    }

    @Test
    void where_the_evidence_is_gone_the_reasons_are_still_told() {
        long submission = handIn(NOON);
        judge(submission);

        assertThat(page(submission))
                .contains("<strong>4</strong> of 10", "The lock &lt;b&gt;belongs", "It belongs to another.")
                .contains("Run dvc repro and commit it.", "is no longer kept")
                .contains("Locks and keys", "received 2026-09-10 17:30:00 Asia/Kolkata")
                .doesNotContain("no points yet", "It has no points", "http-equiv=\"refresh\"");
    }

    @Test
    void a_time_that_nobody_knows_is_not_made_up() {
        long submission = handIn(null);
        judge(submission);

        assertThat(page(submission)).contains("received at an unknown time").doesNotContain("1970");
    }

    @Test
    void what_waits_says_where_and_loads_itself_anew() {
        long submission = handIn(NOON);
        ask(submission);

        assertThat(page(submission))
                .contains("It waits for its grading", "Position 1 in the queue.")
                .contains("<meta http-equiv=\"refresh\" content=\"10\"/>")
                .doesNotContain("Until then");
    }

    @Test
    void what_is_run_again_says_what_counts_until_then() {
        long submission = handIn(NOON);
        judge(submission);
        new GradingStore(database).begin(ask(submission), "worker", NOON);

        assertThat(page(submission)).contains("It is being graded", "Until then 4 of 10 points count.");
    }

    @Test
    void there_is_no_page_of_what_is_not_there() {
        assertThat(pages.page(new Linked(17, true))).isEmpty();
    }
}
