package org.labharness.autograder.sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Severity;
import org.labharness.pipeline.evidence.ClientFacts;
import org.labharness.pipeline.evidence.CustomFacts;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.EnvironmentFacts;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.HarnessFacts;
import org.labharness.pipeline.evidence.HiddenCopyFacts;
import org.labharness.pipeline.evidence.HistoryFacts;
import org.labharness.pipeline.evidence.InterventionFacts;
import org.labharness.pipeline.evidence.LockFacts;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.evidence.MetricsFile;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.PipelineFacts.Output;
import org.labharness.pipeline.evidence.PipelineFacts.OutputKind;
import org.labharness.pipeline.evidence.PredictionFacts;
import org.labharness.pipeline.evidence.Repair;
import org.labharness.pipeline.evidence.RunFacts;
import org.labharness.pipeline.evidence.SecondRunFacts;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.SubmissionFacts;
import org.labharness.pipeline.evidence.ToolFacts;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;
import org.labharness.pipeline.evidence.TreeFacts;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;

/** Evidence of a good three-stage pipeline (prepare, train, evaluate) that a test bends to what it needs. */
public final class SampleEvidence {
    public List<TreeFile> files = new ArrayList<>(List.of(
            file("README.md", 900),
            file("dvc.yaml", 700),
            file("dvc.lock", 1_400),
            file("metrics/scores.json", 40),
            file("params.yaml", 60),
            file("requirements.txt", 50),
            file("src/train.py", 2_100)));
    public ToolFacts tools = new ToolFacts(true, true, "");
    public List<Finding> findings = new ArrayList<>();
    public List<PipelineFacts> pipelines = new ArrayList<>(List.of(new PipelineFacts(
            "",
            List.of(
                    stage("prepare", 2, List.of("data/raw.csv"), out("data/clean.csv")),
                    stage("train", 9, List.of("data/clean.csv"), out("models/model.pkl")),
                    stage("evaluate", 17, List.of("models/model.pkl"), metric("metrics/scores.json"))),
            new LockFacts(List.of("prepare", "train", "evaluate"), List.of(), null),
            null)));
    public List<DataFacts> data = new ArrayList<>(
            List.of(new DataFacts("data/raw.csv", "data/raw.csv.dvc", 52_000, DataFacts.Presence.PRESENT, "")));
    public @Nullable EnvironmentFacts environment = new EnvironmentFacts(
            "3.11",
            List.of("requirements.txt"),
            List.of("mlflow==3.9.0", "pandas==2.2.3", "scikit-learn==1.5.2"),
            List.of(),
            List.of(),
            null,
            null,
            "0f".repeat(32));
    public RunFacts.Kind kind = RunFacts.Kind.DVC;
    public List<StageRun> stages =
            new ArrayList<>(List.of(ran("prepare", 1.31, 96), ran("train", 4.62, 412), ran("evaluate", 2.07, 188)));
    public List<String> undeclared = new ArrayList<>();
    public @Nullable String notRun;
    public final List<Repair> repairs = new ArrayList<>();
    public @Nullable SecondRunFacts secondRun = new SecondRunFacts(List.of());
    public List<MetricsFile> metrics = new ArrayList<>(List.of(new MetricsFile(
            "metrics/scores.json",
            true,
            Map.of("macro_f1", 0.912, "accuracy", 0.93),
            Map.of("macro_f1", 0.912, "accuracy", 0.93))));
    public final List<InterventionFacts> interventions = new ArrayList<>();
    public final List<PredictionFacts> predictions = new ArrayList<>();
    public final List<ServiceFacts> services = new ArrayList<>();
    public final List<ClientFacts> clients = new ArrayList<>();
    public final List<HiddenCopyFacts> hiddenCopies = new ArrayList<>();
    public List<TrackingStore> tracking = new ArrayList<>(List.of(new TrackingStore(
            "server",
            TrackingStore.Kind.SERVER,
            List.of("beans"),
            List.of(run("0a1", "split-20", 0.88), run("0a2", "split-30", 0.912), run("0a3", "split-40", 0.86)),
            0,
            List.of(new TrackingStore.RegisteredModel(
                    "bean-sorter", List.of(version("1", "0a1", true), version("2", "0a2", true)))))));

    public @Nullable HistoryFacts history;
    public final List<CustomFacts> custom = new ArrayList<>(List.of(SampleTests.good()));

