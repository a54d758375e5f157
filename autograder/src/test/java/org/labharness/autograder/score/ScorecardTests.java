package org.labharness.autograder.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.labharness.lab.CheckId;
import org.labharness.lab.Points;
import org.labharness.lab.Support;
import org.labharness.lab.Untestable;
import org.labharness.lab.Verdict;

class ScorecardTests {
    @Test
    void whatWasSetAsideIsSaid() {
        Scorecard card = new Scorecard(
                List.of(verdict("a", "62", "75", null), verdict("b", "0", "0", Untestable.NOT_APPLICABLE)),
                Points.of(100));

        assertThat(card.describe()).isEqualTo("62 of 75 applicable (25 of 100 set aside)");
        assertThat(card.setAside()).isEqualTo(Points.of(25));
    }

    @Test
    void aBonusComesOnTopAndIsNoPartOfTheTotal() {
        Verdict bonus = new Verdict(
                CheckId.parse("b"),
                "B",
                Points.of(8),
                Points.of(10),
                Support.REPRODUCED,
                null,
                "Seen.",
                "",
                null,
                true);
        Scorecard card = new Scorecard(List.of(verdict("a", "42", "50", null), bonus), Points.of(50));

        assertThat(card.points()).isEqualTo(Points.of(42));
        assertThat(card.of()).isEqualTo(Points.of(50));
        assertThat(card.bonus()).isEqualTo(Points.of(8));
        assertThat(card.setAside()).isEqualTo(Points.ZERO);
        assertThat(card.describe()).isEqualTo("42 of 50 + 8 bonus");
    }

    @Test
    void nothingIsSaidOfSettingAsideWhereNothingWas() {
        Scorecard card = new Scorecard(List.of(verdict("a", "42.5", "50", null)), Points.of(50));

        assertThat(card.describe()).isEqualTo("42.5 of 50");
        assertThat(card.held()).isFalse();
        assertThat(card.heldBecause()).isEmpty();
    }

    @Test
    void pointsAreProvisionalWhereTheHarnessCouldNotTest() {
        Scorecard card = new Scorecard(List.of(verdict("runs", "10", "10", Untestable.OURS)), Points.of(10));

        assertThat(card.held()).isTrue();
        assertThat(card.heldBecause()).startsWith("Provisional: runs could not be tested here");
    }

    @Test
    void aCheckCountsOnce() {
        assertThatThrownBy(() -> new Scorecard(
                        List.of(verdict("a", "1", "2", null), verdict("a", "1", "2", null)), Points.of(4)))
                .hasMessage("check a occurs twice");
    }

    @Test
    void checksAreNotWorthMoreThanTheLab() {
        assertThatThrownBy(() -> new Scorecard(List.of(verdict("a", "1", "3", null)), Points.of(2)))
                .hasMessage("checks worth 3 of a total of 2");
    }

    @Property
    void pointsAreTheSumOfTheirPartsAndNeverAboveWhatTheyAreOf(@ForAll("verdicts") List<Verdict> verdicts) {
        BigDecimal points = BigDecimal.ZERO;
        BigDecimal of = BigDecimal.ZERO;
        for (Verdict verdict : verdicts) {
            points = points.add(verdict.points().value());
            of = of.add(verdict.of().value());
        }

        Scorecard card = new Scorecard(verdicts, new Points(of));

        assertThat(card.points().value()).isEqualByComparingTo(points);
        assertThat(card.of().value()).isEqualByComparingTo(of);
        assertThat(card.points()).isLessThanOrEqualTo(card.of());
    }

    @Property
    void earnedAndLostAndSetAsideMakeUpTheTotal(
            @ForAll("verdicts") List<Verdict> verdicts, @ForAll @IntRange(max = 1_000) int aside) {
        Points of = new Scorecard(verdicts, Points.of(1_000_000)).of();
        Points total = of.plus(Points.of(aside));
        Scorecard card = new Scorecard(verdicts, total);

        assertThat(card.setAside()).isEqualTo(Points.of(aside));
        assertThat(card.points().plus(card.of().minus(card.points())).plus(card.setAside()))
                .isEqualTo(total);
    }

    @Provide
    Arbitrary<List<Verdict>> verdicts() {
        Arbitrary<BigDecimal> worth = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal("100"))
                .ofScale(2);
        Arbitrary<Integer> percent = Arbitraries.integers().between(0, 100);
        return Combinators.combine(worth, percent)
                .as((of, share) -> List.of(
                        of, new Points(of).times(BigDecimal.valueOf(share, 2)).value()))
                .list()
                .ofMaxSize(20)
                .map(ScorecardTests::numbered);
    }

    private static List<Verdict> numbered(List<List<BigDecimal>> pairs) {
        List<Verdict> verdicts = new ArrayList<>();
        for (List<BigDecimal> pair : pairs) {
            verdicts.add(verdict(
                    "c" + verdicts.size(),
                    pair.get(1).toPlainString(),
                    pair.get(0).toPlainString(),
                    null));
        }
        return verdicts;
    }

    private static Verdict verdict(String id, String points, String of, @Nullable Untestable untestable) {
        return new Verdict(
                CheckId.parse(id),
                id,
                Points.parse(points),
                Points.parse(of),
                untestable == null ? Support.REPRODUCED : Support.UNTESTABLE,
                untestable,
                "said",
                "",
                null);
    }
}
