package org.labharness.autograder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.labharness.autograder.store.SampleFacts.ADA;
import static org.labharness.autograder.store.SampleFacts.LAB;
import static org.labharness.autograder.store.SampleFacts.submission;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.ledger.Look;
import org.labharness.autograder.ledger.NotTaken;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.store.CollectionStore.Collected;
import org.labharness.autograder.store.WebhookStore.Delivery;
import org.labharness.autograder.store.WebhookStore.Pushed;
import org.labharness.autograder.store.WebhookStore.Receipt;
import org.labharness.autograder.store.WebhookStore.Status;

/** What the ledger tells of work that could not be taken, on every database. */
abstract class NotTakenContract extends OnDatabase {
    private static final Owner OWNER = new Owner.OfStudent(ADA);

    private CollectionStore collections;
    private WebhookStore receipts;

    @BeforeEach
    void noteTheCourse() {
        new RosterStore(database()).note(SampleCourse.named("mlops"), NOON);
        collections = new CollectionStore(database(), COURSE);
        receipts = new WebhookStore(database());
    }

    private void failed(Instant at, String code, String message) {
        collections.note(LAB, OWNER, new Collected(NOON, at, null, code, message));
    }

    private void found(Instant at) {
        long submission = new SubmissionStore(database()).submission(COURSE, submission("c" + at.getEpochSecond()), at);
        collections.note(LAB, OWNER, new Collected(NOON, at, submission, "", ""));
    }

    private void taken(Receipt receipt) {
        long submission = new SubmissionStore(database())
                .submission(COURSE, submission(receipt.pushed().commit()), receipt.received());
        receipts.ended(receipt, Status.TAKEN, "", submission);
    }

    private Receipt told(String commit, Instant received) {
        receipts.accept(
                new Delivery(COURSE, "github", commit, null, received),
                List.of(new Pushed(LAB, OWNER, "https://git.example.org/ada.git", "refs/heads/main", commit, true)));
        return receipts.newest(COURSE, 1).getFirst();
    }

    private List<NotTaken> notTaken() {
        return new LedgerStore(database()).read(COURSE).readings().notTaken();
    }

    private static NotTaken fact(
            Instant at, @Nullable String commit, boolean excuses, String message, @Nullable Instant taken) {
        return new NotTaken(LAB, OWNER, at, commit, excuses, message, taken);
    }

    @Test
    void whereAllWasTakenThereIsNothing() {
        found(NOON);
        taken(told("c0ffee", NOON));

        assertThat(notTaken()).isEmpty();
    }

    @Test
    void theLastReadingOfARepositoryIsToldWithWhetherItMayBeNoFaultOfTheStudents() {
        failed(NOON, "network", "git.example.org does not answer");
        assertThat(notTaken()).containsExactly(fact(NOON, null, true, "git.example.org does not answer", null));

        failed(NOON.plusSeconds(5), "unusable", "It has no commit.");
        assertThat(notTaken()).containsExactly(fact(NOON.plusSeconds(5), null, false, "It has no commit.", null));

        failed(NOON.plusSeconds(9), "login", "LAB_GIT_TOKEN is not accepted");
        assertThat(notTaken())
                .containsExactly(fact(NOON.plusSeconds(9), null, true, "LAB_GIT_TOKEN is not accepted", null));
    }

    @Test
    void theLastLookAtEachRepositoryIsToldWhateverCameOfIt() {
        found(NOON);
        failed(NOON.plusSeconds(5), "network", "away");

        assertThat(new LedgerStore(database()).read(COURSE).readings().looks())
                .containsExactly(new Look(LAB, OWNER, NOON.plusSeconds(5)));
    }

    @Test
    void whatWasTakenBeforeOrAfterIsToldWithIt() {
        found(NOON.minus(Duration.ofDays(3)));
        failed(NOON, "denied", "no");

        assertThat(notTaken()).containsExactly(fact(NOON, null, true, "no", NOON.minus(Duration.ofDays(3))));

        found(NOON.plusSeconds(60));
        assertThat(notTaken()).singleElement().satisfies(one -> {
            assertThat(one.taken()).isEqualTo(NOON.plusSeconds(60));
            assertThat(one.stands(NOON)).isFalse();
        });
    }

    @Test
    void aPushThatAForgeToldOfMattersUntilItIsTaken() {
        Receipt first = told("c0ffee", NOON);
        assertThat(notTaken()).containsExactly(fact(NOON, "c0ffee", true, "", null));

        receipts.later(first, NOON.plusSeconds(20), "git.example.org does not answer");
        assertThat(notTaken()).containsExactly(fact(NOON, "c0ffee", true, "git.example.org does not answer", null));

        receipts.ended(first, Status.UNREACHABLE, "It was tried for 24 hours.", null);
        assertThat(notTaken()).containsExactly(fact(NOON, "c0ffee", true, "It was tried for 24 hours.", null));

        receipts.leftAlone(told("feed", NOON.plusSeconds(20)), "It ended ten processes.");
        assertThat(notTaken())
                .containsExactly(fact(NOON.plusSeconds(20), "feed", true, "It ended ten processes.", null));

        receipts.ended(told("beef", NOON.plusSeconds(30)), Status.REFUSED, "It has no commit.", null);
        assertThat(notTaken())
                .containsExactlyInAnyOrder(
                        fact(NOON.plusSeconds(20), "feed", true, "It ended ten processes.", null),
                        fact(NOON.plusSeconds(30), "beef", false, "It has no commit.", null));

        found(NOON.plusSeconds(40));
        assertThat(notTaken()).hasSize(2).noneMatch(one -> one.stands(NOON.plusSeconds(99)));
    }

    @Test
    void aTakenPushCoversEarlierOnesAndNoReadingOfTheRepository() {
        told("c0ffee", NOON);
        failed(NOON.plusSeconds(10), "network", "away");
        taken(told("beef", NOON.plusSeconds(20)));

        assertThat(notTaken())
                .containsExactlyInAnyOrder(
                        fact(NOON, "c0ffee", true, "", NOON.plusSeconds(20)),
                        fact(NOON.plusSeconds(10), null, true, "away", null));
    }

    @Test
    void whatBearsTheTimeOfAReadingMayHaveBeenThereBefore() {
        SubmissionStore store = new SubmissionStore(database());
        long found = store.submission(COURSE, submission("found"), NOON);
        long pushed = store.submission(COURSE, submission("pushed"), NOON);
        collections.note(LAB, OWNER, new Collected(NOON, NOON.plusSeconds(7), found, "", ""));
        collections.note(LAB, OWNER, new Collected(NOON.plusSeconds(60), NOON.plusSeconds(61), pushed, "", ""));

        assertThat(new LedgerStore(database()).read(COURSE).readings().atLatest())
                .containsExactly(found);
    }
}
