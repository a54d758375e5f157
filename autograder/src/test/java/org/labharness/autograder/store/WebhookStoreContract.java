package org.labharness.autograder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.labharness.autograder.store.SampleFacts.ADA;
import static org.labharness.autograder.store.SampleFacts.LAB;
import static org.labharness.autograder.store.SampleFacts.submission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.store.ForgeReportStore.About;
import org.labharness.autograder.store.WebhookStore.Delivery;
import org.labharness.autograder.store.WebhookStore.Pushed;
import org.labharness.autograder.store.WebhookStore.Receipt;
import org.labharness.autograder.store.WebhookStore.Status;
import org.labharness.lab.LabId;

/** Deliveries and receipts on every database. */
abstract class WebhookStoreContract extends OnDatabase {
    private static final Pushed PUSHED = new Pushed(
            LAB, new Owner.OfStudent(ADA), "https://git.example.org/course/ada.git", "refs/heads/main", "c0ffee", true);

    private WebhookStore store;

    @BeforeEach
    void noteTheCourse() {
        new RosterStore(database()).note(SampleCourse.named("mlops"), NOON);
        store = new WebhookStore(database());
    }

    private static Delivery delivery(String id, @Nullable String digest) {
        return new Delivery(COURSE, "github", id, digest, NOON);
    }

    @Test
    void aDeliveryIsAcceptedOnceAlsoByAnotherProgram() {
        assertThat(store.accept(delivery("one", "aa"), List.of(PUSHED))).isTrue();
        assertThat(store.accept(delivery("one", "bb"), List.of(PUSHED))).isFalse();

        assertThat(new WebhookStore(another(address())).accept(delivery("one", null), List.of(PUSHED)))
                .isFalse();
        assertThat(store.newest(COURSE, 10)).hasSize(1);
    }

    @Test
    void theSameSignedBodyUnderAnotherIdIsAReplay() {
        store.accept(delivery("one", "aa"), List.of(PUSHED));

        assertThat(store.accept(delivery("two", "aa"), List.of(PUSHED))).isFalse();
        assertThat(store.accept(delivery("three", null), List.of(PUSHED))).isTrue();
        assertThat(store.accept(delivery("four", null), List.of(PUSHED))).isTrue();
    }

    @Test
    void ofManyAtOnceOneIsAccepted() {
        List<CompletableFuture<Boolean>> all = IntStream.range(0, 8)
                .mapToObj(
                        i -> CompletableFuture.supplyAsync(() -> store.accept(delivery("one", "aa"), List.of(PUSHED))))
                .toList();

        assertThat(all.stream().filter(CompletableFuture::join)).hasSize(1);
        assertThat(store.newest(COURSE, 10)).hasSize(1);
    }

    @Test
    void aReceiptIsClaimedByOneAndFreeAgainWhenNobodyKeepsIt() {
        store.accept(delivery("one", null), List.of(PUSHED));

        Receipt claimed = store.claim("a/1", NOON, NOON.plusSeconds(60)).orElseThrow();

        assertThat(claimed.pushed()).isEqualTo(PUSHED);
        assertThat(claimed.received()).isEqualTo(NOON);
        assertThat(store.claim("a/1", NOON.plusSeconds(59), NOON.plusSeconds(99)))
                .isEmpty();
        assertThat(store.keep(claimed, NOON.plusSeconds(90))).isTrue();
        assertThat(store.claim("a/1", NOON.plusSeconds(60), NOON.plusSeconds(120)))
                .isEmpty();
        assertThat(store.claim("b/2", NOON.plusSeconds(90), NOON.plusSeconds(150)))
                .isPresent();
        assertThat(store.keep(claimed.until(NOON.plusSeconds(90)), NOON.plusSeconds(200)))
                .as("somebody else has it")
                .isFalse();
    }

