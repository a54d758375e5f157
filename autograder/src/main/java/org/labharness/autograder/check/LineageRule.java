package org.labharness.autograder.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.labharness.lab.ModelReference;
import org.labharness.lab.QualityCheck;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;
import org.labharness.pipeline.evidence.TrackingStore.ModelVersion;

/**
 * {@code model-lineage}: a registered version leads back to the run that made it, that run to the commit that is graded, and the commit to its data, which
 * it holds or which DVC records there. A third of the points each.
 */
final class LineageRule {
    private static final String COMMIT = "mlflow.source.git.commit";
    private static final int STEPS = 3;
    private static final Pattern TABLE =
            Pattern.compile("(?i)\\.(csv|tsv|parquet|feather|npy|npz|h5|hdf5|xlsx|arff|jsonl|zip|gz)$");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private final ModelReference.Registered model;
    private final Case subject;

    private LineageRule(QualityCheck.ModelLineage spec, Case subject) {
        this.model = spec.model();
        this.subject = subject;
    }

    static Ruling judge(QualityCheck.ModelLineage spec, Case subject) {
        return new LineageRule(spec, subject).judge();
    }

    private Ruling judge() {
        Optional<ModelVersion> version = version();
        if (version.isEmpty()) {
            return new TrackedRuns(subject)
                    .lacking(
                            0,
                            1,
                            "This grading's run registered no " + PlainText.name(model.toString()) + ".",
                            "Register the model from the run that logs it: log_model(..., registered_model_name=\""
                                    + PlainText.name(model.name()) + "\")"
                                    + (model.choice() == ModelReference.Choice.ALIAS
                                            ? ", and set its alias with MlflowClient().set_registered_model_alias."
                                            : "."));
        }
        String name = "Version " + PlainText.name(version.get().version()) + " of " + PlainText.quoted(model.name());
        Optional<MlflowRun> run = subject.evidence().newRuns().stream()
                .filter(one -> one.id().equals(version.get().runId()))
                .findFirst();
        if (run.isEmpty()) {
            return Ruling.absent(Sentence.of(
                    name + " says that the run " + shortened(version.get().runId())
                            + " made it, and this grading's run made no such run.",
                    "Register what the run itself has logged, not a model of an earlier run or one that was copied."));
        }
        List<String> lost = new ArrayList<>();
        List<String> hints = new ArrayList<>();
        madeIt(run.get(), version.get(), lost, hints);
        commit(run.get(), lost, hints);
        data(lost, hints);
        String found = name + " was made by " + RunNames.of(run.get());
        return lost.isEmpty()
                ? Ruling.full(found + " from the graded commit, and the data of its pipeline is recorded there.")
                : Ruling.part(
                        subject.full().part(STEPS - lost.size(), STEPS),
                        Sentence.of(found + ", but " + String.join("; ", lost) + ".", String.join(" ", hints)));
    }

    private Optional<ModelVersion> version() {
        return subject.evidence().tracking().stream()
                .flatMap(store -> store.registeredModels().stream())
                .filter(registered -> registered.name().equals(model.name()))
                .flatMap(registered -> registered.versions().stream())
                .filter(ModelVersion::fresh)
                .filter(version -> version.isMeantBy(model))
                .max(Comparator.comparingInt(ModelVersion::number));
    }

    /** A version may name a run that did not log the files that it points to. */
    private static void madeIt(MlflowRun run, ModelVersion version, List<String> lost, List<String> hints) {
        boolean other = ID.matcher(version.source())
                .results()
                .map(java.util.regex.MatchResult::group)
                .anyMatch(id -> !id.equals(run.id()) && !version.source().contains("m-" + id));
        if (!run.status().equals("FINISHED") || run.models().isEmpty() || other) {
            lost.add(
                    other
                            ? "the files that it names are those of another run"
                            : run.models().isEmpty() ? "that run logged no model" : "that run did not finish");
            hints.add("Log and register the model within one run that ends.");
        }
    }

    private void commit(MlflowRun run, List<String> lost, List<String> hints) {
        String graded = subject.evidence().submission().commit();
        String said = run.tags().getOrDefault(COMMIT, "");
        if (!said.equals(graded)) {
            lost.add(
                    said.isEmpty()
                            ? "the run says nothing of its commit (no tag " + COMMIT + ")"
                            : "the run says that it is of commit " + shortened(said) + ", and " + shortened(graded)
                                    + " is graded");
            hints.add(
                    "Start runs from a script in the repository, with GitPython installed (MLflow brings it) and git on the PATH: MLflow then sets the tag by"
                            + " itself; do not set it by hand.");
        }
    }

    /** Which data a commit means is known where it is in the commit, where DVC records what the pipeline reads, and where the lab gives it. */
    private void data(List<String> lost, List<String> hints) {
        boolean recorded = subject.evidence().data().stream()
                        .anyMatch(data -> !data.tracker().isEmpty() || data.presence() == DataFacts.Presence.PROVIDED)
                || subject.evidence().pipelines().stream().anyMatch(LineageRule::isLocked)
                || subject.evidence().tree().files().stream()
                        .anyMatch(file ->
                                file.size() > 0 && TABLE.matcher(file.path()).find());
        if (!recorded) {
            lost.add("nothing in that commit records which data was used");
            hints.add(
                    "Put the data under DVC (dvc add), commit the dvc.lock of the pipeline that reads it, or commit small data itself.");
        }
    }

    private static boolean isLocked(PipelineFacts pipeline) {
        return pipeline.lock() != null;
    }

    private static String shortened(String id) {
        return PlainText.name(id.substring(0, Math.min(10, id.length())));
    }
}
