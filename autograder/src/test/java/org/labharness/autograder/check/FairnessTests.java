package org.labharness.autograder.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.autograder.sample.LimitHits;
import org.labharness.autograder.sample.SampleEvidence;
import org.labharness.autograder.sample.SampleLab;
import org.labharness.autograder.sample.WayOfGoingWrong;
import org.labharness.lab.Check;
import org.labharness.lab.CheckSpec;
import org.labharness.lab.DvcCheck;
import org.labharness.lab.InterventionCheck;
import org.labharness.lab.MlflowCheck;
import org.labharness.lab.Points;
import org.labharness.lab.RepositoryCheck;
import org.labharness.lab.Untestable;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.evidence.MetricsFile;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.Repair;
import org.labharness.pipeline.evidence.RunFacts;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;
import org.labharness.pipeline.evidence.TreeFacts;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;

/** What is worth how much where something is odd, and whose words are said. */
class FairnessTests {
    private static final String LABS_HINT = "Scale the features.";
    private static final Check QUALITY = SampleLab.check(
            new MlflowCheck.MetricAtLeast(
                    "metrics/scores.json", "macro_f1", new TreeMap<>(Map.of(new BigDecimal("0.95"), Points.of(10)))),
            10,
            LABS_HINT);

    private static Verdict verdict(Check check, UnaryOperator<SampleEvidence> change) {
        return Checks.evaluate(
                check,
                SampleLab.of(List.of(check), false),
                SampleEvidence.with(change).build());
    }

    private static Verdict verdict(Check check, WayOfGoingWrong way) {
        return Checks.evaluate(check, SampleLab.of(List.of(check), false), way.evidence());
    }

    private static Check check(CheckSpec spec) {
        return SampleLab.check(spec, 10, null);
    }

    @Test
    void theLabsOwnHintIsSaidWhereTheWorkIsWeak() {
        assertThat(verdict(QUALITY, s -> s).hint()).isEqualTo(LABS_HINT);
    }

    @Test
    void theLabsOwnHintIsNotSaidWhereTheStageNeverRan() {
        assertThat(verdict(QUALITY, WayOfGoingWrong.STAGE_EXITS_NON_ZERO).hint())
                .isNotEqualTo(LABS_HINT)
                .contains("xgboost");
    }

    @Test
    void theReasonIsToldAtLengthWhereNoOtherCheckTellsIt() {
        assertThat(verdict(QUALITY, WayOfGoingWrong.STAGE_EXITS_NON_ZERO).message())
                .contains("failed with exit code 1: ModuleNotFoundError");
    }

    @Test
    void aPipelineThatOnlyMakesWhatTheLabProvidesEarnsNothing() {
        for (CheckSpec spec : List.of(
                new DvcCheck.Reproduces(List.of()),
                new DvcCheck.OutputsDeclared(),
                new DvcCheck.SecondRunDoesNothing(),
                new MlflowCheck.MlflowRuns(1))) {
            Verdict verdict = verdict(check(spec), WayOfGoingWrong.ONLY_WHAT_THE_LAB_PROVIDES);

            assertThat(verdict.points()).as(spec.toString()).isEqualTo(Points.ZERO);
            assertThat(verdict.untestable()).as(spec.toString()).isNull();
        }
    }

    @Test
    void whereSomethingElseThanAPipelineRanNothingIsKnownOfPipelines() {
        for (CheckSpec spec : List.of(
                new DvcCheck.SecondRunDoesNothing(),
                new DvcCheck.OutputsDeclared(),
                new InterventionCheck.ParameterChange(new TreeMap<>(), false),
                new InterventionCheck.CodeChange(""))) {
            Verdict verdict = verdict(check(spec), s -> {
                s.kind = RunFacts.Kind.MLPROJECT;
                s.pipelines.clear();
                s.secondRun = null;
                return s;
            });

            assertThat(verdict.points()).as(spec.toString()).isEqualTo(Points.ZERO);
            assertThat(verdict.untestable()).as(spec.toString()).isNull();
            assertThat(verdict.message()).startsWith("This repository has no DVC pipeline (dvc.yaml)");
        }
    }

    @Test
    void aTimeNeverComesOutAgainUnderWhateverName() {
        assertThat(List.of("evaluated_at", "metrics.created-at", "fit_seconds", "ms", "Dauer"))
                .allMatch(MetricsAgreeRule::isTime);
        assertThat(List.of("accuracy", "format", "recall_at_10", "heat", "at")).noneMatch(MetricsAgreeRule::isTime);
    }