    @Test
    void whatIsTriedLaterWaitsAndWhatEndedDoesNot() {
        long submission = new SubmissionStore(database()).submission(COURSE, submission("c0ffee"), NOON);
        store.accept(delivery("one", null), List.of(PUSHED));
        Receipt first = store.claim("a/1", NOON, NOON.plusSeconds(60)).orElseThrow();

        store.later(first, NOON.plusSeconds(300), "the host does not answer");
        assertThat(store.claim("a/1", NOON.plusSeconds(299), NOON.plusSeconds(400)))
                .isEmpty();
        Receipt second =
                store.claim("a/1", NOON.plusSeconds(300), NOON.plusSeconds(400)).orElseThrow();
        assertThat(second.tries()).isEqualTo(1);
        assertThat(second.message()).isEqualTo("the host does not answer");

        store.ended(second, Status.TAKEN, "", submission);
        store.ended(second, Status.GONE, "too late", null);
        assertThat(store.newest(COURSE, 10))
                .extracting(Receipt::status, Receipt::submission)
                .containsExactly(tuple(Status.TAKEN, submission));
        assertThat(store.waiting()).isZero();
    }

    private Receipt ended(String delivery, Pushed pushed, Status status, String message) {
        store.accept(delivery(delivery, null), List.of(pushed));
        Receipt receipt = store.claim("here/1", NOON, NOON.plusSeconds(60)).orElseThrow();
        store.ended(receipt, status, message, null);
        return receipt;
    }

    private List<Long> unreported() {
        return store.unreported(NOON, 9).stream().map(Receipt::number).toList();
    }

    private void report(About about) {
        new ForgeReportStore(database())
                .add(
                        new ForgeReportStore.Report(
                                COURSE,
                                LAB,
                                PUSHED.owner(),
                                about,
                                ForgeReportStore.Status.ERROR,
                                PUSHED.repository(),
                                PUSHED.commit(),
                                "Not graded.",
                                ""),
                        "",
                        NOON);
    }

    @Test
    void whatCameToNothingIsUnreportedUntilItIsReported() {
        store.accept(delivery("waits", null), List.of(PUSHED));
        assertThat(unreported()).isEmpty();
        store.ended(store.claim("here/1", NOON, NOON.plusSeconds(60)).orElseThrow(), Status.TAKEN, "", null);
        assertThat(unreported()).isEmpty();

        Receipt refused = ended("refused", PUSHED, Status.REFUSED, "too large");
        assertThat(unreported()).containsExactly(refused.number());
        assertThat(store.unreported(NOON.plusSeconds(1), 9)).as("it is old").isEmpty();
        report(new About.OfReceipt(refused.number()));
        assertThat(unreported()).isEmpty();
    }

    @Test
    void ofSeveralThatCameToTheSameTheFirstIsReported() {
        Receipt first = ended("branch", PUSHED, Status.REFUSED, "too large");
        ended("tag", PUSHED, Status.REFUSED, "too large");
        Receipt other = ended("again", PUSHED, Status.REFUSED, "empty");
        Receipt gone = ended("gone", PUSHED, Status.GONE, "looked at noon");
        ended("gone too", PUSHED, Status.GONE, "looked a minute later");

        assertThat(unreported()).containsExactly(first.number(), other.number(), gone.number());
    }

    @Test
    void whereAGradingOfTheCommitIsReportedItsStatusStands() {
        ended("refused", PUSHED, Status.REFUSED, "too large");
        report(new About.OfGrading(1));

        assertThat(unreported()).isEmpty();
    }

