package org.labharness.autograder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.labharness.autograder.store.SampleFacts.ADA;
import static org.labharness.autograder.store.SampleFacts.LAB;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.RunFact.End;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.store.ForgeReportStore.About;
import org.labharness.autograder.store.ForgeReportStore.Outgoing;
import org.labharness.autograder.store.ForgeReportStore.Progress;
import org.labharness.autograder.store.ForgeReportStore.Report;
import org.labharness.autograder.store.ForgeReportStore.Status;

/** Reports to forges on every database. */
abstract class ForgeReportStoreContract extends OnDatabase {
    private static final Instant LATER = NOON.plusSeconds(90);
    private ForgeReportStore store;

    @BeforeEach
    void noteTheCourse() {
        new RosterStore(database()).note(SampleCourse.named("mlops"), NOON);
        store = new ForgeReportStore(database());
    }

    private static Report report(long grading, Status status, String commit) {
        return new Report(
                COURSE,
                LAB,
                new Owner.OfStudent(ADA),
                new About.OfGrading(grading),
                status,
                "https://git.example.org/ada.git",
                commit,
                "Graded.",
                "https://lab.example.org/r/1");
    }

    private Optional<Outgoing> claim() {
        return store.claim("a/1", NOON, LATER);
    }

    @Test
    void aStateOfAGradingIsReportedOnce() {
        assertThat(store.add(report(1, Status.PENDING, "c0"), "", NOON)).isTrue();
        assertThat(store.add(report(1, Status.PENDING, "c0"), "", NOON)).isFalse();

        Outgoing claimed = claim().orElseThrow();
        assertThat(claimed.report()).isEqualTo(report(1, Status.PENDING, "c0"));
        assertThat(claimed.progress()).isEqualTo(Progress.WAITING);
        assertThat(claim()).as("it is claimed").isEmpty();
        store.ended(claimed, Progress.TOLD, "");
        assertThat(store.claim("a/1", LATER, LATER)).isEmpty();
        assertThat(store.add(report(1, Status.PENDING, "c0"), "", NOON)).isFalse();
    }

    /** A push that came to nothing. */
    private long receipt() {
        WebhookStore receipts = new WebhookStore(database());
        receipts.accept(
                new WebhookStore.Delivery(COURSE, "gitea", "one", null, NOON),
                List.of(new WebhookStore.Pushed(
                        LAB,
                        new Owner.OfStudent(ADA),
                        "https://git.example.org/ada.git",
                        "refs/heads/main",
                        "c0",
                        true)));
        WebhookStore.Receipt receipt = receipts.claim("here/1", NOON, LATER).orElseThrow();
        receipts.ended(receipt, WebhookStore.Status.REFUSED, "It is too large.", null);
        return receipt.number();
    }

    private static Report of(long receipt) {
        Report graded = report(1, Status.FAILURE, "c0");
        return new Report(
                graded.course(),
                graded.lab(),
                graded.owner(),
                new About.OfReceipt(receipt),
                graded.status(),
                graded.repository(),
                graded.commit(),
                "Not graded: It is too large.",
                "");
    }

    @Test
    void aPushThatCameToNothingIsReportedOnceAndALaterGradingTakesItsPlace() {
        long receipt = receipt();
        assertThat(store.add(of(receipt), "", NOON)).isTrue();
        assertThat(store.add(of(receipt), "", NOON)).isFalse();
        assertThat(new ForgeReportStore(another(address())).add(of(receipt), "", NOON))
                .isFalse();
        assertThat(store.newest(COURSE, 9)).singleElement().satisfies(one -> {
            assertThat(one.report()).isEqualTo(of(receipt));
            assertThat(one.progress()).isEqualTo(Progress.WAITING);
        });

        store.add(report(1, Status.PENDING, "c0"), "", NOON);

        assertThat(store.newest(COURSE, 9))
                .extracting(Outgoing::progress)
                .containsExactly(Progress.WAITING, Progress.DROPPED);
        assertThat(store.add(of(receipt), "", NOON)).isFalse();
    }