    @Test
    void frozenStagesAloneProveNeitherASecondRunNorWhatTheyWrite() {
        for (CheckSpec spec : List.of(new DvcCheck.SecondRunDoesNothing(), new DvcCheck.OutputsDeclared())) {
            Verdict verdict = verdict(check(spec), WayOfGoingWrong.EVERY_STAGE_FROZEN);

            assertThat(verdict.points()).isEqualTo(Points.ZERO);
            assertThat(verdict.message()).contains("frozen");
        }
    }

    @Test
    void whatTheHarnessCouldNotReadCostsNothingAndIsHeld() {
        for (CheckSpec spec : List.of(
                new MlflowCheck.MlflowRuns(3),
                new MlflowCheck.RunsCarry(List.of(), List.of("macro_f1"), 0, 0, true, 1),
                new MlflowCheck.RegisteredModel("bean-sorter", 2))) {
            Verdict verdict = verdict(check(spec), WayOfGoingWrong.TRACKING_SERVER_READ_TOO_SLOWLY);

            assertThat(verdict.points()).as(spec.toString()).isEqualTo(Points.of(10));
            assertThat(verdict.untestable()).as(spec.toString()).isEqualTo(Untestable.OURS);
        }
    }

    @Test
    void aHostedServiceIsPricedLikeDataOutOfReach() {
        Verdict stopped =
                verdict(check(new DvcCheck.Reproduces(List.of())), WayOfGoingWrong.HOSTED_SERVICE_STOPS_A_STAGE);
        Verdict swallowed = verdict(check(new MlflowCheck.MlflowRuns(3)), WayOfGoingWrong.HOSTED_SERVICE_SWALLOWS_RUNS);

        assertThat(stopped.untestable()).isEqualTo(Untestable.THEIRS);
        assertThat(stopped.points()).isEqualTo(Points.parse("6.66"));
        assertThat(swallowed.untestable()).isEqualTo(Untestable.THEIRS);
        assertThat(swallowed.points()).isEqualTo(Points.of(5));
    }

    @Test
    void anotherErrorInARepositoryThatCallsAHostedServiceIsAnError() {
        Verdict verdict = verdict(check(new DvcCheck.Reproduces(List.of())), s -> {
            s.findings.addAll(
                    WayOfGoingWrong.HOSTED_SERVICE_SWALLOWS_RUNS.evidence().findings());
            s.stages.clear();
            s.stages.addAll(
                    WayOfGoingWrong.STAGE_EXITS_NON_ZERO.evidence().run().stages());
            return s;
        });

        assertThat(verdict.untestable()).isNull();
        assertThat(verdict.points()).isEqualTo(Points.parse("3.33"));
    }

    @Test
    void theParentOfAGridSearchNeedCarryNothing() {
        CheckSpec each = new MlflowCheck.RunsCarry(List.of("depth"), List.of("macro_f1"), 0, 0, false, 0);

        Verdict verdict = verdict(check(each), s -> {
            s.tracking.set(0, store(run("p", Map.of(), Map.of(), Map.of()), child("c1"), child("c2")));
            return s;
        });

        assertThat(verdict.full()).as(verdict.message()).isTrue();
    }

    @Test
    void aRunByItselfThatCarriesNothingIsMissed() {
        CheckSpec each = new MlflowCheck.RunsCarry(List.of("depth"), List.of("macro_f1"), 0, 0, false, 0);

        Verdict verdict = verdict(check(each), s -> {
            s.tracking.set(0, store(run("alone", Map.of(), Map.of(), Map.of()), child("c1")));
            return s;
        });

        assertThat(verdict.points()).isEqualTo(Points.of(5));
        assertThat(verdict.message()).contains("alone");
    }

    @Test
    void aMetricThatIsNoNumberIsNotCarried() {
        CheckSpec any = new MlflowCheck.RunsCarry(List.of(), List.of("macro_f1"), 0, 0, false, 1);

        Verdict verdict = verdict(check(any), s -> {
            s.tracking.set(0, store(run("diverged", Map.of(), Map.of("macro_f1", Double.POSITIVE_INFINITY), Map.of())));
            return s;
        });

        assertThat(verdict.points()).isEqualTo(Points.ZERO);
        assertThat(verdict.message()).contains("metric 'macro_f1' (logged as infinity) is missing from the run");
    }

