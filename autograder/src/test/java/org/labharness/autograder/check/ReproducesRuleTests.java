package org.labharness.autograder.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.sample.SampleEvidence;
import org.labharness.autograder.sample.SampleLab;
import org.labharness.lab.Check;
import org.labharness.lab.CheckSpec;
import org.labharness.lab.Points;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.Repair;
import org.labharness.pipeline.evidence.StageRun;

class ReproducesRuleTests {
    private static final Check CHECK = SampleLab.check(new CheckSpec.Reproduces(List.of()), 9, null);

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

    private static PipelineFacts.Stage idle(PipelineFacts.Stage stage) {
        return new PipelineFacts.Stage(
                stage.name(), List.of(""), "", stage.deps(), stage.outs(), stage.params(), false, false, stage.where());
    }
}