    public Evidence build() {
        return new Evidence(
                Evidence.SCHEMA,
                new SubmissionFacts(
                        "https://git.example.org/mlops/student-07.git",
                        "main",
                        "4f0c1d2e3b4a59687706152433425160718293a4",
                        "ab".repeat(32),
                        Instant.parse("2026-10-05T09:30:00Z"),
                        14),
                new TreeFacts(
                        files,
                        files.size(),
                        files.stream().mapToLong(TreeFile::size).sum()),
                tools,
                findings,
                pipelines,
                data,
                environment,
                new RunFacts(kind, stages, undeclared, List.of(), LogExcerpt.EMPTY, notRun, repairs),
                secondRun,
                metrics,
                tracking,
                history,
                custom,
                interventions,
                predictions,
                services,
                clients,
                hiddenCopies,
                new HarnessFacts(
                        "0.1.0",
                        Map.of(
                                "tools-py311",
                                "labharness/tools-py311:0123abcd",
                                "tracking",
                                "labharness/tracking:9f8e"),
                        "sample",
                        "cd".repeat(32)),
                new TreeMap<>(Map.of("checkout", 0.21, "environment", 0.4, "run", 8.6, "collect", 0.35)));
    }

    /** The facts after {@code change}. */
    public static SampleEvidence with(UnaryOperator<SampleEvidence> change) {
        return change.apply(new SampleEvidence());
    }