    @Test
    void aStoreOfMlflowsAndLogsAreNoUndeclaredOutputs() {
        Verdict verdict = verdict(check(new DvcCheck.OutputsDeclared()), s -> {
            s.undeclared = List.of(
                    "experiments/1/meta.yaml", "logs/train.txt", "runs.sqlite", "runs.sqlite-wal", "src/train.log");
            s.tracking.add(kept("experiments", TrackingStore.Kind.FILE));
            s.tracking.add(kept("runs.sqlite", TrackingStore.Kind.SQLITE));
            return s;
        });

        assertThat(verdict.full()).as(verdict.message()).isTrue();
    }

    @Test
    void whatOnlyLiesNearAStoreIsAnOutput() {
        Verdict verdict = verdict(check(new DvcCheck.OutputsDeclared()), s -> {
            s.undeclared = List.of("catalog/x.csv", "experiments.csv", "runs.sqlite.bak");
            s.tracking.add(kept("experiments", TrackingStore.Kind.FILE));
            s.tracking.add(kept("runs.sqlite", TrackingStore.Kind.SQLITE));
            return s;
        });

        assertThat(verdict.message()).contains("3 files").contains("experiments.csv");
    }

    @Test
    void aStageWithoutDepsIsNotBlamedWhereOthersAreComplete() {
        CheckSpec any = new DvcCheck.DvcStages(
                List.of(),
                1,
                java.util.EnumSet.of(DvcCheck.StagePart.DEPS, DvcCheck.StagePart.OUTS, DvcCheck.StagePart.METRICS));

        Verdict verdict = verdict(check(any), s -> {
            s.pipelines.set(
                    0,
                    new PipelineFacts(
                            "",
                            List.of(
                                    SampleEvidence.stage("download", 2, List.of(), SampleEvidence.out("raw.csv")),
                                    SampleEvidence.stage("train", 7, List.of("raw.csv"), SampleEvidence.out("m"))),
                            null,
                            null));
            s.metrics.clear();
            return s;
        });

        assertThat(verdict.message()).isEqualTo("1 of 2 requirements are met. No stage declares metrics.");
    }

    /** DVCLive writes its metrics at the top of dvc.yaml, below no stage. */
    @Test
    void metricsAtTheTopOfDvcYamlAreDeclared() {
        CheckSpec metrics = new DvcCheck.DvcStages(List.of(), 1, java.util.EnumSet.of(DvcCheck.StagePart.METRICS));

        Verdict verdict = verdict(check(metrics), s -> {
            s.pipelines.set(
                    0,
                    new PipelineFacts(
                            "",
                            List.of(SampleEvidence.stage("train", 2, List.of("a"), SampleEvidence.out("m"))),
                            null,
                            null));
            return s;
        });

        assertThat(verdict.points()).isEqualTo(verdict.of());
    }

    @Test
    void declaredMetricsThatAreNotCommittedAreNamed() {
        Verdict verdict = verdict(check(new DvcCheck.MetricsAgree(new BigDecimal("0.01"))), s -> {
            s.metrics.replaceAll(file -> new MetricsFile(file.path(), true, null, file.reproduced()));
            return s;
        });

        assertThat(verdict.message())
                .isEqualTo(
                        "No metrics are recorded: metrics/scores.json is declared as metrics, but no numbers in it are"
                                + " committed, so there is nothing to compare with.");
        assertThat(verdict.hint()).startsWith("Run dvc repro, check that .gitignore does not name metrics/scores.json");
    }

    @Test
    void metricsThatOnlyDvcsCacheKeepsAreToldToGit() {
        Verdict verdict = verdict(check(new DvcCheck.MetricsAgree(new BigDecimal("0.01"))), s -> {
            s.metrics.replaceAll(file -> new MetricsFile(file.path(), true, null, file.reproduced()));
            s.pipelines.set(
                    0,
                    new PipelineFacts(
                            "",
                            List.of(SampleEvidence.stage(
                                    "evaluate", 2, List.of("a"), SampleEvidence.out("metrics/scores.json"))),
                            null,
                            null));
            return s;
        });

        assertThat(verdict.hint()).startsWith("Write cache: false below metrics/scores.json in dvc.yaml");
    }

    /** The mathematics libraries of two machines differ in the last digits. */
    @Test
    void theLastDigitsOfANumberCostNothing() {
        Verdict verdict = verdict(check(new DvcCheck.MetricsAgree(new BigDecimal("0.01"))), s -> {
            s.metrics.replaceAll(file -> new MetricsFile(
                    file.path(),
                    true,
                    Map.of("macro_f1", 0.912, "accuracy", 0.93),
                    Map.of("macro_f1", 0.9120000001, "accuracy", 0.9299999)));
            return s;
        });

        assertThat(verdict.points()).isEqualTo(verdict.of());
    }