    @Test
    void whoDiedWhileAskingLeavesItAsAsked() {
        store.add(report(1, Status.PENDING, "c0"), "", NOON);
        claim();

        assertThat(store.claim("a/1", LATER.minusSeconds(1), LATER)).isEmpty();
        assertThat(store.claim("a/1", LATER, LATER.plusSeconds(90))
                        .orElseThrow()
                        .progress())
                .isEqualTo(Progress.ASKED);
    }

    @Test
    void ofOneThatDiedWhileAskingTheForgeIsAskedAgainAsSoonAsItHasSettled() {
        store.add(report(1, Status.PENDING, "c0"), "", NOON);
        store.add(report(2, Status.PENDING, "c1"), "", NOON);
        store.add(report(3, Status.PENDING, "c2"), "", NOON);
        long left = claim().orElseThrow().number();
        store.later(claim().orElseThrow(), true, LATER, "no answer");
        assertThat(store.claim("b/2", NOON, LATER)).isPresent();
        ClaimStore claims = new ClaimStore(database());
        assertThat(claims.holders()).containsExactlyInAnyOrder("a/1", "b/2");

        assertThat(claims.release("a/1", NOON)).isEqualTo(1);

        assertThat(claims.holders()).containsExactly("b/2");
        Instant settled = NOON.plus(ClaimStore.SETTLED);
        assertThat(settled).isBefore(LATER);
        assertThat(store.claim("b/2", settled.minusSeconds(1), LATER)).isEmpty();
        Outgoing again = store.claim("b/2", settled, LATER).orElseThrow();
        assertThat(again.number()).isEqualTo(left);
        assertThat(again.progress()).isEqualTo(Progress.ASKED);
        assertThat(store.claim("b/2", settled, LATER))
                .as("what another has, and what is to be tried later")
                .isEmpty();
    }

    @Test
    void whatEndsEveryProcessThatTellsItWaitsLongerEachTimeFromTheThirdOn() {
        store.add(report(1, Status.PENDING, "c0"), "", NOON);
        ClaimStore claims = new ClaimStore(database());
        List<Long> waited = new ArrayList<>();
        Instant now = NOON;
        for (int times = 0; times < ClaimStore.MOST_LEFT_BEHIND; times++) {
            assertThat(store.claim("a/1", now, now.plusSeconds(90))
                            .orElseThrow()
                            .leftBehind())
                    .isEqualTo(times);
            claims.release("a/1", now);
            Outgoing left = store.newest(COURSE, 1).getFirst();
            assertThat(left.why()).isEqualTo("the process that told it ended before it was done");
            waited.add(Duration.between(now, left.due()).toSeconds());
            now = left.due();
        }

        assertThat(waited).containsExactly(25L, 25L, 35L, 45L, 65L, 105L, 185L, 345L, 665L, 25L);
        assertThat(store.untold(COURSE, NOON, 9)).hasSize(1);
        Outgoing last = store.claim("b/2", now, now.plusSeconds(90)).orElseThrow();
        assertThat(last.leftBehind()).isEqualTo(ClaimStore.MOST_LEFT_BEHIND);
        store.later(last, true, now, "no answer");
        Outgoing told = store.claim("b/2", now, now.plusSeconds(90)).orElseThrow();
        assertThat(told.leftBehind()).as("the process lives").isZero();
        assertThat(store.claim("a/1", now.plusSeconds(90), now.plusSeconds(180))
                        .orElseThrow()
                        .leftBehind())
                .as("nobody put it back")
                .isEqualTo(1);
    }

    @Test
    void theDeadKeepNothingForLongerThanTheyWouldHave() {
        store.add(report(1, Status.PENDING, "c0"), "", NOON);
        store.claim("a/1", NOON, NOON.plusSeconds(5));

        new ClaimStore(database()).release("a/1", NOON);

        assertThat(store.claim("b/2", NOON.plusSeconds(5), LATER)).isPresent();
    }

