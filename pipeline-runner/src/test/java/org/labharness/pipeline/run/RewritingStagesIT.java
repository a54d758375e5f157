package org.labharness.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tools write into committed files while a pipeline runs. That is their way, and no fault of whoever uses them. */
@Timeout(300)
class RewritingStagesIT {
    /** As DVCLive leaves the file: read and written anew, comments kept or not, with lists of its own at the top level. */
    private static final String LIKE_DVCLIVE = """
            import json, os
            os.makedirs("dvclive/plots/metrics", exist_ok=True)
            json.dump({"loss": 0.5}, open("dvclive/metrics.json", "w"))
            open("dvclive/plots/metrics/loss.tsv", "w").write("step\\tloss\\n0\\t0.5\\n")
            open("dvclive/params.yaml", "w").write("trees: 100\\n")
            pipeline = open("dvc.yaml").read()
            if "params:\\n- dvclive" not in pipeline:
                pipeline += "params:\\n- dvclive/params.yaml\\nmetrics:\\n- dvclive/metrics.json\\n"
                pipeline += "plots:\\n- dvclive/plots/metrics:\\n    x: step\\n"
                open("dvc.yaml", "w").write(pipeline)
            """;

    @RegisterExtension
    static final RealEngine ENGINE = new RealEngine();

    private static void nothingIsSaidOf(Scene.Outcome outcome) {
        outcome.everyStageRan();
        assertThat(outcome.again().orElseThrow().stages()).isEmpty();
        assertThat(outcome.facts().repairs()).isEmpty();
        assertThat(outcome.facts().undeclared()).isEmpty();
    }

    @Test
    void the_pipelines_own_file_may_get_entries_that_name_metrics_plots_and_params() throws Exception {
        Scene.Outcome outcome =
                ENGINE.play(new Scene().file("train.py", LIKE_DVCLIVE).committed("dvc.yaml", """
                        stages:
                          train: {cmd: python3 train.py, deps: [train.py], outs: [dvclive: {cache: false}]}
                          report: {cmd: cp dvclive/metrics.json report.json, deps: [dvclive/metrics.json], outs: [report.json]}
                        """));

        nothingIsSaidOf(outcome);
        assertThat(outcome.facts().stages()).hasSize(2);
        assertThat(outcome.tree()).contains("dvclive/params.yaml", "report.json");
    }

    @Test
    void a_committed_setting_and_what_dvc_ignores_may_be_written_anew() throws Exception {
        nothingIsSaidOf(ENGINE.play(new Scene()
                .committed("config.json", "{\"trees\": 100, \"best\": null}")
                .committed(".dvc/config", "[core]\n    autostage = true\n")
                .committed(".dvc/.gitignore", "/config.local\n/tmp\n/cache\n")
                .file("tune.py", """
                        import json
                        config = json.load(open("config.json"))
                        config["best"] = config["trees"] // 2
                        json.dump(config, open("config.json", "w"), indent=4)
                        open(".dvc/.gitignore", "w").write("/cache\\n/config.local\\n/tmp\\n")
                        open("best.txt", "w").write(str(config["best"]))
                        """)
                .file("dvc.yaml", """
                        stages:
                          tune: {cmd: python3 tune.py, deps: [tune.py], outs: [best.txt]}
                          use: {cmd: cat best.txt config.json > used.txt, deps: [best.txt], outs: [used.txt]}
                        """)));
    }

    /** What a stage changes that it or another one depends on would make DVC run it again: that is told, for it is so on any machine. */
    @Test
    void a_dependency_that_a_later_stage_writes_anew_is_told_by_the_second_run_alone() throws Exception {
        Scene.Outcome outcome =
                ENGINE.play(new Scene().committed("config.json", "{}").file("dvc.yaml", """
                        stages:
                          read: {cmd: cp config.json copy.json, deps: [config.json], outs: [copy.json]}
                          write: {cmd: cp copy.json out.json && echo 1 > config.json, deps: [copy.json], outs: [out.json]}
                        """));

        outcome.everyStageRan();
        assertThat(outcome.again().orElseThrow().stages())
                .extracting(rerun -> rerun.stage() + ": " + rerun.reason())
                .containsExactly("read: dependency config.json changed");
    }
}
