package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.autograder.ledger.EvaluationFact;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.RunFact;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.ForgeReportStore;
import org.labharness.autograder.store.GradingStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.autograder.store.WebhookStore;
import org.labharness.lab.CheckId;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.Support;
import org.labharness.lab.Verdict;
import org.labharness.lab.course.Course;
import org.labharness.lab.load.CourseLoader;

/** {@code ./lab status} on a database of its own. */
class StatusCommandTests {
    private static final Instant NOON = Instant.parse("2026-09-10T12:00:00Z");

    @TempDir
    Path folder;

    private Course course;

    @BeforeEach
    void aCourse() throws IOException {
        Tiny.lab(folder.resolve("tiny"), "60s");
        course = CourseLoader.load(Tiny.course(folder), name -> java.util.Optional.empty());
    }

    private Result status(String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of("status", "--course"));
        all.add(folder.resolve("course.yaml").toString());
        all.addAll(List.of(arguments));
        return new Cli(folder.resolve("home")).run(all.toArray(String[]::new));
    }

    private long handIn(Database database, String student) {
        new RosterStore(database).note(course, NOON);
        return new SubmissionStore(database)
                .submission(
                        course.id(),
                        new SubmissionFact(
                                LabId.parse("tiny"),
                                new Owner.OfStudent(StudentId.parse(student)),
                                "work",
                                "main",
                                "0123456789abcdef",
                                student,
                                NOON,
                                "b"),
                        NOON);
    }

    private Database open() {
        return Database.open(DatabaseAddress.file(folder.resolve("home")));
    }

    @Test
    void nothing_to_tell_is_told() {
        assertThat(status().out()).isEqualTo("Nothing waits and nothing runs in mlops.\n");
        Result unknown = status("17");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).startsWith("The course mlops has no submission 17.");
    }

    @Test
    void what_came_to_nothing_between_a_forge_and_here_is_listed() {
        Instant now = Instant.now();
        Owner ada = new Owner.OfStudent(StudentId.parse("ada"));
        try (Database database = open()) {
            new RosterStore(database).note(course, now);
            WebhookStore receipts = new WebhookStore(database);
            for (String ref : List.of("refs/heads/gone", "refs/heads/later", "refs/heads/left", "refs/heads/fresh")) {
                receipts.accept(
                        new WebhookStore.Delivery(course.id(), "github", ref, null, now),
                        List.of(new WebhookStore.Pushed(
                                LabId.parse("tiny"), ada, "https://github.com/c/ada", ref, "0123456789abcdef", true)));
            }
            receipts.ended(
                    receipts.claim("here/1", now.plusSeconds(1), now.plusSeconds(60))
                            .orElseThrow(),
                    WebhookStore.Status.GONE,
                    "The commit was not there any more.\u001b[31m",
                    null);
            receipts.later(
                    receipts.claim("here/1", now.plusSeconds(1), now.plusSeconds(60))
                            .orElseThrow(),
                    now.plusSeconds(600),
                    "It does not answer.");
            receipts.ended(
                    receipts.claim("here/1", now.plusSeconds(1), now.plusSeconds(60))
                            .orElseThrow(),
                    WebhookStore.Status.LEFT_ALONE,
                    "10 times in a row the process ended.",
                    null);
            ForgeReportStore reports = new ForgeReportStore(database);
            reports.add(
                    new ForgeReportStore.Report(
                            course.id(),
                            LabId.parse("tiny"),
                            ada,
                            new ForgeReportStore.About.OfGrading(7),
                            ForgeReportStore.Status.SUCCESS,
                            "https://github.com/c/ada",
                            "0123456789abcdef",
                            "Graded.",
                            ""),
                    "",
                    now);
            reports.ended(
                    reports.claim("here/1", now.plusSeconds(1), now.plusSeconds(60))
                            .orElseThrow(),
                    ForgeReportStore.Progress.DROPPED,
                    "github.com does not accept the token (status 401)");
        }

        assertThat(status().out())
                .contains("Pushes of the last 7 days that forges told of and that are no submission:\n")
                .containsPattern(
                        "  ada  tiny  refs/heads/gone at 0123456789, received .* UTC: gone\\. The commit was not"
                                + " there any more\\.")
                .containsPattern(
                        "refs/heads/later at 0123456789, received .*: tried once, again .* UTC\\. It does not answer\\.")
                .containsPattern("refs/heads/left at .*: left alone\\. 10 times in a row the process ended\\.")
                .contains(
                        "Statuses of the last 7 days that forges do not have:\n  ada  tiny  success at 0123456789: github.com"
                                + " does not accept the token (status 401). It is not told any more.")
                .doesNotContain("fresh", "\u001b");
        assertThat(status("--lab", "tiny").out()).contains("refs/heads/gone");
    }

    @Test
    void what_waits_and_runs_is_listed_in_the_order_of_the_queue() {
        try (Database database = open()) {
            GradingStore gradings = new GradingStore(database);
            long first = gradings.ask(handIn(database, "cs1"), Way.PUSH, "cs1", "", false, 5, NOON)
                    .grading();
            gradings.ask(handIn(database, "cs2"), Way.BATCH, "asha", "", false, 5, NOON);
            gradings.begin(first, "worker", NOON);
            gradings.step(first, "worker", "environment", NOON);
        }

        assertThat(status().out())
                .containsPattern("  1  cs1  tiny  runs, environment; asked for [0-9]+ h ago \\(push\\)")
                .containsPattern("(?s)1  cs1.*  2  cs2  tiny  waits, position 1; asked for [0-9]+ h ago \\(batch\\)");
        assertThat(status("2").out())
                .isEqualTo("cs2  tiny  main at 0123456789, received 2026-09-10 12:00 UTC\nwaits, position 1\n");
    }

    @Test
    void what_was_judged_is_told_with_its_reasons() {
        try (Database database = open()) {
            SubmissionStore store = new SubmissionStore(database);
            long submission = handIn(database, "cs1");
            GradingStore gradings = new GradingStore(database);
            long grading = gradings.ask(submission, Way.PUSH, "cs1", "", false, 5, NOON)
                    .grading();
            gradings.begin(grading, "worker", NOON);
            long run =
                    store.run(submission, new RunFact("d", "i", 1, RunFact.End.GRADED, "", "", null, List.of(), NOON));
            Verdict verdict = new Verdict(
                    CheckId.parse("lock"),
                    "The lock belongs to the commit",
                    Points.ZERO,
                    Points.of(10),
                    Support.ABSENT,
                    null,
                    "There is no dvc.lock.",
                    "Run dvc repro and commit it.",
                    null);
            long evaluation = store.evaluation(
                    run,
                    new EvaluationFact(
                            "r", "0", Points.ZERO, Points.of(10), Points.ZERO, false, List.of(verdict), NOON));
            store.stands(submission, evaluation, "harness", "", NOON);
            gradings.done(grading, "", "graded: 0 of 10", NOON);
        }

        assertThat(status("1").out()).isEqualTo("""
                cs1  tiny  main at 0123456789, received 2026-09-10 12:00 UTC
                  x 0/10 The lock belongs to the commit (lock)
                      There is no dvc.lock.
                      -> Run dvc repro and commit it.
                done, graded: 0 of 10
                """);
    }
}
