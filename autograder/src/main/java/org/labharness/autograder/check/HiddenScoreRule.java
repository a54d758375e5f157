package org.labharness.autograder.check;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Points;
import org.labharness.lab.QualityCheck;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.TestRows;
import org.labharness.pipeline.evidence.ModelOrigin;
import org.labharness.pipeline.evidence.PredictionFacts;

/** {@code hidden-score}: the points of the best tier that the model reaches on rows that the submission never saw. */
final class HiddenScoreRule {
    /** Enough to tell any two shares of 20,000 rows apart, and few enough to forget how a computer adds. */
    private static final MathContext DIGITS = new MathContext(9);

    private static final String ADVICE =
            "Improve the model on data that it was not trained on: validate across several splits, keep what follows"
                    + " from the label out of the features, and put whatever you do to the data inside the model.";

    private HiddenScoreRule() {}

    static Ruling judge(QualityCheck.HiddenScore spec, Case subject) {
        TestRows rows = new TestRows.Hidden(spec.data());
        NotMeasured otherwise = new NotMeasured(spec.model(), rows, subject);
        Optional<PredictionFacts> facts = subject.evidence().prediction(spec.model(), rows);
        if (facts.isEmpty()) {
            return otherwise.untried();
        }
        ModelOrigin origin = facts.get().origin();
        if (spec.flavor() != null && origin != null && !origin.flavor().equals(spec.flavor())) {
            return Ruling.absent(Sentence.of(
                    "The model " + PlainText.name(spec.model().toString()) + " (" + PlainText.line(origin.place(), 120)
                            + ") is of the kind " + PlainText.name(origin.flavor()) + ", and " + spec.flavor()
                            + " is asked for.",
                    "Convert the trained model to " + spec.flavor() + ", and log it with mlflow." + spec.flavor()
                            + ".log_model."));
        }
        if (facts.get().outcome() != PredictionFacts.Outcome.MEASURED) {
            return otherwise.because(facts.get());
        }
        Double value = facts.get().measured().get(spec.metric().word());
        OtherLabels labels = OtherLabels.of(facts.get(), spec.metric());
        return value == null
                ? unscored(spec)
                : tier(
                        spec.metric(),
                        spec.tiers(),
                        value,
                        seen(spec.metric(), value, new TestRows.Hidden(spec.data()), facts.get()),
                        new Better(labels.words(), labels.advice(ADVICE)),
                        subject);
    }

    static Ruling unscored(QualityCheck.HiddenScore spec) {
        return Ruling.absent(unscored(spec.model().toString(), spec.metric()));
    }

    static Sentence unscored(String model, QualityMetric metric) {
        return Sentence.of(
                "The model " + PlainText.name(model) + " predicts labels, but says nothing of how likely each is, so "
                        + metric.title() + " cannot be measured.",
                "Export the model with its probabilities, as predict_proba gives them.");
    }

    /**
     * What is said where not all points are earned.
     *
     * @param why what stands in the way, a sentence after a blank; empty where nothing is known
     */
    record Better(String why, String advice) {}

    /**
     * The points of the best tier that a value reaches.
     *
     * @param seen the beginning of a sentence that says the value
     * @param better how to reach a better one
     */
    static Ruling tier(
            QualityMetric metric,
            SortedMap<BigDecimal, Points> tiers,
            double value,
            String seen,
            Better better,
            Case subject) {
        if (!Double.isFinite(value)) {
            return Ruling.absent(Sentence.of(
                    seen + ", which is no measurement.",
                    "Look for predictions that are far out of the range of the labels."));
        }
        BigDecimal exact = rounded(value);
        Map.@Nullable Entry<BigDecimal, Points> reached = null;
        Map.@Nullable Entry<BigDecimal, Points> next = null;
        for (Map.Entry<BigDecimal, Points> tier : tiers.entrySet()) {
            if (reaches(metric, exact, tier.getKey())) {
                reached = tier;
                break;
            }
            next = tier;
        }
        String bound = metric.higherIsBetter() ? "at least " : "at most ";
        Points earned = reached == null ? Points.ZERO : reached.getValue();
        if (earned.compareTo(subject.full()) >= 0) {
            return Ruling.full(seen + "; " + bound + tiers.firstKey().toPlainString() + " expected.");
        }
        String place = reached == null
                ? (metric.higherIsBetter() ? ": below every tier" : ": above every tier")
                : ": the tier of " + bound + reached.getKey().toPlainString();
        String more = next == null
                ? ""
                : " The next one needs " + bound + next.getKey().toPlainString() + " and earns " + next.getValue()
                        + ".";
        return Ruling.part(earned, Sentence.of(seen + place + "." + better.why() + more, better.advice()));
    }

    static boolean reaches(QualityMetric metric, BigDecimal value, BigDecimal tier) {
        return metric.higherIsBetter() ? value.compareTo(tier) >= 0 : value.compareTo(tier) <= 0;
    }

    static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).round(DIGITS);
    }

    /** What was measured, of which model, on how many rows. */
    static String seen(QualityMetric metric, double value, TestRows rows, PredictionFacts facts) {
        ModelOrigin origin = facts.origin();
        return capital(metric.title()) + " is "
                + PlainText.number(rows instanceof TestRows.Hidden ? shown(metric, value) : value) + " on "
                + RowWords.measured(rows, facts.rows()) + " ("
                + (origin == null
                        ? PlainText.name(facts.model())
                        : PlainText.line(origin.place(), 120) + ", " + PlainText.name(origin.flavor()))
                + ")";
    }

    /** Four digits, for more would tell of single rows; never in a way that makes it look better than a tier that it missed. */
    static double shown(QualityMetric metric, double value) {
        MathContext digits = new MathContext(4, metric.higherIsBetter() ? RoundingMode.FLOOR : RoundingMode.CEILING);
        return Double.isFinite(value) ? rounded(value).round(digits).doubleValue() : value;
    }

    static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