    /** DVCLive leaves a dvc.yaml with metrics and plots alone beside the pipeline's. */
    @Test
    void aDvcYamlOfMetricsAloneHasNothingToLock() {
        Verdict verdict = verdict(check(new DvcCheck.LockAgrees()), s -> {
            s.pipelines.add(new PipelineFacts("dvclive", List.of(), null, null));
            return s;
        });

        assertThat(verdict.points()).isEqualTo(verdict.of());
    }

    @Test
    void whatNeedsNoPackageNeedsNoRequirements() {
        Verdict verdict =
                verdict(check(new RepositoryCheck.EnvironmentInstalls()), s -> s.undeclared("setuptools==80.9.0"));

        assertThat(verdict.message()).startsWith("There is nothing to install");
        assertThat(verdict.points()).isEqualTo(verdict.of());
    }

    @Test
    void aFolderThatDvcKeepsIsNotInGitAsWell() {
        Verdict verdict = verdict(check(new DvcCheck.DataUnderDvc(List.of())), s -> {
            s.pipelines.set(
                    0,
                    new PipelineFacts(
                            "",
                            List.of(SampleEvidence.stage("prepare", 2, List.of(), SampleEvidence.out("src"))),
                            null,
                            null));
            return s;
        });

        assertThat(verdict.message()).contains("data/raw.csv").doesNotContain("src");
    }

    @Test
    void whatOnlyKeepsAFolderInGitIsNoData() {
        Verdict verdict = verdict(check(new DvcCheck.DataUnderDvc(List.of())), s -> {
            s.files.add(new TreeFile("models/.gitignore", TreeFacts.Kind.FILE, 12));
            s.files.add(new TreeFile("models/.gitkeep", TreeFacts.Kind.FILE, 0));
            s.pipelines.set(
                    0,
                    new PipelineFacts(
                            "",
                            List.of(SampleEvidence.stage("train", 2, List.of(), SampleEvidence.out("models"))),
                            null,
                            null));
            return s;
        });

        assertThat(verdict.message()).isEqualTo("Under DVC, not in Git: data/raw.csv, models.");
    }

    /** A stage that caught the error of the network and went on, and then had nothing to write. */
    @Test
    void aNetworkThatWasWantedInVainIsNotTheWorksFaultWhereTheErrorWasCaught() {
        for (StageRun.Kind kind : List.of(StageRun.Kind.OUTPUT_MISSING, StageRun.Kind.EXIT_CODE)) {
            StageRun failed = SampleEvidence.failed(
                    "train",
                    kind == StageRun.Kind.EXIT_CODE ? 1 : 0,
                    kind,
                    "models/model.pkl was not written",
                    "<urlopen error [Errno -3] Temporary failure in name resolution>",
                    LimitHits.NONE);
            Verdict verdict = verdict(check(new DvcCheck.Reproduces(List.of())), s -> s.failing(failed));

            assertThat(verdict.untestable()).as(kind.name()).isEqualTo(Untestable.THEIRS);
            assertThat(verdict.message()).contains("it fetches something from the network");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bash: line 1: docker: command not found",
                "/bin/sh: 1: Rscript: not found",
                "FileNotFoundError: [Errno 2] No such file or directory: 'docker'",
                "pyspark.errors.exceptions.base.PySparkRuntimeError: [JAVA_GATEWAY_EXITED] Java gateway process exited",
                "/usr/bin/env: ‘node’: No such file or directory",
                "make: docker: No such file or directory",
            })
    void aProgramThatIsNotHereMayBeElsewhere(String error) {
        StageRun failed =
                SampleEvidence.failed("train", 1, StageRun.Kind.EXIT_CODE, "exit code 1", error, LimitHits.NONE);

        assertThat(verdict(check(new DvcCheck.Reproduces(List.of())), s -> s.failing(failed))
                        .untestable())
                .isEqualTo(Untestable.THEIRS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bash: line 1: pyhton: command not found",
                "FileNotFoundError: [Errno 2] No such file or directory: 'docker.csv'"
            })
    void aSlipInACommandIsTheWorksFault(String error) {
        StageRun failed =
                SampleEvidence.failed("train", 1, StageRun.Kind.EXIT_CODE, "exit code 1", error, LimitHits.NONE);

        assertThat(verdict(check(new DvcCheck.Reproduces(List.of())), s -> s.failing(failed))
                        .untestable())
                .isNull();
    }

