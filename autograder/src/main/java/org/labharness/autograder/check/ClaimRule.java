package org.labharness.autograder.check;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Place;
import org.labharness.lab.QualityCheck;
import org.labharness.lab.TestRows;
import org.labharness.pipeline.evidence.MetricsFile;
import org.labharness.pipeline.evidence.ModelOrigin;
import org.labharness.pipeline.evidence.PredictionFacts;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;

/**
 * {@code claim-holds}: the value that the submission reports is the one that its model reaches, on rows that it never saw or on its own test rows. Of the
 * latter the same value must come out again: one that is too low was measured with another model or on other rows, too.
 */
final class ClaimRule {
    private static final String HONESTLY =
            "Measure on rows that the model was not trained on and that no choice was made with: look for rows that stand in both parts,"
                    + " for scaling or selection that saw all rows, and for a number that is written down instead of"
                    + " computed.";

    private final QualityCheck.ClaimHolds spec;
    private final Case subject;

    private ClaimRule(QualityCheck.ClaimHolds spec, Case subject) {
        this.spec = spec;
        this.subject = subject;
    }

    static Ruling judge(QualityCheck.ClaimHolds spec, Case subject) {
        return new ClaimRule(spec, subject).judge();
    }

    private Ruling judge() {
        NotMeasured otherwise = new NotMeasured(spec.model(), spec.rows(), subject);
        Optional<PredictionFacts> facts = subject.evidence().prediction(spec.model(), spec.rows());
        if (facts.isEmpty()) {
            return otherwise.untried();
        }
        if (facts.get().outcome() != PredictionFacts.Outcome.MEASURED) {
            return otherwise.because(facts.get());
        }
        Double measured = facts.get().measured().get(spec.metric().word());
        if (measured == null) {
            return Ruling.absent(HiddenScoreRule.unscored(spec.model().toString(), spec.metric()));
        }
        String file = spec.file();
        return file == null ? ofRun(measured, facts.get()) : ofFile(file, measured, facts.get());
    }

    private Ruling ofFile(String file, double measured, PredictionFacts facts) {
        Optional<MetricsFile> metrics = subject.evidence().metrics().stream()
                .filter(one -> one.path().equals(file))
                .findFirst();
        @Nullable
        Map<String, Double> values = metrics.map(MetricsFile::reproduced).orElse(null);
        if (values == null) {
            values = metrics.map(MetricsFile::reported).orElse(null);
        }
        Place where = metrics.isPresent() ? Place.of(file) : null;
        Optional<Double> claimed = values == null ? Optional.empty() : DottedName.value(spec.claimed(), values);
        return claimed.map(claim -> compare(claim, PlainText.name(file), where, measured, facts))
                .orElseGet(() -> Ruling.absent(Sentence.at(
                        where,
                        "No " + PlainText.name(spec.claimed()) + " is claimed in " + PlainText.name(file)
                                + ", so there is nothing to compare. "
                                + seen(measured, facts) + ".",
                        "Write the metric of the test rows to " + PlainText.name(file) + " under the key "
                                + PlainText.name(spec.claimed()) + ".")));
    }

    private Ruling ofRun(double measured, PredictionFacts facts) {
        ModelOrigin origin = facts.origin();
        Optional<MlflowRun> run = origin == null
                ? Optional.empty()
                : subject.evidence().newRuns().stream()
                        .filter(one -> one.id().equals(origin.runId()))
                        .findFirst();
        if (run.isEmpty()) {
            return Ruling.absent(Sentence.of(
                    "No run of this grading made "
                            + (origin == null ? "the model" : PlainText.line(origin.place(), 120))
                            + ", so nobody claims anything of it.",
                    "Log the model and its metrics in one run, and register the model from there."));
        }
        String name = RunNames.of(run.get());
        return DottedName.value(spec.claimed(), run.get().metrics())
                .map(claim -> compare(claim, name, null, measured, facts))
                .orElseGet(() -> Ruling.absent(Sentence.of(
                        "No " + PlainText.name(spec.claimed()) + " is claimed by " + name + ", which made the model. "
                                + seen(measured, facts) + ".",
                        "Log it in the run that logs the model: mlflow.log_metric(\"" + PlainText.name(spec.claimed())
                                + "\", value).")));
    }

    private Ruling compare(double claim, String source, @Nullable Place where, double measured, PredictionFacts facts) {
        String seen = seen(measured, facts) + ", and "
                + PlainText.number(shown(claim)) + " is claimed in " + source + " ("
                + PlainText.name(spec.claimed()) + ")";
        boolean holds = Double.isFinite(claim)
                && Double.isFinite(measured)
                && deviation(claim, measured).compareTo(spec.tolerance()) <= 0;
        if (holds) {
            return Ruling.full(seen + ".");
        }
        String most = spec.tolerance().toPlainString() + ".";
        OtherLabels labels = OtherLabels.of(facts, spec.metric());
        if (!(spec.rows() instanceof TestRows.Own own)) {
            return Ruling.absent(Sentence.at(
                    where, seen + "; it may be worse by at most " + most + labels.words(), labels.advice(HONESTLY)));
        }
        return Ruling.absent(Sentence.at(
                where,
                seen + "; of the same model on the same rows the two may differ by at most " + most + labels.words(),
                labels.advice("Compute the metric from what the saved model predicts for exactly the rows of "
                        + PlainText.name(own.file())
                        + ", after the last training, and write down what comes out: not a number of another model, of other"
                        + " rows, or by hand.")));
    }

    private String seen(double measured, PredictionFacts facts) {
        return HiddenScoreRule.seen(spec.metric(), measured, spec.rows(), facts);
    }

    /** By how much the measured value is too far from the claimed one; of hidden rows negative where it is better. */
    private BigDecimal deviation(double claim, double measured) {
        BigDecimal worse = worse(claim, measured);
        return spec.rows() instanceof TestRows.Own ? worse.abs() : worse;
    }

    /** As many digits as the measured value is shown with. */
    private static double shown(double claim) {
        return Double.isFinite(claim)
                ? new BigDecimal(claim)
                        .round(new MathContext(4, RoundingMode.HALF_UP))
                        .doubleValue()
                : claim;
    }

    /** By how much the measured value is worse than the claimed one; negative where it is better. */
    private BigDecimal worse(double claim, double measured) {
        BigDecimal difference = HiddenScoreRule.rounded(claim).subtract(HiddenScoreRule.rounded(measured));
        return spec.metric().higherIsBetter() ? difference : difference.negate();
    }
}
