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

    private static PipelineFacts.Stage idle(PipelineFacts.Stage stage) {
        return new PipelineFacts.Stage(
                stage.name(), List.of(""), "", stage.deps(), stage.outs(), stage.params(), false, false, stage.where());
    }
}
