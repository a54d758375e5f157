package org.labharness.autograder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.challenge.Decision;
import org.labharness.autograder.challenge.Entry;
import org.labharness.autograder.challenge.EntryRule;
import org.labharness.autograder.challenge.MeasuredSample;
import org.labharness.autograder.challenge.Received;
import org.labharness.autograder.challenge.Refused;
import org.labharness.autograder.challenge.Refused.Code;
import org.labharness.autograder.challenge.Result;
import org.labharness.autograder.challenge.SampleChallenge;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.ChallengeId;
import org.labharness.lab.challenge.Quota;

/** What every database must do for challenges. */
abstract class ChallengeStoreContract extends OnDatabase {
    private static final ChallengeId WINE = ChallengeId.parse("wine");
    private static final EntryRule THREE_A_DAY = new EntryRule(new Quota(3, null), ZoneId.of("UTC"));
    private static final Owner ALPHA = new Owner.OfTeam(TeamId.parse("alpha"));
    private static final StudentId ADA = StudentId.parse("s01");
    private static final Challenge CHALLENGE =
            SampleChallenge.challenge(SampleChallenge.venue(QualityMetric.ACCURACY), true);

    @BeforeEach
    void noteTheChallenge() {
        new RosterStore(database()).note(SampleCourse.named("mlops"), NOON);
        store().note("split", NOON);
    }

    private ChallengeStore store() {
        return new ChallengeStore(database(), COURSE, WINE);
    }

    private static Received received(Owner owner, StudentId by, Instant at) {
        return new Received(owner, by, at, "p.csv", "f".repeat(64));
    }

    private Decision enter(Owner owner, String predictions, Instant at) {
        return store().enter(received(owner, ADA, at), predictions, "labels", MeasuredSample.of(3, 7), THREE_A_DAY);
    }

    @Test
    void anEntryComesBackWithItsPublicScores() {
        Decision decision = enter(ALPHA, "p1", NOON);

        assertThat(decision).isInstanceOf(Decision.Taken.class);
        Entry entry = store().entries("labels").getFirst();
        assertThat(entry.owner()).isEqualTo(ALPHA);
        assertThat(entry.by()).isEqualTo(ADA);
        assertThat(entry.received()).isEqualTo(NOON);
        assertThat(entry.scores()).isEqualTo(Map.of(QualityMetric.ACCURACY, new BigDecimal("0.9")));
        assertThat(store().entries("other labels").getFirst().scores()).isEmpty();
    }

    @Test
    void privateScoresAskForTheProofThatThisChallengeIsClosed() {
        enter(ALPHA, "p1", NOON);
        Challenge other = new Challenge(
                ChallengeId.parse("other"), "Other", false, null, NOON, CHALLENGE.venue(), null, CHALLENGE.folder());
        Challenge.Closed proof =
                CHALLENGE.closed(SampleChallenge.CLOSES.plusSeconds(1)).orElseThrow();
        Challenge.Closed foreign = other.closed(NOON.plusSeconds(1)).orElseThrow();

        assertThat(store().privateScores("labels", proof).values())
                .containsExactly(Map.of(QualityMetric.ACCURACY, new BigDecimal("0.9")));
        assertThatThrownBy(() -> store().privateScores("labels", foreign)).hasMessage("other is closed, not wine");
        assertThat(CHALLENGE.closed(SampleChallenge.CLOSES)).isEmpty();
    }

    @Test
    void whatIsOverTheLimitIsRefusedAndNoted() {
        enter(ALPHA, "p1", NOON);
        enter(ALPHA, "p2", NOON);
        assertThat(enter(ALPHA, "p2", NOON)).isInstanceOf(Decision.NotTaken.class);
        assertThat(enter(ALPHA, "p3", NOON)).isInstanceOf(Decision.Taken.class);

        Decision fourth = enter(ALPHA, "p4", NOON);

        assertThat(((Decision.NotTaken) fourth).refused().code()).isEqualTo(Code.DAY_LIMIT);
        assertThat(enter(ALPHA, "p4", NOON.plus(Duration.ofDays(1)))).isInstanceOf(Decision.Taken.class);
        assertThat(store().refusals())
                .extracting(one -> one.code())
                .containsExactly("same-predictions", "limit-of-the-day");
        assertThat(store().entries("labels")).hasSize(4);
    }

    @Test
    void aNewTeamDoesNotGiveNewEntries() {
        enter(ALPHA, "p1", NOON);
        enter(ALPHA, "p2", NOON);
        enter(ALPHA, "p3", NOON);

        assertThat(enter(new Owner.OfTeam(TeamId.parse("beta")), "p4", NOON)).isInstanceOf(Decision.NotTaken.class);
    }

    @Test
    void ofManyAtOnceNoMoreAreTakenThanAllowed() throws Exception {
        int threads = 8;
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Decision> decisions = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<Decision>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                String predictions = "p" + i;
                futures.add(workers.submit(() -> {
                    start.await(30, TimeUnit.SECONDS);
                    return enter(ALPHA, predictions, NOON);
                }));
            }
            for (Future<Decision> future : futures) {
                decisions.add(future.get(60, TimeUnit.SECONDS));
            }
        }

        assertThat(decisions).filteredOn(Decision.Taken.class::isInstance).hasSize(3);
        assertThat(store().entries("labels")).hasSize(3);
    }

    @Test
    void nobodyFillsTheDiskWithRefusals() {
        for (int i = 0; i < 103; i++) {
            store().refuse(
                            received(ALPHA, ADA, NOON),
                            new Refused(Code.MALFORMED, "bad \0 " + "x".repeat(5_000)),
                            THREE_A_DAY.day(NOON));
        }

        assertThat(store().refusals()).hasSize(100);
        assertThat(store().refusals().getFirst().message()).hasSize(4_000).startsWith("bad \ufffd xxx");
    }

    @Test
    void scoresByOtherLabelsStandBesideEarlierOnes() {
        enter(ALPHA, "p1", NOON);
        long id = store().entries("labels").getFirst().id();

        store().scores(id, "corrected", MeasuredSample.of(0, 0), NOON);
        store().scores(id, "corrected", MeasuredSample.of(9, 9), NOON);

        assertThat(store().entries("labels").getFirst().scores().get(QualityMetric.ACCURACY))
                .isEqualByComparingTo("0.9");
        assertThat(store().entries("corrected").getFirst().scores().get(QualityMetric.ACCURACY))
                .isEqualByComparingTo("1");
    }

    @Test
    void theLastChoiceHolds() {
        store().choose(ALPHA, List.of(3L, 5L), ADA, NOON);
        store().choose(ALPHA, List.of(7L), ADA, NOON);
        store().choose(new Owner.OfStudent(ADA), List.of(), ADA, NOON);

        assertThat(store().choices()).isEqualTo(Map.of(ALPHA, List.of(7L), new Owner.OfStudent(ADA), List.of()));
    }

    @Test
    void theSplitOfTheFirstUseIsRemembered() {
        assertThat(store().note("another split", NOON)).isEqualTo("split");
    }

    @Test
    void theLastImportOfResultsHolds() {
        ResultStore results = new ResultStore(database(), COURSE, ChallengeId.parse("kaggle"));
        Result first = new Result(ALPHA, 1, new BigDecimal("0.91471"));

        assertThat(results.read()).isEmpty();
        results.put(List.of(first, new Result(new Owner.OfStudent(ADA), 2, null)), "a.csv", "staff", NOON);
        results.put(List.of(first), "b.csv", "staff", NOON);

        assertThat(results.read()).containsExactly(first);
    }
}
