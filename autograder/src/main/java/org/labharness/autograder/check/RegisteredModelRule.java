package org.labharness.autograder.check;

import java.util.List;
import org.labharness.lab.MlflowCheck;
import org.labharness.pipeline.evidence.TrackingStore.ModelVersion;
import org.labharness.pipeline.evidence.TrackingStore.RegisteredModel;

/** {@code registered-model}: a part of the points for each version that this grading's runs registered. */
final class RegisteredModelRule {
    private RegisteredModelRule() {}

    static Ruling judge(MlflowCheck.RegisteredModel spec, Case subject) {
        List<RegisteredModel> models = subject.evidence().tracking().stream()
                .flatMap(store -> store.registeredModels().stream())
                .toList();
        List<RegisteredModel> named = models.stream()
                .filter(model -> spec.name() == null || model.name().equals(spec.name()))
                .toList();
        int wanted = Math.max(1, spec.minVersions());
        int fresh = named.stream().mapToInt(RegisteredModelRule::fresh).max().orElse(0);
        int old = named.stream()
                .mapToInt(model -> model.versions().size() - fresh(model))
                .max()
                .orElse(0);
        TrackedRuns runs = new TrackedRuns(subject);
        if (fresh >= wanted) {
            return Ruling.full("Registered by this grading's runs: " + names(named) + ".");
        }
        String what = spec.name() == null ? "a model" : "model " + PlainText.quoted(spec.name());
        String lacking = "At least " + PlainText.count(wanted, "version") + " of " + what
                + " should be registered by this run; " + fresh + (fresh == 1 ? " was" : " were")
                + others(spec, models, fresh) + ".";
        Ruling ruling = runs.lacking(
                fresh,
                wanted,
                lacking,
                "Register while logging: mlflow.sklearn.log_model(model, name=\"model\", registered_model_name=\""
                        + (spec.name() == null ? "my-model" : PlainText.name(spec.name())) + "\").");
        boolean worthless = ruling.points() != null && ruling.points().isZero();
        return worthless && old > 0 ? reported(ruling, Math.min(old, wanted), wanted, old, subject) : ruling;
    }

    private static Ruling reported(Ruling why, int had, int wanted, int old, Case subject) {
        Sentence sentence = why.sentence();
        return Ruling.reported(
                subject.reported(subject.full().part(had, wanted)),
                new Sentence(
                        sentence.message() + " " + PlainText.count(old, "older version")
                                + (old == 1 ? " is" : " are") + " in the repository, which only tells that it was once"
                                + " registered.",
                        sentence.hint(),
                        sentence.where(),
                        sentence.cause()));
    }

    private static String others(MlflowCheck.RegisteredModel spec, List<RegisteredModel> models, int fresh) {
        List<String> names = models.stream()
                .filter(model -> fresh(model) > 0)
                .map(RegisteredModel::name)
                .distinct()
                .toList();
        return fresh > 0 || spec.name() == null || names.isEmpty()
                ? ""
                : " (registered under another name: " + PlainText.list(names) + ")";
    }

    private static int fresh(RegisteredModel model) {
        return (int) model.versions().stream().filter(ModelVersion::fresh).count();
    }

    private static String names(List<RegisteredModel> models) {
        return PlainText.list(models.stream()
                .filter(model -> fresh(model) > 0)
                .map(model -> model.name() + " (" + PlainText.count(fresh(model), "version") + ")")
                .toList());
    }
}
