package org.labharness.autograder.forge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.ledger.EvaluationFact;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.RunFact;
import org.labharness.autograder.ledger.RunFact.End;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.sample.TinyCourse;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.ForgeReportStore;
import org.labharness.autograder.store.ForgeReportStore.About;
import org.labharness.autograder.store.ForgeReportStore.Outgoing;
import org.labharness.autograder.store.ForgeReportStore.Report;
import org.labharness.autograder.store.ForgeReportStore.Status;
import org.labharness.autograder.store.GradingStore;
import org.labharness.autograder.store.ReleaseStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.RunStore;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.autograder.store.WebhookStore;
import org.labharness.autograder.store.WebhookStore.Delivery;
import org.labharness.lab.Points;
import org.labharness.lab.course.Course;

/** What becomes of pushes is reported as the database tells it, whichever process did it. */
class PushedGradingsTests {
    private static final Instant NOON = Instant.parse("2026-09-10T12:00:00Z");

    @TempDir
    Path folder;

    private final Course course = TinyCourse.course();
    private Database database;
    private ForgeReports reports;
    private long submission;
    private long grading;

    @BeforeEach
    void push() {
        database = Database.open(DatabaseAddress.file(folder));
        new RosterStore(database).note(course, NOON);
        reports = new ForgeReports(
                database,
                "here/1",
                ForgeHosts.from(
                        Map.of("LAB_FORGES", "git.example.org=gitea", "LAB_STATUS_TOKEN_GIT_EXAMPLE_ORG", "token")),
                (which, number) -> Optional.of("https://lab.example.org/" + which + "/" + number),
                () -> NOON);
        submission = submission("c0ffee");
        grading = ask(submission, Way.WEBHOOK);
    }

    @AfterEach
    void close() {
        reports.close();
        database.close();
    }

    private long submission(String commit) {
        return new SubmissionStore(database)
                .submission(
                        course.id(),
                        new SubmissionFact(
                                TinyCourse.DVC,
                                Owner.parse("student:s01"),
                                "https://git.example.org/mlops/ada.git",
                                "main",
                                commit,
                                "refs",
                                NOON,
                                "bundle"),
                        NOON);
    }

    private long ask(long which, Way way) {
        return new GradingStore(database)
                .ask(which, way, "webhook", "", false, 0, NOON)
                .grading();
    }

    private long ran(End end, String code) {
        return new RunStore(database)
                .file(submission, grading, new RunFact("run", "images", 1, end, code, "said", null, List.of(), NOON))
                .ran()
                .id();
    }

    private void done(String broken) {
        new GradingStore(database).done(grading, broken, "", NOON);
    }

    private void worth(long run, boolean held) {
        new SubmissionStore(database).stands(submission, evaluation(run, "rubric", "41.5", held), "webhook", "", NOON);
    }

    private long evaluation(long run, String rubric, String points, boolean held) {
        return new SubmissionStore(database)
                .evaluation(
                        run,
                        new EvaluationFact(
                                rubric,
                                "0.1",
                                Points.parse(points),
                                Points.of(50),
                                Points.of(0),
                                held,
                                List.of(),
                                NOON));
    }

    private Report newest() {
        return new ForgeReportStore(database).newest(course.id(), 1).getFirst().report();
    }

    @Test
    void aPushWaitsAndIsThenGradedAndEachIsReportedOnce() {
        assertThat(reports.collect()).isEqualTo(1);
        assertThat(newest())
                .isEqualTo(new Report(
                        course.id(),
                        TinyCourse.DVC,
                        Owner.parse("student:s01"),
                        new About.OfGrading(grading),
                        Status.PENDING,
                        "https://git.example.org/mlops/ada.git",
                        "c0ffee",
                        "Received; it is graded when its turn comes.",
                        "https://lab.example.org/mlops/" + submission));
        assertThat(reports.collect()).isZero();

        worth(ran(End.GRADED, ""), false);
        done("");

        assertThat(reports.collect()).isEqualTo(1);
        assertThat(newest().status()).isEqualTo(Status.SUCCESS);
        assertThat(newest().message()).as("nothing was released").isEqualTo("Graded.");
        assertThat(reports.collect()).isZero();
    }

    @Test
    void pointsAreToldWhereTheLabIsReleased() {
        new ReleaseStore(database).release(course.id(), TinyCourse.DVC.value(), "staff", "", NOON, Map.of());
        long run = ran(End.GRADED, "");
        worth(run, false);
        evaluation(run, "a rubric that was tried and does not count", "3", false);
        done("");

        reports.collect();

        assertThat(newest().message()).isEqualTo("Graded: 41.5 of 50 points by the checks.");
    }

    @Test
    void whatIsHeldTellsNoPoints() {
        new ReleaseStore(database).release(course.id(), TinyCourse.DVC.value(), "staff", "", NOON, Map.of());
        worth(ran(End.GRADED, ""), true);
        done("");

        reports.collect();

        assertThat(newest().message()).isEqualTo("Graded; staff look at it before it counts.");
    }

    @Test
    void aRefusalIsAFailureAndABreakdownAnErrorThatCostsNothing() {
        ran(End.REFUSED, "too-large");
        done("");
        reports.collect();
        assertThat(newest().status()).isEqualTo(Status.FAILURE);
        assertThat(newest().message()).isEqualTo("Not graded: it was refused (too-large). The report says what to do.");

        submission = submission("c1");
        grading = ask(submission, Way.WEBHOOK);
        done("engine-failed");
        reports.collect();
        assertThat(newest().status()).isEqualTo(Status.ERROR);
        assertThat(newest().message()).startsWith("Not graded yet: the harness has a problem of its own.");
    }

    @Test
    void aNewerPushInItsPlaceIsSaid() {
        long newer = ask(submission("c1"), Way.WEBHOOK);
        new GradingStore(database).supersede(course.id(), TinyCourse.DVC, Owner.parse("student:s01"), newer, NOON);

        assertThat(reports.collect()).isEqualTo(2);

        assertThat(new ForgeReportStore(database).newest(course.id(), 9))
                .extracting(Outgoing::report)
                .extracting(Report::message)
                .containsExactlyInAnyOrder(
                        "Received; it is graded when its turn comes.",
                        "Not graded: newer work took its place before its turn came.");
    }

    @Test
    void whatAForgeToldOfIsToldToItAlsoWhereAProgramAskedFirst() {
        reports.collect();
        WebhookStore receipts = new WebhookStore(database);
        receipts.accept(
                new Delivery(course.id(), "gitea", "one", null, NOON),
                List.of(new WebhookStore.Pushed(
                        TinyCourse.DVC,
                        Owner.parse("student:s01"),
                        "https://git.example.org/mlops/ada.git",
                        "refs/heads/main",
                        "c1",
                        true)));
        long both = submission("c1");
        receipts.ended(
                receipts.claim("here/1", NOON, NOON.plusSeconds(60)).orElseThrow(),
                WebhookStore.Status.TAKEN,
                "",
                both);
        long asked = ask(both, Way.API);

        assertThat(reports.collect()).isEqualTo(1);

        assertThat(newest().about()).isEqualTo(new About.OfGrading(asked));
        assertThat(newest().status()).isEqualTo(Status.PENDING);
    }

    @Test
    void whatNoForgeAskedForIsNoNewsToIt() {
        reports.collect();
        ask(submission("c1"), Way.BATCH);
        ask(submission("c2"), Way.PUSH);

        assertThat(reports.collect()).isZero();
    }
}