    /** The student's own module is no package that stands in for another. */
    @Test
    void onlyWhatHadToBeReplacedExcusesAnImport() {
        for (String error : List.of(
                "ModuleNotFoundError: No module named 'features'",
                "ImportError: cannot import name 'load' from 'src.data' (/work/src/data.py)",
                "AttributeError: module 'pandas' has no attribute 'read_cvs'")) {
            Verdict verdict = Checks.evaluate(
                    check(new DvcCheck.Reproduces(List.of())),
                    SampleLab.of(List.of(check(new DvcCheck.Reproduces(List.of()))), false),
                    WayOfGoingWrong.VERSIONS_OF_OURS_BREAK_THE_WORK
                            .sample()
                            .failing(SampleEvidence.failed(
                                    "train", 1, StageRun.Kind.EXIT_CODE, "exit code 1", error, LimitHits.NONE))
                            .build());

            assertThat(verdict.untestable()).as(error).isNull();
        }
    }

    /** What stopped the stages costs in the check of the run, not once more here. */
    @Test
    void guessedPackagesCountWhereAnotherCauseStoppedTheStages() {
        assertThat(guessed("KeyError: 'verbose'")).isEqualTo(Points.of(5));
        assertThat(guessed("ModuleNotFoundError: No module named 'xgboost'")).isEqualTo(Points.ZERO);
    }

    private static Points guessed(String error) {
        return verdict(check(new RepositoryCheck.EnvironmentInstalls()), s -> {
                    s.undeclared("pandas==2.2.3");
                    return s.failing(SampleEvidence.failed(
                            "prepare", 1, StageRun.Kind.EXIT_CODE, "exit code 1", error, LimitHits.NONE));
                })
                .points();
    }

    /** What the first would have fetched was put in place, so it is not the reason for what came after. */
    @Test
    void ofTwoStagesThatWantTheNetworkTheOneThatStoppedTheOthersIsTheReason() {
        String error = "requests.exceptions.ConnectionError: Temporary failure in name resolution";
        Verdict verdict = verdict(check(new DvcCheck.SecondRunDoesNothing()), s -> {
            s.failing(SampleEvidence.failed("train", 1, StageRun.Kind.EXIT_CODE, "exit code 1", error, LimitHits.NONE));
            s.stages.set(
                    0,
                    SampleEvidence.failed("prepare", 1, StageRun.Kind.EXIT_CODE, "exit code 1", error, LimitHits.NONE));
            s.repairs.add(new Repair("prepare", Repair.Kind.OUTPUT_PLACED, "data/clean.csv"));
            return s;
        });

        assertThat(verdict.message()).contains("train").doesNotContain("prepare");
        assertThat(verdict.untestable()).isEqualTo(Untestable.THEIRS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"время", "train_time", "Dauer", "fit.tiempo", "latency ms"})
    void aTimeNeverComesOutAgainInWhateverLanguage(String name) {
        Verdict verdict = verdict(check(new DvcCheck.MetricsAgree(new BigDecimal("0.01"))), s -> {
            s.metrics.set(
                    0, new MetricsFile("m.json", true, Map.of("f1", 0.9, name, 3.2), Map.of("f1", 0.9, name, 4.7)));
            return s;
        });

        assertThat(verdict.points()).isEqualTo(verdict.of());
    }

    @Test
    void aPatternNamesAFileInWhateverCase() {
        Verdict verdict = verdict(check(new RepositoryCheck.FilesPresent(List.of("REQUIRE*.TXT"))), s -> s);

        assertThat(verdict.points()).isEqualTo(verdict.of());
    }

    private static TrackingStore kept(String path, TrackingStore.Kind kind) {
        return new TrackingStore(path, kind, List.of("beans"), List.of(), 1, List.of());
    }

    private static TrackingStore store(MlflowRun... runs) {
        return new TrackingStore("server", TrackingStore.Kind.SERVER, List.of("Default"), List.of(runs), 0, List.of());
    }

    private static MlflowRun child(String id) {
        return run(id, Map.of("depth", "3"), Map.of("macro_f1", 0.9), Map.of("mlflow.parentRunId", "p"));
    }

    private static MlflowRun run(
            String id, Map<String, String> params, Map<String, Double> metrics, Map<String, String> tags) {
        return new MlflowRun(
                id, id, "Default", "FINISHED", params, metrics, new HashMap<>(), tags, List.of(), List.of(), Map.of());
    }
}
