package org.labharness.autograder.sample;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Severity;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.EnvironmentFacts;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.LockFacts;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.evidence.MetricsFile;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.Repair;
import org.labharness.pipeline.evidence.SecondRunFacts;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Kind;
import org.labharness.pipeline.evidence.ToolFacts;

/** The ways of going wrong that a class shows; each is told in its own words. */
public enum WayOfGoingWrong {
    NONE(s -> s),
    STARTER(s -> {
        s.files.removeIf(file -> !file.path().equals("README.md"));
        s.pipelines.clear();
        s.data.clear();
        s.stages.clear();
        s.environment = null;
        s.secondRun = null;
        s.metrics.clear();
        s.tracking.clear();
        s.kind = org.labharness.pipeline.evidence.RunFacts.Kind.NONE;
        s.notRun = "there is no dvc.yaml and no MLproject in the repository";
        return s;
    }),
    STAGE_EXITS_NON_ZERO(s -> s.failing(SampleEvidence.failed(
            "train",
            1,
            Kind.EXIT_CODE,
            "exit code 1",
            "ModuleNotFoundError: No module named 'xgboost'",
            LimitHits.NONE))),
    STAGE_WRITES_NO_OUTPUT(s -> s.failing(SampleEvidence.failed(
            "train", 0, Kind.OUTPUT_MISSING, "models/model.pkl was not written", "", LimitHits.NONE))),
    OUTPUT_TRACKED_BY_GIT(s -> s.failing(SampleEvidence.failed(
            "train", 0, Kind.OUTPUT_REFUSED, "models/model.pkl is tracked by Git", "", LimitHits.NONE))),
    DEPENDENCY_MISSING(s -> s.failing(SampleEvidence.problem(
            "prepare", Kind.DEPENDENCY_MISSING, "data/labels.csv is neither committed nor made by a stage"))),
    OUTPUT_NOT_DECLARED(s -> {
        s.undeclared = List.of("models/scaler.pkl");
        return s;
    }),
    STALE_LOCK(s -> s.locked(new LockFacts.Difference(
            "train", LockFacts.Kind.PARAMETER, "train.trees", "100", "200", true, new Place("dvc.lock", 21)))),
    LOCK_BEHIND_A_LINK(s -> s.locked(new LockFacts.Difference(
            "prepare",
            LockFacts.Kind.LINK,
            "data/raw.csv",
            "1f2e",
            "leads out of the repository",
            true,
            new Place("dvc.lock", 5)))),
    CRLF_LOCK(s -> s.locked(
            new LockFacts.Difference(
                    "prepare",
                    LockFacts.Kind.LINE_ENDINGS,
                    "data/raw.csv",
                    "md5 1f2e",
                    "md5 9a8b",
                    false,
                    new Place("dvc.lock", 5)),
            new LockFacts.Difference(
                    "train",
                    LockFacts.Kind.LINE_ENDINGS,
                    "src/train.py",
                    "md5 77aa",
                    "md5 0c0d",
                    false,
                    new Place("dvc.lock", 17)))),
    DATA_UNREACHABLE(s -> {
        s.data.set(
                0,
                new DataFacts(
                        "data/raw.csv",
                        "data/raw.csv.dvc",
                        52_000,
                        DataFacts.Presence.REMOTE_ELSEWHERE,
                        "The remote 'storage' in .dvc/config is C:\\dvc-store, a folder on one person's machine"));
        s.failing(SampleEvidence.problem("prepare", Kind.DATA_UNREACHABLE, "data/raw.csv cannot be fetched"));
        return s;
    }),
    DATA_UNANSWERED(s -> {
        s.data.set(
                0,
                new DataFacts(
                        "data/raw.csv",
                        "data/raw.csv.dvc",
                        52_000,
                        DataFacts.Presence.UNANSWERED,
                        "the DVC remote 'store' (https://data.example.org/store) could not be read: it answers with status 503"));
        s.failing(SampleEvidence.problem(
                "prepare",
                Kind.OURS,
                "not reached: it needs data/raw.csv, which cannot be had from a clean clone: the DVC remote 'store'"
                        + " (https://data.example.org/store) could not be read: it answers with status 503"));
        return s;
    }),
    DATA_OF_THE_LAB_IS_ANOTHER_ONE(s -> {
        s.data.set(
                0,
                new DataFacts(
                        "data/raw.csv",
                        "data/raw.csv.dvc",
                        52_000,
                        DataFacts.Presence.PROVIDED,
                        "the lab's version is used, which is not the one that data/raw.csv.dvc records (md5 1 instead of 2)"));
        s.metrics.replaceAll(
                file -> new MetricsFile(file.path(), file.declared(), file.reported(), Map.of("macro_f1", 0.5)));
        return s;
    }),
    NO_MLFLOW_RUN(s -> {
        s.tracking.clear();
        return s;
    }),
    OLD_RUNS_ONLY(s -> {
        s.tracking.clear();
        s.tracking.add(SampleEvidence.committed(2));
        return s;
    }),
    RUNS_NOT_FINISHED(s -> {
        s.tracking.set(0, SampleEvidence.server(List.of(SampleEvidence.run("0b1", "split-20", "FAILED", 0.5))));
        return s;
    }),
    HARD_CODED_URI_ANSWERED(s -> s.hardCoded()),
    HARD_CODED_URI_LOST(s -> {
        s.tracking.clear();
        return s.hardCoded();
    }),
    HOSTED_SERVICE_STOPS_A_STAGE(s -> s.failing(SampleEvidence.failed(
                    "train",
                    1,
                    Kind.EXIT_CODE,
                    "exit code 1",
                    "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='dagshub.com', port=443): Max retries"
                            + " exceeded with url: /api/v1/user",
                    LimitHits.NONE))
            .hosted()),
    STAGE_DOWNLOADS(s -> s.failing(SampleEvidence.failed(
            "prepare",
            1,
            Kind.EXIT_CODE,
            "exit code 1",
            "urllib.error.URLError: <urlopen error [Errno -3] Temporary failure in name resolution>",
            LimitHits.NONE))),
    STAGE_DOWNLOADS_WHAT_THE_REPOSITORY_HOLDS(s -> {
        s.stages.set(
                0,
                SampleEvidence.failed(
                        "prepare",
                        1,
                        Kind.EXIT_CODE,
                        "exit code 1",
                        "urllib.error.URLError: <urlopen error [Errno -3] Temporary failure in name resolution>",
                        LimitHits.NONE));
        s.secondRun = null;
        s.repairs.add(new Repair("prepare", Repair.Kind.OUTPUT_PLACED, "data/clean.csv"));
        return s;
    }),
    HOSTED_SERVICE_SWALLOWS_RUNS(s -> {
        s.tracking.clear();
        return s.hosted();
    }),
    SEVERAL_STAGES_LACK_THE_SAME_DATA(s -> {
        s.data.set(
                0,
                new DataFacts(
                        "data",
                        "data.dvc",
                        52_000,
                        DataFacts.Presence.NO_REMOTE,
                        "no remote is configured, and its content is not in the repository"));
        PipelineFacts pipeline = s.pipelines.get(0);
        s.pipelines.set(
                0,
                new PipelineFacts(
                        "",
                        List.of(
                                pipeline.stages().get(0),
                                SampleEvidence.stage("train", 9, List.of("data/train.csv"), SampleEvidence.out("m")),
                                pipeline.stages().get(2)),
                        pipeline.lock(),
                        null));
        s.failing(SampleEvidence.problem("prepare", Kind.DATA_UNREACHABLE, "data cannot be fetched"));
        s.stages.set(1, SampleEvidence.problem("train", Kind.DATA_UNREACHABLE, "data cannot be fetched"));
        return s;
    }),
    EVERY_STAGE_FROZEN(s -> {
        s.metrics.replaceAll(file -> new MetricsFile(file.path(), file.declared(), file.reported(), null));
        s.tracking.clear();
        s.secondRun = null;
        return s.frozen("prepare", null).frozen("train", null).frozen("evaluate", null);
    }),
    ONLY_WHAT_THE_LAB_PROVIDES(s -> {
        PipelineFacts pipeline = s.pipelines.get(0);
        s.pipelines.set(0, new PipelineFacts("", pipeline.stages().subList(0, 1), pipeline.lock(), null));
        s.stages.clear();
        s.stages.add(
                new StageRun("", "prepare", StageRun.Status.REPLACED, null, 0, 0, List.of(), LogExcerpt.EMPTY, null));
        s.metrics.clear();
        s.tracking.clear();
        s.secondRun = null;
        return s;
    }),
    SOME_RUNS_NOT_FINISHED(s -> {
        s.tracking.set(
                0,
                SampleEvidence.server(List.of(
                        SampleEvidence.run("0b1", "split-20", 0.88),
                        SampleEvidence.run("0b2", "split-30", "FAILED", 0.5),
                        SampleEvidence.run("0b3", "split-40", "RUNNING", 0.5))));
        return s;
    }),
    RUNS_UNPACKED_FROM_AN_ARCHIVE(s -> {
        s.tracking.clear();
        s.tracking.add(SampleEvidence.committed(3));
        s.findings.add(new Finding(
                "tracking.dated-before",
                Severity.ADVICE,
                Place.of("mlruns"),
                "The MLflow store 'mlruns' holds 3 runs that were started before this grading (the first is 'split-20', on"
                        + " 2026-03-01): they were copied, unpacked or checked out here, not made, and count as committed.",
                "Let a stage train."));
        return s;
    }),
    TRACKING_SERVER_READ_TOO_SLOWLY(s -> {
        s.tracking.set(0, SampleEvidence.server(List.of()));
        s.findings.add(new Finding(
                "tracking.unread",
                Severity.ADVICE,
                null,
                "The tracking server could not be read to its end: reading it took more than 40 s.",
                ""));
        return s;
    }),
    MODEL_WITHOUT_ITS_WEIGHTS(s -> {
        s.tracking.set(
                0,
                SampleEvidence.server(List.of(
                        SampleEvidence.withoutModel("0b1", "split-20"),
                        SampleEvidence.run("0b2", "split-30", 0.9),
                        SampleEvidence.run("0b3", "split-40", 0.9))));
        s.findings.add(new Finding(
                "tracking.model-incomplete",
                Severity.ADVICE,
                null,
                "Model 'split-20/model' (run/model) in the tracking server lacks its file 'model.pkl', which its MLmodel names:"
                        + " it cannot be loaded.",
                ""));
        return s;
    }),
    ENDLESS_LOOP(s -> s.failing(limit(LimitHit.Name.TIME, "600 s", "600 s"))),
    MEMORY_HOG(s -> s.failing(limit(LimitHit.Name.MEMORY, "2GiB", "2GiB"))),
    FORK_BOMB(s -> s.failing(limit(LimitHit.Name.PROCESSES, "256", "256"))),
    MUCH_OUTPUT(s -> s.failing(limit(LimitHit.Name.OUTPUT, "64MiB", "1GiB"))),
    DISK_FILLER(s -> s.failing(limit(LimitHit.Name.DISK, "2GiB", "2GiB"))),
    WRONG_PIN(s -> {
        s.environment = new EnvironmentFacts(
                "3.11",
                List.of("requirements.txt"),
                List.of("mlflow==3.9.0", "scikit-learn==1.5.2"),
                List.of(new EnvironmentFacts.SetAside(
                        "pandas==99.1",
                        new Place("requirements.txt", 3),
                        "the package index has no such version of pandas for Python 3.11; pandas==2.3.3 was installed"
                                + " instead",
                        true,
                        false)),
                List.of(),
                null,
                null,
                "0f".repeat(32));
        return s;
    }),
    WINDOWS_ONLY_PACKAGE(s -> {
        s.environment = new EnvironmentFacts(
                "3.11",
                List.of("requirements.txt"),
                List.of("pandas==2.2.3"),
                List.of(new EnvironmentFacts.SetAside(
                        "pywin32==306",
                        new Place("requirements.txt", 9),
                        "exists for Windows or macOS only; the pipeline runs on Linux without it",
                        false,
                        false)),
                List.of(),
                null,
                "constraint SQLAlchemy<2.1",
                "0f".repeat(32));
        return s;
    }),
    VERSIONS_OF_OURS_BREAK_THE_WORK(s -> {
        s.environment = new EnvironmentFacts(
                "3.11",
                List.of("requirements.txt"),
                List.of("numpy==1.23.2", "pandas==2.2.3"),
                List.of(
                        new EnvironmentFacts.SetAside(
                                "numpy==1.16.1",
                                new Place("requirements.txt", 2),
                                "has no ready-made package (wheel) for Linux and Python 3.11; numpy==1.23.2 was"
                                        + " installed instead",
                                false,
                                true),
                        new EnvironmentFacts.SetAside(
                                "tables==3.6.0",
                                new Place("requirements.txt", 3),
                                "has no ready-made package (wheel) for Linux and Python 3.11; tables==3.8.0 was"
                                        + " installed instead",
                                false,
                                true)),
                List.of(),
                null,
                null,
                "0f".repeat(32));
        return s.failing(SampleEvidence.failed(
                "train",
                1,
                Kind.EXIT_CODE,
                "exit code 1",
                "AttributeError: module 'numpy' has no attribute 'asscalar'",
                LimitHits.NONE));
    }),
    STAGE_CALLS_DOCKER(s -> s.failing(SampleEvidence.failed(
            "train", 127, Kind.EXIT_CODE, "exit code 127", "bash: line 1: docker: command not found", LimitHits.NONE))),
    VARIABLE_THAT_NOTHING_SETS(s -> {
        s.findings.add(new Finding(
                "code.unset-variable",
                Severity.ADVICE,
                new Place("src/train.py", 7),
                "src/train.py:7 reads the environment variable DATA_DIR, which nothing in the repository sets (.env is not in Git:"
                        + " .gitignore:2 hides it). In a clean clone it fails with KeyError: 'DATA_DIR'.",
                "Give it a default."));
        return s.failing(SampleEvidence.failed(
                "train", 1, Kind.EXIT_CODE, "exit code 1", "KeyError: 'DATA_DIR'", LimitHits.NONE));
    }),
    VARIABLE_THAT_ONLY_THE_TRACEBACK_SHOWS(s -> s.failing(SampleEvidence.failed("train", """
            Traceback (most recent call last):
              File "/work/src/train.py", line 3, in <module>
                from settings import FOLDER
              File "/work/src/settings.py", line 12, in <module>
                FOLDER = os.environ[name]
                         ~~~~~~~~~~^^^^^^
              File "<frozen os>", line 679, in __getitem__
            KeyError: 'DATA_DIR'
            """))),
    KEY_OF_A_TABLE_IS_MISSING(s -> s.failing(SampleEvidence.failed("train", """
            Traceback (most recent call last):
              File "/work/src/train.py", line 3, in <module>
                beans["DATA_DIR"]
            KeyError: 'DATA_DIR'
            """))),
    PROJECT_LACKS_A_PATH(s -> {
        s.tools = new ToolFacts(false, true, "MLproject");
        s.pipelines.clear();
        s.stages.clear();
        s.secondRun = null;
        s.metrics.clear();
        s.tracking.clear();
        s.notRun =
                "entry point 'main' of MLproject needs the folder 'outputs' for its parameter 'out_dir', which is not in the"
                        + " repository";
        s.findings.add(new Finding(
                "mlproject.missing-file",
                Severity.BLOCKS,
                new Place("MLproject", 7),
                "The parameter 'out_dir' of entry point 'main' in MLproject is declared as path, and its default 'outputs' is not in"
                        + " Git.",
                "If the code makes it, declare it as string."));
        return s;
    }),
    GUESSED_PACKAGES(s -> s.undeclared("pandas==2.2.3")),
    NOTHING_TO_INSTALL(s -> s.undeclared()),
    NOTHING_DECLARED_AND_NOTHING_RUN(s -> {
        s.pipelines.clear();
        s.stages.clear();
        s.secondRun = null;
        return s.undeclared("pandas==2.2.3");
    }),
    ENVIRONMENT_IMPOSSIBLE(s -> {
        s.environment = new EnvironmentFacts(
                "3.11",
                List.of("requirements.txt"),
                List.of(),
                List.of(),
                List.of(),
                new EnvironmentFacts.Failure(
                        "numpy==1.21.0 and pandas==2.2.3 cannot be installed together",
                        new Place("requirements.txt", 2),
                        LogExcerpt.EMPTY),
                null,
                "");
        s.stages.clear();
        s.notRun = "the environment could not be made";
        s.secondRun = null;
        s.metrics.clear();
        s.tracking.clear();
        return s;
    }),
    METRICS_DIFFER(s -> {
        s.metrics.set(
                0,
                new MetricsFile(
                        "metrics/scores.json",
                        true,
                        Map.of("macro_f1", 0.95, "accuracy", 0.93, "train_seconds", 3.2),
                        Map.of("macro_f1", 0.84, "accuracy", 0.93, "train_seconds", 4.7)));
        return s;
    }),
    SECOND_RUN_RUNS_AGAIN(s -> {
        s.secondRun = new SecondRunFacts(List.of(
                new SecondRunFacts.Rerun("train", "dependency params.yaml was changed by the stage itself"),
                new SecondRunFacts.Rerun("evaluate", "dependency models/model.pkl changed")));
        return s;
    }),
    FROZEN_STAGE(s -> s.frozen("train", null)),
    FROZEN_METRICS(s -> {
        s.metrics.replaceAll(file -> new MetricsFile(file.path(), file.declared(), file.reported(), null));
        return s.frozen("evaluate", null);
    }),
    FROZEN_WITHOUT_ITS_OUTPUT(s -> s.failing(SampleEvidence.problem("train", Kind.FROZEN, "gone"))
            .frozen("train", "what it once wrote, 'models/model.pkl', is not in the repository")),
    COMMITTED_ENVIRONMENT(s -> {
        s.files.add(SampleEvidence.file("venv/pyvenv.cfg", 120));
        s.files.add(SampleEvidence.file("venv/lib/python3.11/site-packages/numpy/core.so", 24_000_000));
        s.files.add(SampleEvidence.file("src/__pycache__/train.cpython-311.pyc", 4_000));
        return s;
    }),
    COMMITTED_SECRET(s -> {
        s.findings.add(new Finding(
                "repo.secret",
                Severity.COSTS_POINTS,
                new Place("src/train.py", 4),
                "src/train.py:4 holds an access token (AKIA…, 20 characters)",
                "Revoke it."));
        return s;
    }),
    DATA_IN_GIT(s -> {
        s.files.add(SampleEvidence.file("data/raw.csv", 52_000));
        s.data.clear();
        return s;
    }),
    STAGES_INCOMPLETE(s -> {
        s.pipelines.set(
                0,
                new PipelineFacts(
                        "",
                        List.of(
                                SampleEvidence.stage("preprae", 2, List.of("params.yaml"), SampleEvidence.out("x")),
                                SampleEvidence.stage("evaluate", 8, List.of()),
                                SampleEvidence.stage(
                                        "report", 10, List.of("conf/params.yaml"), SampleEvidence.out("y"))),
                        null,
                        null));
        s.metrics.replaceAll(file -> new MetricsFile(file.path(), false, file.reported(), file.reproduced()));
        return s;
    }),
    BROKEN_DVC_YAML(s -> {
        s.pipelines.set(0, new PipelineFacts("", List.of(), null, "line 4: found a tab where blanks were expected"));
        s.stages.clear();
        s.notRun = "dvc.yaml cannot be read";
        s.secondRun = null;
        return s;
    }),
    HARNESS_BROKE(s -> s.failing(
            SampleEvidence.problem("train", Kind.OURS, "There is no image for Python 3.14 on this machine.")));

    /** A function without state, which Error Prone cannot know. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<SampleEvidence> change;

    WayOfGoingWrong(UnaryOperator<SampleEvidence> change) {
        this.change = change;
    }

    public Evidence evidence() {
        return sample().build();
    }

    /** To be changed further. */
    public SampleEvidence sample() {
        return SampleEvidence.with(change);
    }

    /** {@code stale-lock}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static StageRun limit(LimitHit.Name name, String limit, String seen) {
        return SampleEvidence.failed(
                "train", 137, Kind.LIMIT, "a limit was hit", "Killed", LimitHits.of(name, limit, seen));
    }
}