    /** A stage fails; the ones after it in the sample are not reached, and nothing came of the run. */
    public SampleEvidence failing(StageRun failed) {
        boolean after = false;
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i).name().equals(failed.name())) {
                stages.set(i, failed);
                after = true;
            } else if (after) {
                stages.set(i, notReached(stages.get(i).name(), failed.name()));
            }
        }
        secondRun = null;
        metrics.replaceAll(file -> new MetricsFile(file.path(), file.declared(), file.reported(), null));
        tracking.clear();
        return this;
    }

    /** No file says what to install; this was installed as far as the imports tell. */
    public SampleEvidence undeclared(String... guessed) {
        environment = new EnvironmentFacts(
                "3.11", List.of(), List.of(guessed), List.of(), List.of(), null, null, "0f".repeat(32));
        return this;
    }

    /** A stage is frozen in dvc.yaml; what it once wrote is there, or is not with this consequence. */
    SampleEvidence frozen(String name, @Nullable String problem) {
        PipelineFacts pipeline = pipelines.get(0);
        List<PipelineFacts.Stage> declared = pipeline.stages().stream()
                .map(stage -> new PipelineFacts.Stage(
                        stage.name(),
                        stage.commands(),
                        stage.workingDirectory(),
                        stage.deps(),
                        stage.outs(),
                        stage.params(),
                        stage.name().equals(name),
                        false,
                        stage.where()))
                .toList();
        pipelines.set(0, new PipelineFacts("", declared, pipeline.lock(), null));
        stages.replaceAll(stage -> stage.name().equals(name)
                ? new StageRun(
                        "",
                        name,
                        problem == null ? StageRun.Status.UP_TO_DATE : StageRun.Status.FAILED,
                        null,
                        0,
                        0,
                        List.of(),
                        LogExcerpt.EMPTY,
                        problem == null ? null : new StageRun.Problem(StageRun.Kind.FROZEN, problem))
                : stage);
        return this;
    }

    /** The lock of the first pipeline differs like this. */
    SampleEvidence locked(LockFacts.Difference... differences) {
        PipelineFacts pipeline = pipelines.get(0);
        LockFacts lock = new LockFacts(List.of("prepare", "train", "evaluate"), List.of(differences), null);
        pipelines.set(0, new PipelineFacts("", pipeline.stages(), lock, null));
        return this;
    }

    /** The training script names a tracking server of its own. */
    SampleEvidence hardCoded() {
        findings.add(new Finding(
                "mlflow.hard-coded-uri",
                Severity.ADVICE,
                new Place("src/train.py", 12),
                "src/train.py:12 fixes the tracking server to http://localhost:5000. While grading, a tracking server answers"
                        + " there, so you lose no points.",
                "Take the line out: MLflow reads MLFLOW_TRACKING_URI by itself."));
        return this;
    }

    /** The training script calls a service on the internet. */
    SampleEvidence hosted() {
        findings.add(
                new Finding(
                        "mlflow.remote-uri",
                        Severity.BLOCKS,
                        new Place("src/train.py", 7),
                        "src/train.py:7 sends MLflow's runs to dagshub.com (dagshub.init(...)), which cannot be reached while grading:"
                                + " the calls will fail.",
                        "Leave the address out: MLflow reads it from MLFLOW_TRACKING_URI, where the harness puts its own server."));
        return this;
    }

    static TrackingStore server(List<MlflowRun> runs) {
        return new TrackingStore("server", TrackingStore.Kind.SERVER, List.of("beans"), runs, 0, List.of());
    }

    public static StageRun ran(String name, double seconds, long mebibytes) {
        return new StageRun(
                "", name, StageRun.Status.RAN, 0, seconds, mebibytes << 20, List.of(), LogExcerpt.EMPTY, null);
    }

    public static StageRun failed(
            String name, int exit, StageRun.Kind kind, String problem, String lastError, LimitHits limits) {
        return new StageRun(
                "",
                name,
                StageRun.Status.FAILED,
                exit,
                3.18,
                230L << 20,
                limits.hits(),
                new LogExcerpt(List.of("reading data"), List.of(lastError), lastError, 120),
                new StageRun.Problem(kind, problem));
    }

    /** A stage that ended with an error of its own, of which the last line speaks. */
    public static StageRun failed(String name, String printed) {
        List<String> lines = printed.strip().lines().toList();
        return new StageRun(
                "",
                name,
                StageRun.Status.FAILED,
                1,
                3.18,
                230L << 20,
                List.of(),
                new LogExcerpt(lines, List.of(), lines.getLast(), printed.length()),
                new StageRun.Problem(StageRun.Kind.EXIT_CODE, "exit code 1"));
    }

    public static StageRun notReached(String name, String because) {
        return problem(name, StageRun.Kind.EARLIER_STAGE, "stage " + because + " did not run");
    }

    public static StageRun problem(String name, StageRun.Kind kind, String message) {
        return new StageRun(
                "",
                name,
                StageRun.Status.NOT_REACHED,
                null,
                0,
                0,
                List.of(),
                LogExcerpt.EMPTY,
                new StageRun.Problem(kind, message));
    }

    public static TreeFile file(String path, long size) {
        return new TreeFile(path, TreeFacts.Kind.FILE, size);
    }

    public static PipelineFacts.Stage stage(String name, int line, List<String> deps, Output... outs) {
        return new PipelineFacts.Stage(
                name,
                List.of("python src/" + name + ".py"),
                "",
                deps,
                List.of(outs),
                name.equals("train") ? Map.of("params.yaml", List.of("train.trees", "train.seed")) : Map.of(),
                false,
                false,
                new Place("dvc.yaml", line));
    }

    public static Output out(String path) {
        return new Output(path, OutputKind.OUT, true);
    }

    public static Output metric(String path) {
        return new Output(path, OutputKind.METRIC, false);
    }

    public static MlflowRun run(String id, String name, double f1) {
        return run(id, name, "FINISHED", f1);
    }

    public static MlflowRun run(String id, String name, String status, double f1) {
        return new MlflowRun(
                id,
                name,
                "beans",
                status,
                Map.of("seed", "7", "test_share", "0.2", "trees", "100", "depth", "5"),
                Map.of("macro_f1", f1, "accuracy", 0.9),
                Map.of(
                        "loss",
                        List.of(
                                new TrackingStore.Step(0, 1.2),
                                new TrackingStore.Step(1, 0.7),
                                new TrackingStore.Step(2, 0.45),
                                new TrackingStore.Step(3, 0.41))),
                Map.of("mlflow.source.name", "src/train.py"),
                List.of("models/model/MLmodel", "models/model/model.pkl"),
                List.of("model"),
                Map.of());
    }

    /** A run whose model was taken for none. */
    static MlflowRun withoutModel(String id, String name) {
        MlflowRun run = run(id, name, 0.9);
        return new MlflowRun(
                id,
                name,
                run.experiment(),
                run.status(),
                run.params(),
                run.metrics(),
                run.history(),
                run.tags(),
                run.artifacts(),
                List.of(),
                Map.of());
    }

    public static TrackingStore.ModelVersion version(String number, String run, boolean fresh) {
        return new TrackingStore.ModelVersion(
                number, run, "models:/m-" + run, number.equals("2") ? List.of("champion") : List.of(), "None", fresh);
    }

    public static TrackingStore committed(int oldRuns) {
        return new TrackingStore("mlruns", TrackingStore.Kind.FILE, List.of("beans"), List.of(), oldRuns, List.of());
    }
}
