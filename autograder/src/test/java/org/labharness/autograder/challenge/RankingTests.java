package org.labharness.autograder.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.challenge.Finals;
import org.labharness.lab.challenge.Venue;

/** Who stands where, stated as rules and as plain loops. */
class RankingTests {
    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");

    private static Entry entry(long id, String student, long seconds, QualityMetric metric, String score) {
        StudentId who = StudentId.parse(student);
        return new Entry(
                id,
                new Owner.OfStudent(who),
                who,
                START.plusSeconds(seconds),
                "p.csv",
                "d" + id,
                "p" + id,
                Map.of(metric, new BigDecimal(score)));
    }

    private static List<Entry> some(long seed, int entries, QualityMetric metric) {
        Random random = new Random(seed);
        List<Entry> some = new ArrayList<>();
        for (int id = 1; id <= entries; id++) {
            some.add(entry(
                    id,
                    "s" + random.nextInt(8),
                    random.nextInt(50),
                    metric,
                    BigDecimal.valueOf(random.nextInt(40)).movePointLeft(3).toPlainString()));
        }
        return some;
    }

    private static Map<Long, Map<QualityMetric, BigDecimal>> hidden(
            List<Entry> entries, long seed, QualityMetric metric) {
        Random random = new Random(seed + 1);
        Map<Long, Map<QualityMetric, BigDecimal>> hidden = new HashMap<>();
        entries.forEach(one -> hidden.put(
                one.id(), Map.of(metric, BigDecimal.valueOf(random.nextInt(12)).movePointLeft(1))));
        return hidden;
    }

    @Property(tries = 300)
    void thePublicBoardIsWhatPlainLoopsFind(
            @ForAll @IntRange(max = 100_000) int seed,
            @ForAll @IntRange(min = 1, max = 40) int entries,
            @ForAll boolean higher) {
        QualityMetric metric = higher ? QualityMetric.ACCURACY : QualityMetric.RMSE;
        List<Entry> all = some(seed, entries, metric);
        List<Entry> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(seed));
        Ranking ranking = new Ranking(SampleChallenge.venue(metric));

        List<Standing> board = ranking.open(all);

        assertThat(ranking.open(shuffled)).isEqualTo(board);
        for (Standing one : board) {
            BigDecimal best = null;
            for (Entry entry : all) {
                BigDecimal shown =
                        Objects.requireNonNull(entry.scores().get(metric)).setScale(2, RoundingMode.HALF_UP);
                boolean better = best == null || (higher ? shown.compareTo(best) > 0 : shown.compareTo(best) < 0);
                if (entry.owner().equals(one.owner()) && better) {
                    best = shown;
                }
            }
            assertThat(one.shown()).isEqualTo(best);
            int ahead = 0;
            for (Standing other : board) {
                int compared = other.shown().compareTo(one.shown());
                ahead += (higher ? compared > 0 : compared < 0) ? 1 : 0;
            }
            assertThat(one.rank()).isEqualTo(ahead + 1);
        }
        for (int i = 1; i < board.size(); i++) {
            if (board.get(i).rank() == board.get(i - 1).rank()) {
                assertThat(board.get(i).best().received())
                        .isAfterOrEqualTo(board.get(i - 1).best().received());
            }
        }
    }

    @Property(tries = 300)
    void theFinalBoardFollowsExactScoresThenTime(
            @ForAll @IntRange(max = 100_000) int seed, @ForAll @IntRange(min = 1, max = 40) int entries) {
        for (Finals finals : List.of(new Finals.BestPublic(), new Finals.Last(), new Finals.Chosen(2))) {
            Venue.Here venue = SampleChallenge.venue(finals, QualityMetric.ACCURACY);
            List<Entry> all = some(seed, entries, QualityMetric.ACCURACY);
            Map<Long, Map<QualityMetric, BigDecimal>> hidden = hidden(all, seed, QualityMetric.ACCURACY);

            List<FinalStanding> board = new Ranking(venue).closed(all, hidden, Map.of());

            assertThat(board).extracting(FinalStanding::rank).isSorted().doesNotHaveDuplicates();
            assertThat(board).hasSameSizeAs(new Ranking(venue).open(all));
            assertThat(board)
                    .isSortedAccordingTo(Comparator.comparing(FinalStanding::exact)
                            .reversed()
                            .thenComparing(one -> one.entry().received())
                            .thenComparingLong(one -> one.entry().id()));
            assertThat(board.stream().mapToInt(FinalStanding::change).sum())
                    .as("ties in public may only add places that others share")
                    .isLessThanOrEqualTo(0);
        }
    }

    @Test
    void theSameShownScoreSharesARankAndTheEarlierStandsFirst() {
        List<Entry> entries = List.of(
                entry(1, "late", 90, QualityMetric.ACCURACY, "0.9049"),
                entry(2, "early", 10, QualityMetric.ACCURACY, "0.8951"),
                entry(3, "last", 20, QualityMetric.ACCURACY, "0.8949"),
                entry(4, "early", 99, QualityMetric.ACCURACY, "0.9040"));

        List<Standing> board = new Ranking(SampleChallenge.venue(QualityMetric.ACCURACY)).open(entries);

        assertThat(board)
                .extracting(one -> one.rank() + " " + one.owner().id() + " " + one.shown() + " "
                        + one.best().id())
                .containsExactly("1 early 0.90 2", "1 late 0.90 1", "3 last 0.89 3");
    }

    @Test
    void chosenEntriesCountAndTheBestInPublicStandIn() {
        Venue.Here venue = SampleChallenge.venue(new Finals.Chosen(2), QualityMetric.ACCURACY);
        List<Entry> own = List.of(
                entry(1, "s1", 1, QualityMetric.ACCURACY, "0.5"),
                entry(2, "s1", 2, QualityMetric.ACCURACY, "0.9"),
                entry(3, "s1", 3, QualityMetric.ACCURACY, "0.7"));
        Ranking ranking = new Ranking(venue);

        assertThat(ranking.candidates(own, List.of())).extracting(Entry::id).containsExactly(2L, 3L);
        assertThat(ranking.candidates(own, List.of(1L))).extracting(Entry::id).containsExactly(1L, 2L);
        assertThat(ranking.candidates(own, List.of(1L, 3L)))
                .extracting(Entry::id)
                .containsExactly(1L, 3L);
        assertThat(ranking.candidates(own, List.of(99L))).extracting(Entry::id).containsExactly(2L, 3L);
    }

    @Test
    void entriesOfOtherLabelsAreLeftOut() {
        Entry stale = entry(1, "s1", 1, QualityMetric.RMSE, "0.5");

        assertThat(new Ranking(SampleChallenge.venue(QualityMetric.ACCURACY)).open(List.of(stale)))
                .isEmpty();
    }
}