    @Test
    void aLaterOneTakesThePlaceOfOneThatWaitsAndComesAfterOneThatIsUnderWay() {
        store.add(report(1, Status.PENDING, "c0"), "", NOON);
        store.add(report(1, Status.SUCCESS, "c0"), "", NOON);
        assertThat(store.newest(COURSE, 9))
                .extracting(Outgoing::progress)
                .containsExactly(Progress.WAITING, Progress.DROPPED);
        Outgoing underWay = claim().orElseThrow();

        store.add(report(2, Status.PENDING, "c0"), "", NOON);
        store.add(report(3, Status.PENDING, "c1"), "", NOON);
        assertThat(claim().orElseThrow().report().commit()).isEqualTo("c1");
        assertThat(claim()).isEmpty();
        assertThat(store.claim("a/1", LATER, LATER.plusSeconds(9)).orElseThrow().superseded())
                .isTrue();
        store.ended(underWay, Progress.TOLD, "");
        assertThat(claim().orElseThrow().report().about()).isEqualTo(new About.OfGrading(2));
    }

    @Test
    void whatIsTriedLaterIsWaitingOrAskedAsIsKnown() {
        store.add(report(1, Status.PENDING, "c0"), "", NOON);
        store.later(claim().orElseThrow(), false, NOON, "busy");
        Outgoing again = claim().orElseThrow();
        assertThat(again.progress()).isEqualTo(Progress.WAITING);
        assertThat(again.tries()).isEqualTo(1);
        assertThat(again.why()).isEqualTo("busy");

        store.later(again, true, NOON, "no end");
        assertThat(claim().orElseThrow().progress()).isEqualTo(Progress.ASKED);
    }

    @Test
    void ofManyWhoClaimEachReportGoesToOne() {
        IntStream.range(0, 10).forEach(i -> store.add(report(i, Status.PENDING, "c" + i), "", NOON));

        List<Long> claimed = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> IntStream.range(0, 10)
                        .mapToObj(j -> claim().map(Outgoing::number).orElse(null))
                        .filter(Objects::nonNull)
                        .toList()))
                .toList()
                .stream()
                .flatMap(future -> future.join().stream())
                .toList();

        assertThat(claimed).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void whatAForgeAskedForIsNewsUntilItIsReported() {
        SubmissionStore submissions = new SubmissionStore(database());
        long submission = submissions.submission(COURSE, SampleFacts.submission("c0"), NOON);
        GradingStore gradings = new GradingStore(database());
        long grading = gradings.ask(submission, Way.WEBHOOK, "a forge", "", false, 0, NOON)
                .grading();
        PushedGradings pushed = new PushedGradings(database());

        assertThat(pushed.begun(NOON))
                .extracting(PushedGradings.Pushed::grading)
                .containsExactly(grading);
        assertThat(pushed.begun(LATER)).as("it is old").isEmpty();
        assertThat(pushed.over(NOON)).isEmpty();
        store.add(report(grading, Status.PENDING, "c0"), "", NOON);
        assertThat(pushed.begun(NOON)).isEmpty();

        long run = new RunStore(database())
                .file(submission, grading, SampleFacts.run(End.GRADED, 1))
                .ran()
                .id();
        submissions.stands(
                submission,
                submissions.evaluation(run, SampleFacts.evaluation("rubric", "40.25")),
                "a forge",
                "",
                NOON);
        gradings.done(grading, "", "graded", NOON);
        assertThat(pushed.over(NOON)).singleElement().satisfies(one -> {
            assertThat(one.end()).isEqualTo(End.GRADED);
            assertThat(one.worth()).isNotNull();
            assertThat(one.released()).isFalse();
        });
        store.add(report(grading, Status.SUCCESS, "c0"), "", NOON);
        assertThat(pushed.over(NOON)).isEmpty();
    }
}
