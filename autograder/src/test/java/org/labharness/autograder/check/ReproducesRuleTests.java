package org.labharness.autograder.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.sample.LimitHits;
import org.labharness.autograder.sample.SampleEvidence;
import org.labharness.autograder.sample.SampleLab;
import org.labharness.lab.Check;
import org.labharness.lab.DvcCheck;
import org.labharness.lab.Points;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.Repair;
import org.labharness.pipeline.evidence.StageRun;

class ReproducesRuleTests {
    private static final Check CHECK = SampleLab.check(new DvcCheck.Reproduces(List.of()), 9, null);

    private static Verdict verdict(UnaryOperator<SampleEvidence> change) {
        return Checks.evaluate(
                CHECK,
                SampleLab.of(List.of(CHECK), false),
                SampleEvidence.with(change).build());
    }

    @Test
    void aStageThatDidNotRunThoughForcedHasNotRunWhateverIsKnownOfItsDeclaration() {
        Verdict verdict = verdict(s -> {
            s.pipelines.set(0, new PipelineFacts("", List.of(), null, "it uses matrix"));
            s.stages.set(
                    1,
                    new StageRun(
                            "", "train@a", StageRun.Status.UP_TO_DATE, null, 0, 0, List.of(), LogExcerpt.EMPTY, null));
            return s;
        });

        assertThat(verdict.points()).isEqualTo(Points.of(6));
        assertThat(verdict.message()).contains("train@a").contains("frozen");
    }

    @Test
    void whyDvcRunsNoneOfThemIsToldOnce() {
        StageRun.Problem problem = new StageRun.Problem(
                StageRun.Kind.PIPELINE_INVALID,
                "DVC cannot run the pipeline: output 'models/m.bin' is specified in models/m.bin.dvc and in train");

        Verdict verdict = verdict(s -> {
            s.stages.replaceAll(stage -> new StageRun(
                    "", stage.name(), StageRun.Status.NOT_REACHED, null, 0, 0, List.of(), LogExcerpt.EMPTY, problem));
            return s;
        });

        assertThat(verdict.message())
                .isEqualTo(
                        "0 of 3 stages ran. Stages prepare, train, evaluate cannot be run as they stand: DVC cannot run"
                                + " the pipeline: output 'models/m.bin' is specified in models/m.bin.dvc and in train.");
        assertThat(verdict.hint()).contains("dvc remove models/m.bin.dvc");
    }

    @Test
    void whereReadingTellsTheLineThatDvcStumblesOverThatIsTold() {
        StageRun.Problem problem = new StageRun.Problem(
                StageRun.Kind.PIPELINE_INVALID,
                "DVC cannot read dvc.yaml: unable to read: 'params.yaml', YAML file structure is corrupted");

        Verdict verdict = verdict(s -> {
            s.stages.replaceAll(stage -> new StageRun(
                    "", stage.name(), StageRun.Status.NOT_REACHED, null, 0, 0, List.of(), LogExcerpt.EMPTY, problem));
            s.pipelines.set(
                    0,
                    new PipelineFacts(
                            "",
                            s.pipelines.get(0).stages(),
                            null,
                            "line 4 of params.yaml is left over from a merge conflict (<<<<<<< HEAD)"));
            return s;
        });

        assertThat(verdict.message())
                .isEqualTo(
                        "0 of 3 stages ran. Stages prepare, train, evaluate cannot be run as they stand: dvc.yaml is refused"
                                + " by DVC: line 4 of params.yaml is left over from a merge conflict (<<<<<<< HEAD).");
        assertThat(verdict.hint())
                .isEqualTo("Mend params.yaml until 'dvc repro --dry' lists your stages, then commit it.");
        assertThat(verdict.where()).hasToString("params.yaml:4");
    }

    @Test
    void aStageWithoutACommandHasNotRun() {
        Verdict verdict = verdict(s -> {
            s.stages.remove(1);
            List<PipelineFacts.Stage> stages = s.pipelines.get(0).stages().stream()
                    .map(stage -> stage.name().equals("train") ? idle(stage) : stage)
                    .toList();
            s.pipelines.set(0, new PipelineFacts("", stages, null, null));
            return s;
        });

        assertThat(verdict.points()).isEqualTo(Points.of(6));
        assertThat(verdict.message()).contains("'train' with a command");
    }

    @Test
    void whatHadToBeMendedIsNamedAndCostsAShare() {
        Verdict verdict = verdict(s -> {
            s.repairs.add(new Repair("prepare", Repair.Kind.OUTPUT_TRACKED, "data/clean.csv"));
            s.repairs.add(new Repair("train", Repair.Kind.FOLDER_MADE, "logs"));
            s.repairs.add(new Repair("train", Repair.Kind.STORE_SET_ASIDE, "mlflow.db"));
            return s;
        });

        assertThat(verdict.points()).isEqualTo(Points.parse("8.4"));
        assertThat(verdict.message())
                .isEqualTo(
                        "3 stages ran, but only after the harness had made folders that a clean clone lacks, for Git keeps no"
                                + " empty ones: 'logs' for train; and only after the harness had taken out committed MLflow records that"
                                + " name folders of the machine they were made on: 'mlflow.db' for train.");
        assertThat(verdict.hint())
                .isEqualTo(
                        "Make the folder in the script before anything is written to it: os.makedirs(folder, exist_ok=True)."
                                + " Take the records out of Git and name them in .gitignore: git rm -r --cached mlflow.db.");
    }

    /** DVC tries such a stage although the one that makes the file could not run. */
    @Test
    void aStageThatLacksWhatAnotherMakesFaresAsThatOne() {
        Verdict verdict = verdict(s -> {
            s.stages.set(0, SampleEvidence.problem("prepare", StageRun.Kind.DATA_UNREACHABLE, "data/raw.csv is gone"));
            s.stages.set(
                    1, failed("train", "FileNotFoundError: [Errno 2] No such file or directory: './data/clean.csv'"));
            s.stages.set(2, failed("evaluate", "FileNotFoundError: [Errno 2] No such file or directory: 'other.csv'"));
            return s;
        });

        assertThat(verdict.message())
                .contains("Stage evaluate (dvc.yaml:17) failed with exit code 1")
                .contains(
                        "Stage train (dvc.yaml:9) could not be tried to its end: it reads data/clean.csv, which stage prepare"
                                + " makes, and that stage did not run.");
        assertThat(verdict.points())
                .as("two of three at the price of data out of reach")
                .isEqualTo(Points.of(3));
    }

    @Test
    void stagesThatLackSomethingOfEachOtherHaveBothFailed() {
        Verdict verdict = verdict(s -> {
            s.stages.set(
                    0, failed("prepare", "FileNotFoundError: [Errno 2] No such file or directory: 'models/model.pkl'"));
            s.stages.set(
                    1, failed("train", "FileNotFoundError: [Errno 2] No such file or directory: 'data/clean.csv'"));
            return s;
        });

        assertThat(verdict.points()).isEqualTo(Points.of(3));
    }

    private static StageRun failed(String name, String error) {
        return SampleEvidence.failed(name, 1, StageRun.Kind.EXIT_CODE, "exit code 1", error, LimitHits.NONE);
    }

    private static PipelineFacts.Stage idle(PipelineFacts.Stage stage) {
        return new PipelineFacts.Stage(
                stage.name(), List.of(""), "", stage.deps(), stage.outs(), stage.params(), false, false, stage.where());
    }
}
