package org.labharness.autograder.check;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.MlflowCheck;
import org.labharness.lab.Place;
import org.labharness.lab.Points;
import org.labharness.pipeline.evidence.MetricsFile;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;

/** {@code metric-at-least}: the points of the highest tier that the value reaches. */
final class MetricTiersRule {
    private final MlflowCheck.MetricAtLeast spec;
    private final Case subject;

    private MetricTiersRule(MlflowCheck.MetricAtLeast spec, Case subject) {
        this.spec = spec;
        this.subject = subject;
    }

    static Ruling judge(MlflowCheck.MetricAtLeast spec, Case subject) {
        MetricTiersRule rule = new MetricTiersRule(spec, subject);
        return spec.file() == null ? rule.fromRuns() : rule.fromFile(spec.file());
    }

    private Ruling fromRuns() {
        TrackedRuns runs = new TrackedRuns(subject);
        List<Double> values = runs.finished().stream()
                .flatMap(run -> DottedName.value(spec.metric(), run.metrics()).stream())
                .toList();
        Optional<Double> best = values.stream().filter(Double::isFinite).max(Double::compare);
        if (best.isPresent()) {
            return tier(best.get(), "the new MLflow runs", null);
        }
        if (!values.isEmpty()) {
            return Ruling.absent(unusable(values.get(0), "the new MLflow runs", null));
        }
        List<String> known = runs.finished().stream()
                .map(MlflowRun::metrics)
                .flatMap(metrics -> metrics.keySet().stream())
                .distinct()
                .sorted()
                .toList();
        return runs.lacking(
                0,
                1,
                missing("the new MLflow runs", known),
                "Log it: mlflow.log_metric(\"" + PlainText.name(spec.metric()) + "\", value) inside the run.");
    }

    private Ruling fromFile(String path) {
        Optional<MetricsFile> file = subject.evidence().metrics().stream()
                .filter(metrics -> metrics.path().equals(path))
                .findFirst();
        Place where = file.isPresent() ? Place.of(path) : null;
        String source = PlainText.name(path);
        Map<String, Double> made = file.map(MetricsFile::reproduced).orElse(null);
        if (made != null) {
            return DottedName.value(spec.metric(), made)
                    .map(value -> Double.isFinite(value)
                            ? tier(value, source, where)
                            : Ruling.absent(unusable(value, source, where)))
                    .orElseGet(() -> Ruling.absent(Sentence.at(
                            where,
                            missing(source, made.keySet()),
                            "Write it to " + source + " under exactly that key, then dvc repro and commit.")));
        }
        return unmade(file.map(MetricsFile::reported).orElse(null), source, where);
    }

    private Ruling unmade(@Nullable Map<String, Double> reported, String source, @Nullable Place where) {
        RunStory story = new RunStory(subject.evidence());
        Optional<Double> value = reported == null
                ? Optional.empty()
                : DottedName.value(spec.metric(), reported).filter(Double::isFinite);
        Points earned = value.map(this::earned).orElse(Points.ZERO);
        String start = source + " was not made by this run ("
                + value.map(v -> "the committed one says " + PlainText.name(spec.metric()) + " " + PlainText.number(v))
                        .orElse("and none with " + PlainText.name(spec.metric()) + " is committed")
                + ").";
        Optional<Sentence> ours = story.ours();
        if (ours.isPresent()) {
            return Ruling.ours(subject.because(start, ours.get()).message());
        }
        Optional<Sentence> failure = story.failure().or(story::frozen);
        if (failure.isEmpty() && story.unreachable().isPresent()) {
            return Ruling.theirs(
                    subject.unreachable(earned),
                    subject.because(start, story.unreachable().get()));
        }
        Sentence sentence = failure.map(why -> subject.because(start, why))
                .orElseGet(() -> Sentence.at(
                        where,
                        start,
                        "Write the metric to " + source
                                + ", as JSON or YAML, in a stage, and declare the file as its metrics."));
        return earned.isZero() ? Ruling.absent(sentence) : Ruling.reported(subject.reported(earned), sentence);
    }

    private Ruling tier(double value, String source, @Nullable Place where) {
        Points earned = earned(value);
        String seen = PlainText.name(spec.metric()) + " is " + PlainText.number(value) + " in " + source;
        if (earned.compareTo(subject.full()) == 0) {
            return Ruling.full(seen + ", at least " + spec.tiers().firstKey().toPlainString() + " expected.");
        }
        String reached = spec.tiers().entrySet().stream()
                .filter(tier -> BigDecimal.valueOf(value).compareTo(tier.getKey()) >= 0)
                .findFirst()
                .map(tier -> ": the tier from " + tier.getKey().toPlainString() + " on")
                .orElse(": below every tier");
        String next = spec.tiers().entrySet().stream()
                .filter(tier -> BigDecimal.valueOf(value).compareTo(tier.getKey()) < 0)
                .reduce((higher, lower) -> lower)
                .map(tier -> " The next one begins at " + tier.getKey().toPlainString() + " and earns "
                        + tier.getValue() + ".")
                .orElse("");
        return Ruling.part(
                earned,
                Sentence.at(
                        where,
                        seen + reached + "." + next,
                        "Improve the model: look at its mistakes, try other features, models or parameters, and keep"
                                + " test data out of training."));
    }

    private Points earned(double value) {
        BigDecimal exact = BigDecimal.valueOf(value);
        Points points = spec.tiers().entrySet().stream()
                .filter(tier -> exact.compareTo(tier.getKey()) >= 0)
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(Points.ZERO);
        return points.compareTo(subject.full()) > 0 ? subject.full() : points;
    }

    private Sentence unusable(double value, String source, @Nullable Place where) {
        return Sentence.at(
                where,
                PlainText.name(spec.metric()) + " is " + PlainText.number(value) + " in " + source
                        + ", which is no measurement.",
                "Look for a division by zero, an empty class or missing values before the metric is computed.");
    }

    private String missing(String source, Collection<String> known) {
        return "There is no metric " + PlainText.quoted(spec.metric()) + " in " + source
                + (known.isEmpty()
                        ? "."
                        : "; there are "
                                + PlainText.list(known.stream().sorted().toList()) + ".");
    }
}
