package org.labharness.autograder.check;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.InterventionCheck;
import org.labharness.pipeline.evidence.MetricsFile;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;

/** {@code labels-shuffled}: what is learnt from labels that mean nothing is worth nothing. */
final class LabelsShuffledRule {
    private final InterventionCheck.LabelsShuffled spec;
    private final Case subject;

    private LabelsShuffledRule(InterventionCheck.LabelsShuffled spec, Case subject) {
        this.spec = spec;
        this.subject = subject;
    }

    /** Of several draws the one that speaks best for the student: a number that was not learnt stays good in all of them. */
    static Ruling judge(InterventionCheck.LabelsShuffled spec, Case subject) {
        LabelsShuffledRule rule = new LabelsShuffledRule(spec, subject);
        return Followed.best(
                spec.interventions(),
                "quality falls to chance with shuffled labels",
                "Keep the table at that place with that column, and let the pipeline read it from there.",
                subject,
                (known, least) -> rule.isLess(known, least) ? known : least,
                rule::ruling);
    }

    /** What of the way from chance to perfect is gone after each draw; draws without a value are left out. */
    static List<Double> qualities(InterventionCheck.LabelsShuffled spec, Case subject) {
        LabelsShuffledRule rule = new LabelsShuffledRule(spec, subject);
        return spec.interventions().stream()
                .flatMap(draw -> subject.evidence().intervention(draw).stream())
                .flatMap(facts -> rule.after(new Followed.Known(facts, subject)).stream())
                .map(value -> rule.quality(value).doubleValue())
                .toList();
    }

    private boolean isLess(Followed.Known one, Followed.Known other) {
        Optional<Double> value = after(one);
        return value.isPresent()
                && after(other)
                        .map(those -> quality(value.get()).compareTo(quality(those)) < 0)
                        .orElse(true);
    }

    private Ruling ruling(Followed.Known known) {
        Optional<Double> before = before();
        if (before.isEmpty()) {
            return Ruling.absent(Sentence.of(
                    "There is no metric " + PlainText.quoted(spec.metric()) + " in " + source()
                            + ", so nothing can be said of it with shuffled labels.",
                    "Write it there under exactly that name."));
        }
        Optional<Double> after = after(known);
        if (after.isEmpty()) {
            return known.crashed(
                            "Let the stages write their metrics before they judge them: a run whose labels mean nothing"
                                    + " must end with a bad number, not without one.")
                    .orElseGet(() -> Ruling.absent(Sentence.of(
                            known.when() + ", " + PlainText.name(spec.metric()) + " was not written to " + source()
                                    + " again.",
                            "Compute and write the metric on every run.")));
        }
        String words = known.when() + ", " + PlainText.name(spec.metric()) + " in " + source() + " went from "
                + PlainText.number(before.get()) + " to " + PlainText.number(after.get())
                + (spec.draws() == 1 ? "" : " (at its lowest in " + spec.draws() + " shufflings)");
        if (quality(after.get()).compareTo(spec.atMost()) > 0) {
            return Ruling.absent(Sentence.of(
                    words + ", which is still better than chance (" + PlainText.number(limit())
                            + (isError() ? " at least" : " at most")
                            + " expected): the number is not what a model learnt from"
                            + " these labels.",
                    "Compute the metric from the predictions of this run, on rows that no stage trains on, and keep the label,"
                            + " and whatever is derived from it, out of the features."));
        }
        if (quality(before.get()).compareTo(spec.atMost()) <= 0) {
            return Ruling.absent(Sentence.of(
                    words + ", but it was no better than chance before (" + PlainText.number(limit())
                            + "), so nothing is shown.",
                    "Improve the model first: it learns nothing yet."));
        }
        return Ruling.full(words + ", which is chance, as it must be.");
    }

    private boolean isError() {
        return spec.perfect().compareTo(spec.chance()) < 0;
    }

    private BigDecimal quality(double value) {
        if (!Double.isFinite(value)) {
            return BigDecimal.ZERO;
        }
        return BigDecimal.valueOf(value)
                .subtract(spec.chance())
                .divide(spec.perfect().subtract(spec.chance()), MathContext.DECIMAL64);
    }

    /** The value at which chance ends. */
    private double limit() {
        return spec.chance()
                .add(spec.atMost().multiply(spec.perfect().subtract(spec.chance())))
                .doubleValue();
    }

    private String source() {
        String file = spec.file();
        return file == null ? "the new MLflow runs" : PlainText.name(file);
    }

    private Optional<Double> before() {
        String file = spec.file();
        if (file == null) {
            return best(subject.evidence().newRuns());
        }
        return subject.evidence().metrics().stream()
                .filter(metrics -> metrics.path().equals(file))
                .findFirst()
                .map(MetricsFile::reproduced)
                .flatMap(this::value);
    }

    private Optional<Double> after(Followed.Known known) {
        String file = spec.file();
        return file == null
                ? best(known.facts().runs())
                : value(known.facts().metrics().get(file));
    }

    private Optional<Double> value(@Nullable Map<String, Double> metrics) {
        return metrics == null ? Optional.empty() : DottedName.value(spec.metric(), metrics);
    }

    /** Of several runs the best: one that leaks is enough. */
    private Optional<Double> best(List<MlflowRun> runs) {
        Comparator<Double> order = Double::compare;
        return runs.stream()
                .flatMap(run -> value(run.metrics()).stream())
                .filter(Double::isFinite)
                .max(isError() ? order.reversed() : order);
    }
}
