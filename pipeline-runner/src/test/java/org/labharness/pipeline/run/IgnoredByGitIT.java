package org.labharness.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.labharness.pipeline.evidence.StageRun;

/** DVC goes by the lines of {@code .gitignore} alone, and says nothing of the stages that it passes over. What is committed counts. */
@Timeout(300)
class IgnoredByGitIT {
    private static final String TWO_STAGES = """
            stages:
              first: {cmd: echo 1 > one.txt, outs: [one.txt]}
              second: {cmd: cp one.txt two.txt, deps: [one.txt], outs: [two.txt]}
            """;

    @RegisterExtension
    static final RealEngine ENGINE = new RealEngine();

    @Test
    void a_committed_pipeline_is_run_though_everything_is_ignored() throws Exception {
        Scene.Outcome outcome = ENGINE.play(
                new Scene().committed(".gitignore", "*\n!*.py\n!.gitignore\n").committed("dvc.yaml", TWO_STAGES));

        outcome.everyStageRan();
        assertThat(outcome.again().orElseThrow().stages()).isEmpty();
    }

    @Test
    void a_lock_is_written_though_locks_are_ignored() throws Exception {
        Scene.Outcome outcome =
                ENGINE.play(new Scene().committed(".gitignore", "*.lock\n").committed("dvc.yaml", TWO_STAGES));

        outcome.everyStageRan();
        assertThat(outcome.again().orElseThrow().stages()).isEmpty();
    }

    @Test
    void committed_pipelines_in_ignored_folders_are_run() throws Exception {
        Scene.Outcome outcome = ENGINE.play(new Scene()
                .committed(".gitignore", "/experiments/\n")
                .committed("dvc.yaml", TWO_STAGES)
                .committed("experiments/deep/dvc.yaml", TWO_STAGES));

        outcome.everyStageRan();
        assertThat(outcome.facts().stages())
                .extracting(StageRun::fullName)
                .contains("first", "second", "experiments/deep/first", "experiments/deep/second");
        assertThat(outcome.again().orElseThrow().stages()).isEmpty();
    }

    @Test
    void a_stage_may_write_a_line_that_hides_the_pipeline_itself() throws Exception {
        Scene.Outcome outcome = ENGINE.play(new Scene().committed("dvc.yaml", TWO_STAGES + """
                  clean: {cmd: echo '*.yaml' >> .gitignore && cp two.txt three.txt, deps: [two.txt], outs: [three.txt]}
                """));

        outcome.everyStageRan();
        assertThat(outcome.again().orElseThrow().stages()).isEmpty();
    }

    /** As MLflow keeps the code beside a model. */
    @Test
    void copies_of_a_pipeline_that_a_run_leaves_in_ignored_folders_are_none() throws Exception {
        Scene.Outcome outcome = ENGINE.play(new Scene()
                .committed(".gitignore", "/mlruns/\n")
                .committed("mlruns/README.md", "Kept.\n")
                .committed("dvc.yaml", TWO_STAGES + """
                          log: {cmd: mkdir -p mlruns/0/code && cp dvc.yaml mlruns/0/code/ && cp two.txt three.txt, deps: [two.txt], outs: [three.txt]}
                        """));

        outcome.everyStageRan();
        assertThat(outcome.facts().stages()).hasSize(3);
        assertThat(outcome.again().orElseThrow().stages()).isEmpty();
    }
}
