package org.labharness.autograder.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.labharness.lab.InterventionCheck;
import org.labharness.lab.QualityMetric;
import org.labharness.pipeline.evidence.ModelOrigin;
import org.labharness.pipeline.evidence.PredictionFacts;
import org.labharness.pipeline.evidence.PredictionFacts.Outcome;

/** {@code canaries-learnt}: what is planted in the training data is found in the model, and was not there before. */
final class CanariesRule {
    private final InterventionCheck.CanariesLearnt spec;
    private final Case subject;
    private final NotMeasured otherwise;

    private CanariesRule(InterventionCheck.CanariesLearnt spec, Case subject) {
        this.spec = spec;
        this.subject = subject;
        this.otherwise = new NotMeasured(spec.model(), spec.canaries(), subject);
    }

    /** Of several plantings the one counts from which most was learnt. */
    static Ruling judge(InterventionCheck.CanariesLearnt spec, Case subject) {
        CanariesRule rule = new CanariesRule(spec, subject);
        return Followed.best(
                spec.interventions(),
                "the model learns what stands in its training data",
                "Keep the table at that place with its columns, and let the pipeline read it from there.",
                subject,
                (known, best) -> rule.after(known) > rule.after(best) ? known : best,
                rule::ruling);
    }

    /** What the model learns of the planted rows at each draw, and first what it said of them before; empty where it was not measured. */
    static List<Double> shares(InterventionCheck.CanariesLearnt spec, Case subject) {
        CanariesRule rule = new CanariesRule(spec, subject);
        List<Double> after = spec.interventions().stream()
                .flatMap(draw -> subject.evidence().intervention(draw).stream())
                .map(facts -> rule.after(new Followed.Known(facts, subject)))
                .toList();
        Optional<Double> before =
                subject.evidence().prediction(spec.model(), spec.canaries()).flatMap(CanariesRule::share);
        return before.isEmpty() || after.isEmpty()
                ? List.of()
                : Stream.concat(before.stream(), after.stream()).toList();
    }

    private Ruling ruling(Followed.Known known) {
        Optional<Ruling> crashed = known.crashed(
                "Do not count on the number of rows, on certain ids or on the order of rows: derive what you need from the data that"
                        + " is there.");
        if (crashed.isPresent()) {
            return crashed.get();
        }
        Optional<PredictionFacts> before = subject.evidence().prediction(spec.model(), spec.canaries());
        if (before.isEmpty()) {
            return otherwise.untried();
        }
        if (before.get().outcome() != Outcome.MEASURED) {
            return otherwise.because(before.get());
        }
        Optional<PredictionFacts> after = known.facts().prediction(spec.model(), spec.canaries());
        if (after.isEmpty()) {
            return otherwise.untried();
        }
        if (after.get().outcome() != Outcome.MEASURED) {
            Ruling why = otherwise.because(after.get());
            return new Ruling(
                    why.support(),
                    why.untestable(),
                    why.points(),
                    why.sentence().after(known.when() + ", that was not measured:"));
        }
        return compare(
                known,
                after.get(),
                share(before.get()).orElse(0.0),
                share(after.get()).orElse(0.0));
    }

    private Ruling compare(Followed.Known known, PredictionFacts facts, double before, double after) {
        ModelOrigin origin = facts.origin();
        String model = "the model " + PlainText.name(spec.model().toString())
                + (origin == null ? "" : " (" + PlainText.name(origin.flavor()) + ")");
        String seen = known.when() + ", " + model + " gave " + percent(after) + " of them the label that they carry, "
                + percent(before) + " before";
        if (!learnt(after)) {
            return Ruling.absent(Sentence.of(
                    seen + "; at least " + percent(spec.atLeast().doubleValue())
                            + " expected: it is not trained on the data that is there.",
                    "Train in every run on the rows of " + PlainText.name(spec.data())
                            + " as they are then: not on a copy that lies elsewhere, and keep no model of an earlier day. Do not drop rows"
                            + " because their label surprises."));
        }
        if (learnt(before)) {
            return Ruling.absent(Sentence.of(
                    seen + ", so nothing is shown: these rows carry a label that the others contradict.",
                    "Improve the model first: it does not tell the labels apart yet."));
        }
        return Ruling.full(seen + ": it is trained on that data.");
    }

    private boolean learnt(double share) {
        return HiddenScoreRule.rounded(share).compareTo(spec.atLeast()) >= 0;
    }

    private double after(Followed.Known known) {
        return known.facts()
                .prediction(spec.model(), spec.canaries())
                .flatMap(CanariesRule::share)
                .orElse(0.0);
    }

    private static Optional<Double> share(PredictionFacts facts) {
        return Optional.ofNullable(facts.measured().get(QualityMetric.ACCURACY.word()));
    }

    private static String percent(double share) {
        return Math.round(share * 100) + " %";
    }
}
