package org.labharness.autograder.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.labharness.autograder.webhook.HookCourse.DVC;
import static org.labharness.autograder.webhook.HookCourse.NOON;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.intake.Freezer;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.store.ClaimStore;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.autograder.store.WebhookStore;
import org.labharness.autograder.store.WebhookStore.Delivery;
import org.labharness.autograder.store.WebhookStore.Pushed;
import org.labharness.autograder.store.WebhookStore.Receipt;
import org.labharness.autograder.store.WebhookStore.Status;
import org.labharness.lab.course.Course;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.checkout.Checkout;
import org.labharness.pipeline.checkout.CheckoutLimits;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.sandbox.docker.Eventually;

class ReceiptWorkTests {
    private static final String NEVER = "6113728f27ae82c7b1a177c8d03f9e96e0adf246";

    @TempDir
    Path folder;

    private final Course offered = HookCourse.named("mlops");
    private final List<Long> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile Instant now = NOON;
    private Database database;
    private WebhookStore store;
    private Freezer freezer;
    private Path repository;
    private String first;
    private String second;

    @BeforeEach
    void push() {
        database = Database.open(DatabaseAddress.file(folder.resolve("database")));
        HookCourse.enrol(database, offered);
        store = new WebhookStore(database);
        Map<String, String> environment = Map.of("HOME", folder.toString());
        freezer = new Freezer(new Archive(folder.resolve("home"), () -> now), environment, () -> now);
        repository = folder.resolve("ada");
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            builder.write("train.py", "print(1)\n").commit("one", NOON);
            first = commit("one");
            builder.write("train.py", "print(2)\n").commit("two", NOON);
            second = commit("two");
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String commit(String name) {
        return new Checkout(Map.of("HOME", folder.toString()), () -> now)
                .into(folder.resolve(name), new Source(repository.toString(), null), CheckoutLimits.DEFAULT)
                .submission()
                .commit();
    }

    private ReceiptWork work(GradingRequests gradings) {
        return new ReceiptWork(
                database,
                "here/1",
                freezer,
                any -> new Filing(
                        database, new Archive(folder.resolve("home"), () -> now), offered.id(), "test", () -> now),
                gradings,
                () -> now);
    }

    private ReceiptWork work() {
        return work((course, submission, fact, why) -> asked.add(submission));
    }

    private void received(String id, String ref, String commit, boolean head) {
        received(id, repository.toString(), ref, commit, head);
    }

    private void received(String id, String where, String ref, String commit, boolean head) {
        store.accept(
                new Delivery(offered.id(), "github", id, null, now),
                List.of(new Pushed(DVC, new Owner.OfStudent(StudentId.parse("s01")), where, ref, commit, head)));
    }

    private Receipt receipt() {
        return store.newest(offered.id(), 1).getFirst();
    }

    private SubmissionFact submission() {
        return new SubmissionStore(database)
                .fact(offered.id(), java.util.Objects.requireNonNull(receipt().submission()))
                .orElseThrow();
    }

    @Test
    void aPushIsFrozenAsReceivedWhenItWasToldAndAskedFor() {
        received("one", "refs/heads/main", second, true);
        now = NOON.plusSeconds(40);

        assertThat(work().next()).isTrue();

        assertThat(receipt().status()).isEqualTo(Status.TAKEN);
        assertThat(submission())
                .extracting(SubmissionFact::commit, SubmissionFact::ref, SubmissionFact::received)
                .containsExactly(second, "main", NOON);
        assertThat(submission().bundle()).isNotNull();
        assertThat(asked).containsExactly(receipt().submission());
        assertThat(work().next()).isFalse();
    }

    @Test
    void theCommitThatWasPushedIsGradedAlsoWhenMoreHasCome() {
        received("one", "refs/heads/main", first, true);

        work().next();

        assertThat(submission())
                .extracting(SubmissionFact::commit, SubmissionFact::ref)
                .containsExactly(first, first);
    }

    @Test
    void aTagOrAnotherBranchGradesWhatHeadNames() {
        received("one", "refs/heads/trial", first, false);

        work().next();

        assertThat(submission().commit()).isEqualTo(second);
    }

    @Test
    void aCommitThatIsGoneIsLookedForTwiceAndThenSaidToBeGone() {
        received("one", "refs/heads/main", NEVER, true);

        work().next();
        assertThat(receipt().status()).isEqualTo(Status.WAITING);
        now = NOON.plusSeconds(10);
        work().next();

        assertThat(receipt().status()).isEqualTo(Status.GONE);
        assertThat(receipt().message())
                .isEqualTo(
                        "The commit " + NEVER + " that was pushed to refs/heads/main was not in the repository any more"
                                + " when it was looked at (2026-09-10T12:00:10Z): something else was pushed over it. That push is"
                                + " not graded; later ones are.");
        assertThat(asked).isEmpty();
    }

    @Test
    void anUnreachableRepositoryIsTriedForADayWithLongerAndLongerPauses() {
        received("one", folder.resolve("missing").toString(), "refs/heads/main", second, true);
        List<Duration> pauses = new ArrayList<>();
        while (receipt().status() == Status.WAITING) {
            Instant before = now;
            assertThat(work().next()).isTrue();
            pauses.add(Duration.between(before, receipt().due()));
            now = receipt().due();
        }

        assertThat(pauses.subList(0, 4))
                .containsExactly(
                        Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(40), Duration.ofSeconds(80));
        assertThat(pauses.size()).isLessThan(70);
        assertThat(receipt().status()).isEqualTo(Status.UNREACHABLE);
        assertThat(receipt().message()).startsWith("It was tried for 24 hours. Last: ");
    }

    @Test
    void afterAKillBetweenAskingAndNotingItIsTheSameSubmission() {
        received("one", "refs/heads/main", second, true);
        work((course, submission, fact, why) -> {
                    asked.add(submission);
                    throw new IllegalStateException("killed");
                })
                .next();
        assertThat(receipt().status()).isEqualTo(Status.WAITING);
        assertThat(receipt().message()).contains("killed");

        now = receipt().due();
        work().next();

        assertThat(receipt().status()).isEqualTo(Status.TAKEN);
        assertThat(asked).hasSize(2).containsOnly(receipt().submission());
    }

    @Test
    void whatOneProcessHeldWhenItDiedIsDoneByTheNext() {
        received("one", "refs/heads/main", second, true);
        store.claim("another/1", now, now.plusSeconds(60));
        assertThat(work().next()).isFalse();

        now = NOON.plusSeconds(61);
        assertThat(work().next()).isTrue();
        assertThat(receipt().status()).isEqualTo(Status.TAKEN);
    }

    private void processesEndThatHave(int receipts, int times) {
        ClaimStore claims = new ClaimStore(database);
        for (int i = 0; i < times; i++) {
            for (int j = 0; j < receipts; j++) {
                assertThat(store.claim("another/1", now, now.plusSeconds(60))).isPresent();
            }
            assertThat(claims.release("another/1", now)).isEqualTo(receipts);
            Instant due = store.newest(offered.id(), 9).stream()
                    .map(Receipt::due)
                    .max(Instant::compareTo)
                    .orElseThrow();
            now = due.isAfter(now) ? due : now;
        }
    }

    @Test
    void whatEndsEveryProcessThatReadsItIsLeftAloneAndNotRead() {
        received("one", "refs/heads/main", second, true);
        processesEndThatHave(1, ClaimStore.MOST_LEFT_BEHIND);

        assertThat(work().next()).isTrue();

        assertThat(receipt().status()).isEqualTo(Status.LEFT_ALONE);
        assertThat(receipt().message())
                .isEqualTo(
                        "10 times in a row the process that read the repository ended before it was done, so it is left"
                                + " alone. That is the harness's matter and costs nothing: find out why its processes end (memory, a"
                                + " crash), then have it pushed again.");
        assertThat(asked).isEmpty();
        assertThat(work().next()).isFalse();
    }

    @Test
    void whatWasInHandBesideItIsFrozen() {
        received("bad", folder.resolve("bad").toString(), "refs/heads/main", NEVER, true);
        received("good", "refs/heads/main", second, true);
        processesEndThatHave(2, 2);
        processesEndThatHave(1, 1);
        assertThat(store.claim("here/1", now.minusSeconds(1), now.plusSeconds(60)))
                .as("the one that has ended a third process waits; beside it there is the other")
                .map(one -> one.pushed().commit())
                .contains(second);
        new ClaimStore(database).release("here/1", now);
        now = now.plusSeconds(10);

        while (work().next()) {
            // until nothing is due
        }

        assertThat(store.newest(offered.id(), 9))
                .extracting(one -> one.pushed().commit(), Receipt::status)
                .containsExactlyInAnyOrder(tuple(second, Status.TAKEN), tuple(NEVER, Status.WAITING));
    }

    @Test
    void memoryThatOneUsesUpIsAMistakeOfOursWhichIsTriedForADay() {
        received("one", "refs/heads/main", second, true);
        ReceiptWork work = work((course, submission, fact, why) -> {
            throw new OutOfMemoryError("Java heap space");
        });
        int tries = 0;
        while (receipt().status() == Status.WAITING) {
            assertThat(work.next()).isTrue();
            assertThat(receipt().message())
                    .endsWith("The harness made a mistake: java.lang.OutOfMemoryError: Java heap space");
            now = receipt().due();
            tries++;
        }

        assertThat(tries).isEqualTo(50);
        assertThat(receipt().status()).isEqualTo(Status.LEFT_ALONE);
        assertThat(receipt().message())
                .startsWith("That is the harness's matter and costs nothing. It was tried for 24 hours. Last: ");
    }

    @Test
    void itsThreadsWorkWhenWokenAndOutliveADatabaseThatFailed() {
        boolean[] failed = {false};
        GradingRequests failingOnce = (course, submission, fact, why) -> {
            if (!failed[0]) {
                failed[0] = true;
                throw new SystemBroke(Breakdown.DATABASE, "the connection is lost");
            }
            asked.add(submission);
        };
        try (ReceiptWork work = work(failingOnce).start(2)) {
            received("one", "refs/heads/main", second, true);
            work.wake();
            Eventually.holds(() -> failed[0]);
            now = NOON.plusSeconds(61);
            work.wake();
            Eventually.holds(() -> receipt().status() == Status.TAKEN);
        }
        assertThat(asked).hasSize(1);
    }
}