    @Test
    void whatTheDeadHaveClaimedIsFreeAtOnceAndWhatOthersHaveIsTheirs() {
        for (String id : List.of("one", "two", "three")) {
            store.accept(delivery(id, null), List.of(PUSHED));
        }
        Receipt left = store.claim("a/1", NOON, NOON.plusSeconds(60)).orElseThrow();
        store.later(store.claim("a/1", NOON, NOON.plusSeconds(60)).orElseThrow(), NOON.plusSeconds(300), "busy");
        assertThat(store.claim("b/2", NOON, NOON.plusSeconds(60))).isPresent();
        ClaimStore claims = new ClaimStore(database());
        assertThat(claims.holders()).containsExactlyInAnyOrder("a/1", "b/2");

        assertThat(claims.release("a/1", NOON)).isEqualTo(1);

        assertThat(claims.holders()).containsExactly("b/2");
        Receipt again = store.claim("b/2", NOON, NOON.plusSeconds(70)).orElseThrow();
        assertThat(again.number()).isEqualTo(left.number());
        assertThat(again.tries()).as("nothing is known of the repository").isZero();
        assertThat(again.leftBehind()).isEqualTo(1);
        assertThat(again.message()).isEqualTo("The process that read the repository ended before it was done.");
        assertThat(store.claim("b/2", NOON, NOON.plusSeconds(70)))
                .as("what another has, and what is to be tried later")
                .isEmpty();
        assertThat(store.keep(left, NOON.plusSeconds(90)))
                .as("whoever is not dead after all")
                .isFalse();
        assertThat(claims.release("a/1", NOON)).isZero();
    }

    private static Pushed pushed(String lab, String repository, String commit) {
        return new Pushed(
                LabId.parse(lab),
                PUSHED.owner(),
                "https://git.example.org/course/" + repository + ".git",
                "refs/heads/main",
                commit,
                true);
    }

    private void left(Instant at, int times) {
        ClaimStore claims = new ClaimStore(database());
        for (int i = 0; i < times; i++) {
            assertThat(store.claim("a/1", at, at.plusSeconds(60))).isPresent();
            claims.release("a/1", at);
        }
    }

    @Test
    void whatEndsEveryProcessThatHasItWaitsLongerEachTimeFromTheThirdOnUntilItHasHadItsTries() {
        store.accept(delivery("one", null), List.of(PUSHED));
        ClaimStore claims = new ClaimStore(database());
        List<Long> waited = new ArrayList<>();
        Instant now = NOON.plusSeconds(5);
        while (waited.size() < ClaimStore.MOST_LEFT_BEHIND) {
            assertThat(store.claim("a/1", now, now.plusSeconds(60))
                            .orElseThrow()
                            .leftBehind())
                    .isEqualTo(waited.size());
            claims.release("a/1", now);
            Instant due = store.newest(COURSE, 1).getFirst().due();
            waited.add(Math.max(0, Duration.between(now, due).toSeconds()));
            now = due.isAfter(now) ? due : now;
        }

        assertThat(waited).containsExactly(0L, 0L, 10L, 20L, 40L, 80L, 160L, 320L, 640L, 0L);
        Receipt last = store.claim("a/1", now, now.plusSeconds(60)).orElseThrow();
        assertThat(last.leftBehind()).isEqualTo(ClaimStore.MOST_LEFT_BEHIND);
        assertThat(last.tries()).isZero();
    }

    @Test
    void whatNobodyPutBackWasLeftBehindTooAndATryThatCameToItsEndBeginsAnew() {
        store.accept(delivery("one", null), List.of(PUSHED));
        store.claim("a/1", NOON, NOON.plusSeconds(60));

        Receipt second =
                store.claim("b/2", NOON.plusSeconds(60), NOON.plusSeconds(120)).orElseThrow();
        assertThat(second.leftBehind()).isEqualTo(1);
        Receipt third =
                store.claim("b/2", NOON.plusSeconds(120), NOON.plusSeconds(180)).orElseThrow();
        assertThat(third.leftBehind()).isEqualTo(2);

        store.later(third, NOON.plusSeconds(130), "the host does not answer");
        assertThat(store.claim("b/2", NOON.plusSeconds(130), NOON.plusSeconds(190))
                        .orElseThrow()
                        .leftBehind())
                .isZero();
    }

