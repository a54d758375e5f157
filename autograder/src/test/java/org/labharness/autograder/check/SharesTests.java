package org.labharness.autograder.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.autograder.sample.SampleEvidence;
import org.labharness.lab.Check;
import org.labharness.lab.CheckId;
import org.labharness.lab.Points;
import org.labharness.lab.Prices;
import org.labharness.lab.RepositoryCheck;

class SharesTests {
    @ParameterizedTest
    @CsvSource(textBlock = """
            # points, proven, reported, unreachable, all, earned
            10,       3,      0,        0,           3,   10
            10,       2,      0,        0,           3,   6.67
            10,       1,      0,        0,           3,   3.33
            10,       0,      0,        3,           3,   5
            10,       1,      0,        2,           3,   6.66
            10,       0,      3,        0,           3,   4
            0.01,     0,      1,        1,           2,   0
            0.01,     1,      0,        1,           2,   0
            """)
    void sharesAreRoundedToTheCent(String points, int proven, int reported, int unreachable, int all, String earned) {
        Points share = of(new BigDecimal(points), Prices.DEFAULT).share(proven, reported, unreachable, all);

        assertThat(share).isEqualTo(Points.parse(earned));
    }

    @Property
    void aShareIsNeverAboveTheWholeAndAPriceNeverExceeded(
            @ForAll @BigRange(min = "0", max = "200") @Scale(2) BigDecimal worth,
            @ForAll @IntRange(max = 30) int proven,
            @ForAll @IntRange(max = 30) int reported,
            @ForAll @IntRange(max = 30) int unreachable,
            @ForAll @IntRange(max = 30) int lost,
            @ForAll @BigRange(min = "0", max = "0.99") @Scale(2) BigDecimal reportedPrice,
            @ForAll @BigRange(min = "0", max = "1") @Scale(2) BigDecimal unreachablePrice) {
        int all = Math.max(1, proven + reported + unreachable + lost);
        Case subject = of(worth, new Prices(reportedPrice, unreachablePrice));

        Points share = subject.share(proven, reported, unreachable, all);

        assertThat(share).isLessThanOrEqualTo(subject.full());
        assertThat(subject.share(0, 0, unreachable, all).value()).isLessThanOrEqualTo(worth.multiply(unreachablePrice));
        assertThat(subject.share(0, reported, 0, all).value()).isLessThanOrEqualTo(worth.multiply(reportedPrice));
        assertThat(subject.share(all, 0, 0, all)).isEqualTo(subject.full());
    }

    @Property
    void provingMoreNeverEarnsLess(
            @ForAll @BigRange(min = "0", max = "200") @Scale(2) BigDecimal worth,
            @ForAll @IntRange(max = 30) int proven,
            @ForAll @IntRange(max = 30) int rest) {
        Case subject = of(worth, Prices.DEFAULT);
        int all = proven + rest + 1;

        assertThat(subject.share(proven + 1, 0, 0, all)).isGreaterThanOrEqualTo(subject.share(proven, 0, 0, all));
        assertThat(subject.share(proven + 1, 0, rest, all))
                .isGreaterThanOrEqualTo(subject.share(proven, 0, rest + 1, all));
    }

    private static Case of(BigDecimal worth, Prices prices) {
        Check check = new Check(CheckId.parse("c"), "C", new Points(worth), new RepositoryCheck.NoSecrets(), null);
        return new Case(check, prices, new SampleEvidence().build(), null);
    }
}
