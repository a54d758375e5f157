package org.labharness.autograder.forge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.autograder.forge.ForgeStandIn.Asked;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.sample.TinyCourse;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.ForgeReportStore;
import org.labharness.autograder.store.ForgeReportStore.Outgoing;
import org.labharness.autograder.store.ForgeReportStore.Progress;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.WebhookStore;
import org.labharness.autograder.store.WebhookStore.Delivery;
import org.labharness.autograder.store.WebhookStore.Pushed;
import org.labharness.autograder.store.WebhookStore.Status;
import org.labharness.lab.course.Course;

/** A push that came to nothing is told to its forge once, whenever the process that noted or told it was killed. */
class LostPushesTests {
    private static final Instant NOON = Instant.parse("2026-09-10T12:00:00Z");
    private static final String COMMIT = "6113728f27ae82c7b1a177c8d03f9e96e0adf246";

    @TempDir
    Path folder;

    private final Course course = TinyCourse.course();
    private volatile Instant now = NOON;
    private Database database;
    private ForgeReports reports;
    private ForgeStandIn forge;

    @BeforeEach
    void begin() throws IOException {
        forge = new ForgeStandIn();
        open();
        new RosterStore(database).note(course, NOON);
    }

    @AfterEach
    void end() {
        close();
        forge.close();
    }

    private void open() {
        database = Database.open(DatabaseAddress.file(folder));
        reports = new ForgeReports(database, "here/1", forge.hosts("github"), ReportLinks.NONE, () -> now);
    }

    private void close() {
        reports.close();
        database.close();
    }

    /** All that was in memory is gone. */
    private void killed() {
        close();
        open();
    }

    private void pushed(String delivery, Status status, String message) {
        WebhookStore receipts = new WebhookStore(database);
        receipts.accept(
                new Delivery(course.id(), "github", delivery, null, NOON),
                List.of(new Pushed(
                        TinyCourse.DVC,
                        Owner.parse("student:s01"),
                        "http://" + forge.host() + "/course/ada.git",
                        "refs/heads/" + delivery,
                        COMMIT,
                        true)));
        receipts.ended(receipts.claim("here/1", NOON, NOON.plusSeconds(60)).orElseThrow(), status, message, null);
    }

    private Outgoing newest() {
        return new ForgeReportStore(database).newest(course.id(), 1).getFirst();
    }

    private void everything() {
        while (reports.next()) {
            // until nothing is due
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            REFUSED     | failure | Not graded: The repository is empty. Commit the work and push again.
            GONE        | error   | Not graded: something else was pushed over this commit before it was fetched. Later pushes are graded.
            UNREACHABLE | error   | Not graded: the repository could not be read for a day. Staff see why. Push again when it can be read.
            LEFT_ALONE  | error   | Not graded: the harness has a problem of its own with this push. It costs nothing, and staff know of it.
            """)
    void theStatusSaysWhyAsFarAsIsEverybodysBusinessAndLeadsNowhere(Status status, String state, String words) {
        forge.then(201, "{}");
        pushed("main", status, "The repository is empty.\nCommit the work and push again.");

        everything();

        assertThat(forge.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method() + " " + asked.path())
                    .isEqualTo("POST /api/v3/repos/course/ada/statuses/" + COMMIT);
            assertThat(asked.body()).contains("\"state\":\"" + state + "\"", "\"description\":\"" + words + "\"}");
        });
        assertThat(newest().progress()).isEqualTo(Progress.TOLD);
    }

    @Test
    void whoDiedAfterNotingItLeavesItToBeTold() {
        forge.then(201, "{}");
        pushed("main", Status.REFUSED, "It is empty.");
        killed();
        assertThat(reports.collect()).isEqualTo(1);
        killed();

        everything();
        killed();
        everything();

        assertThat(forge.asked()).extracting(Asked::method).containsExactly("POST");
        assertThat(newest().progress()).isEqualTo(Progress.TOLD);
    }

    @Test
    void whoDiedWhileTellingItIsTakenForOneWhoMayHaveTold() {
        pushed("main", Status.REFUSED, "It is empty.");
        reports.collect();
        new ForgeReportStore(database).claim("here/1", now, now.plusSeconds(90));
        forge.then(
                200,
                "[{\"context\": \"labharness/" + course.id() + "/" + TinyCourse.DVC + "\", \"state\": \"failure\","
                        + " \"description\": \"Not graded: It is empty.\"}]");
        killed();
        everything();
        assertThat(forge.asked()).as("whoever told it may still be at it").isEmpty();

        now = NOON.plusSeconds(90);
        everything();

        assertThat(forge.asked()).extracting(Asked::method).containsExactly("GET");
        assertThat(newest().progress()).isEqualTo(Progress.TOLD);
    }

    @Test
    void aForgeThatFailsIsToldLaterWithLongerPauses() {
        forge.then(503, "").then(503, "").then(201, "{}");
        pushed("main", Status.GONE, "It is gone.");

        everything();
        Duration first = Duration.between(now, newest().due());
        now = newest().due();
        everything();
        Duration second = Duration.between(now, newest().due());
        now = newest().due();
        everything();

        assertThat(second).isGreaterThan(first);
        assertThat(forge.asked()).extracting(Asked::method).containsExactly("POST", "POST", "POST");
        assertThat(newest().progress()).isEqualTo(Progress.TOLD);
    }

    @Test
    void theSameOfABranchAndATagIsToldOnce() {
        forge.then(201, "{}");
        pushed("main", Status.REFUSED, "It is empty.");
        pushed("trial", Status.REFUSED, "It is empty.");

        everything();

        assertThat(forge.asked()).hasSize(1);
    }
}