    @Test
    void whatHasEndedTwoProcessesIsWorkedOnAlone() {
        store.accept(delivery("bad", null), List.of(pushed("one", "bad", "b0")));
        left(NOON, 2);
        store.accept(delivery("good", null), List.of(pushed("one", "good", "c0"), pushed("two", "good", "c0")));

        assertThat(store.claim("a/1", NOON, NOON.plusSeconds(60)).orElseThrow().leftBehind())
                .isEqualTo(2);
        assertThat(store.claim("a/1", NOON, NOON.plusSeconds(60)))
                .as("nothing beside it")
                .isEmpty();
        Receipt good = store.claim("b/2", NOON, NOON.plusSeconds(60)).orElseThrow();
        assertThat(good.pushed().commit()).as("in another process").isEqualTo("c0");
        new ClaimStore(database()).release("a/1", NOON);

        assertThat(store.claim("b/2", NOON.plusSeconds(10), NOON.plusSeconds(70))
                        .orElseThrow()
                        .pushed()
                        .lab())
                .as("that one has something in hand")
                .isEqualTo(LabId.parse("two"));
        assertThat(store.claim("b/2", NOON.plusSeconds(10), NOON.plusSeconds(70)))
                .isEmpty();
        assertThat(store.claim("a/1", NOON.plusSeconds(10), NOON.plusSeconds(70))
                        .orElseThrow()
                        .pushed()
                        .commit())
                .isEqualTo("b0");
    }

    @Test
    void onePushForSeveralLabsEndsNoMoreProcessesThanOneForOne() {
        store.accept(
                delivery("one", null),
                List.of(pushed("one", "bad", "b0"), pushed("two", "bad", "b0"), pushed("one", "good", "c0")));
        left(NOON, 1);
        store.accept(delivery("two", null), List.of(pushed("one", "bad", "b1")));

        Receipt first = store.claim("a/1", NOON, NOON.plusSeconds(60)).orElseThrow();
        Receipt good = store.claim("a/1", NOON, NOON.plusSeconds(60)).orElseThrow();
        assertThat(good.pushed().commit()).isEqualTo("c0");
        assertThat(store.claim("a/1", NOON, NOON.plusSeconds(60)))
                .as("what is of a repository that was left behind waits for it")
                .isEmpty();
        store.leftAlone(first, "Left alone.");

        assertThat(store.newest(COURSE, 9).reversed())
                .extracting(one -> one.pushed().commit(), Receipt::status)
                .containsExactly(
                        tuple("b0", Status.LEFT_ALONE),
                        tuple("b0", Status.LEFT_ALONE),
                        tuple("c0", Status.WAITING),
                        tuple("b1", Status.WAITING));
        assertThat(store.claim("a/1", NOON, NOON.plusSeconds(60))
                        .orElseThrow()
                        .pushed()
                        .commit())
                .isEqualTo("b1");
        assertThat(unreported()).hasSize(2).contains(first.number());
        assertThat(store.troubled(COURSE, NOON, 9)).hasSize(2);
    }

    @Test
    void staffSeeWhatWasLeftBehindWhileItIsTriedAgain() {
        store.accept(delivery("one", null), List.of(PUSHED));
        assertThat(store.troubled(COURSE, NOON, 9)).isEmpty();

        left(NOON, 1);

        assertThat(store.troubled(COURSE, NOON, 9)).hasSize(1);
    }

    @Test
    void oldDeliveriesAreForgottenAndReceiptsStay() {
        store.accept(delivery("one", null), List.of(PUSHED));

        assertThat(store.forgetDeliveries(NOON)).isZero();
        assertThat(store.forgetDeliveries(NOON.plus(Duration.ofDays(1)))).isEqualTo(1);
        assertThat(store.newest(COURSE, 10)).hasSize(1);
        assertThat(store.accept(delivery("one", null), List.of())).isTrue();
    }
}
