package org.labharness.autograder.check;

import java.util.List;
import java.util.Optional;
import org.labharness.lab.Intervention;
import org.labharness.lab.InterventionCheck;

/** {@code seed-repeats}: half of the points for the same numbers with the same seed, half for other splits with another one. */
final class SeedRule {
    private SeedRule() {}

    static Ruling judge(InterventionCheck.SeedRepeats spec, Case subject) {
        return Followed.ruling(
                new Intervention.Repeat(),
                "the same seed gives the same numbers",
                "",
                subject,
                known -> repeated(spec, known, subject));
    }

    private static Ruling repeated(InterventionCheck.SeedRepeats spec, Followed.Known known, Case subject) {
        Optional<Ruling> crash =
                known.crashed("Run the pipeline several times from a fresh clone and look for what it keeps"
                        + " outside of the repository.");
        if (crash.isPresent()) {
            return crash.get();
        }
        MeasuredValues before = MeasuredValues.of(subject.evidence());
        if (before.isEmpty()) {
            return Ruling.absent(Sentence.of(
                    "The pipeline makes no metric, so it cannot be told whether the same seed gives the same numbers.",
                    "Write what you measure to a metrics file that dvc.yaml declares, or log it to MLflow."));
        }
        Optional<Sentence> moved = before.difference(
                        MeasuredValues.of(known.facts()), spec.tolerance().doubleValue())
                .map(words -> Sentence.of(
                        "When everything was run again with nothing changed, " + words + ", more than "
                                + spec.tolerance().toPlainString() + " apart.",
                        "Give every random choice the seed from params: splits, shuffles, initial weights"
                                + " (random_state=..., np.random.default_rng(seed), torch.manual_seed(seed))."));
        if (spec.parameter().isEmpty()) {
            return moved.map(Ruling::absent)
                    .orElseGet(
                            () -> Ruling.full("Run again with nothing changed, every metric came out the same within "
                                    + spec.tolerance().toPlainString() + "."));
        }
        return switch (Followed.by(
                spec.otherSeed(),
                "another seed gives other splits",
                "Keep the seed under that name in "
                        + (spec.file().isEmpty() ? "params.yaml" : PlainText.name(spec.file())) + ", and commit it.",
                subject)) {
            case Followed.Unknown unknown -> moved.map(Ruling::absent).orElse(unknown.ruling());
            case Followed.Known other -> both(spec, moved, other, subject);
        };
    }

    private static Ruling both(
            InterventionCheck.SeedRepeats spec, Optional<Sentence> moved, Followed.Known other, Case subject) {
        Optional<Ruling> crash = other.crashed("Let the code take any whole number as seed.");
        if (crash.isPresent()) {
            return crash.get();
        }
        List<String> same = spec.splits().stream()
                .filter(path -> !other.facts().changedOutputs().contains(path))
                .toList();
        Optional<Sentence> unmoved = MissingPaths.of(spec.splits(), other, subject)
                .or(() -> same.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Sentence.of(
                                other.when() + ", " + PlainText.all(same)
                                        + " came out the same, so the seed does not decide the split.",
                                "Hand the seed from params to whatever draws the split.")));
        if (moved.isPresent() && unmoved.isPresent()) {
            return Ruling.absent(new Sentence(
                    moved.get().message() + " " + unmoved.get().message(),
                    moved.get().hint(),
                    null,
                    ""));
        }
        return moved.or(() -> unmoved)
                .map(sentence -> Ruling.part(subject.full().part(1, 2), sentence))
                .orElseGet(() -> Ruling.full("Run again with nothing changed, every metric came out the same within "
                        + spec.tolerance().toPlainString() + "; "
                        + PlainText.line(other.facts().change(), 200)
                        + (spec.splits().isEmpty()
                                ? ", and it ran."
                                : ", and " + PlainText.all(spec.splits()) + " came out different.")));
    }
}
