package org.labharness.autograder.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.challenge.Venue;

/** The public score knows nothing of private rows, and the other way round. */
class MeasuredTests {
    private static final Venue.Here VENUE = SampleChallenge.venue(QualityMetric.ACCURACY, QualityMetric.F1_MACRO);
    private static final Truth TRUTH = SampleChallenge.truth(VENUE);

    private static Measured measured(int wrongInPublic, int wrongInPrivate) {
        return Measured.of(
                PredictionsFile.read("p.csv", SampleChallenge.predictions(wrongInPublic, wrongInPrivate), TRUTH, VENUE),
                TRUTH,
                VENUE);
    }

    @Property(tries = 200)
    void eachPartIsMeasuredByItself(
            @ForAll @IntRange(max = 30) int wrongInPublic, @ForAll @IntRange(max = 70) int wrongInPrivate) {
        Measured measured = measured(wrongInPublic, wrongInPrivate);

        assertThat(measured.onPublicRows().get(QualityMetric.ACCURACY)).isEqualTo((30 - wrongInPublic) / 30.0);
        assertThat(measured.onPrivateRows().get(QualityMetric.ACCURACY)).isEqualTo((70 - wrongInPrivate) / 70.0);
        assertThat(measured.onPublicRows()).isEqualTo(measured(wrongInPublic, 0).onPublicRows());
    }

    @Test
    void scoresAreComparedWithNineDigits() {
        assertThat(Measured.exact(1.0 / 3)).isEqualTo(new BigDecimal("0.333333333"));
        assertThat(Measured.exact(0.1 + 0.2)).isEqualTo(new BigDecimal("0.3"));
        assertThat(Measured.exact(1200).toPlainString()).isEqualTo("1200");
        assertThat(Measured.exact(-1.0e35).toString()).hasSizeLessThan(12);
    }

    @Test
    void asTextItTellsNoScore() {
        assertThat(measured(3, 7)).hasToString("Measured by [ACCURACY, F1_MACRO]");
    }
}
