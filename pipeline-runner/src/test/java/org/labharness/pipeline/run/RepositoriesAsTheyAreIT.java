package org.labharness.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.lab.RunSpec;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.Repair;
import org.labharness.pipeline.evidence.RunFacts;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Kind;
import org.labharness.pipeline.evidence.StageRun.Status;

/** Habits of honest people, each run for real: where nothing is wrong with the work, every stage has to run. */
@Timeout(300)
class RepositoriesAsTheyAreIT {
    @RegisterExtension
    static final RealEngine ENGINE = new RealEngine();

    private static Scene.Outcome play(Scene scene) throws Exception {
        return ENGINE.play(scene);
    }

    @Test
    void an_output_that_git_tracks_too_is_taken_and_named() throws Exception {
        Scene.Outcome outcome = play(new Scene()
                .committed("models/model.txt", "old")
                .committed("plots/a.txt", "old")
                .file("dvc.yaml", """
                        stages:
                          train: {cmd: mkdir -p models && echo new > models/model.txt, outs: [models/model.txt]}
                          plot: {cmd: mkdir -p plots && cp models/model.txt plots/b.txt, deps: [models/model.txt], outs: [plots]}
                        """));

        outcome.everyStageRan();
        assertThat(outcome.facts().repairs())
                .containsExactlyInAnyOrder(
                        new Repair("train", Repair.Kind.OUTPUT_TRACKED, "models/model.txt"),
                        new Repair("plot", Repair.Kind.OUTPUT_TRACKED, "plots"));
        assertThat(outcome.again().orElseThrow().stages()).isEmpty();
    }

    /** DVC runs commands in the user's own shell, which is bash or one that knows as much; archives are opened by the usual tools. */
    @Test
    void commands_may_be_written_for_bash_and_use_the_usual_tools() throws Exception {
        play(new Scene().file("env.sh", "export NAME=a\n").file("dvc.yaml", """
                stages:
                  make:
                    cmd:
                    - mkdir -p data/{raw,clean}
                    - set -euo pipefail && source ./env.sh && if [[ $NAME == a ]]; then echo "$NAME" | tee data/raw/x.csv; fi
                    - cd data/raw && zip -q ../x.zip x.csv
                    outs: [data/x.zip]
                  open: {cmd: unzip -p data/x.zip > x.csv && diff <(cat x.csv) data/raw/x.csv, deps: [data/x.zip], outs: [x.csv]}
                """))
                .everyStageRan();
    }

    private static final String DOWNLOAD = """
            stages:
              download:
                cmd: mkdir -p data && echo half > data/raw.csv && python3 -c "import urllib.request; urllib.request.urlopen('http://data.example.org/raw.csv')"
                outs: [data/raw.csv]
              count: {cmd: wc -l < data/raw.csv > rows.txt, deps: [data/raw.csv], outs: [rows.txt]}
            """;
    private static final String LOCK = """
            schema: '2.0'
            stages:
              download:
                cmd: whatever
                outs:
                - {path: data/raw.csv, hash: md5, md5: 60b725f10c9c85c70d97880dfe8191b3, size: 2}
            """;

    private static void laterStagesRanOnWhatIsRecorded(Scene.Outcome outcome) {
        assertThat(outcome.stage("download").status()).isEqualTo(Status.FAILED);
        assertThat(outcome.stage("download").failedByItself()).isTrue();
        assertThat(outcome.words("download")).contains("name resolution");
        assertThat(outcome.stage("count").status()).isEqualTo(Status.RAN);
        assertThat(outcome.tree()).contains("data/raw.csv", "rows.txt");
        assertThat(outcome.facts().repairs())
                .contains(new Repair("download", Repair.Kind.OUTPUT_PLACED, "data/raw.csv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n", "a\r\n"})
    void what_a_download_once_brought_is_taken_from_git(String content) throws Exception {
        laterStagesRanOnWhatIsRecorded(play(new Scene()
                .committed("data/raw.csv", content)
                .file("dvc.lock", LOCK)
                .file("dvc.yaml", DOWNLOAD)));
    }

    @Test
    void what_a_download_once_brought_is_taken_from_a_remote_inside_the_repository() throws Exception {
        laterStagesRanOnWhatIsRecorded(play(new Scene()
                .file(".dvc/config", "[core]\n    remote = inside\n['remote \"inside\"']\n    url = ../storage\n")
                .file("storage/files/md5/60/b725f10c9c85c70d97880dfe8191b3", "a\n")
                .file("dvc.lock", LOCK)
                .file("dvc.yaml", DOWNLOAD)));
    }

    private static Scene lacking(String committed) {
        return new Scene()
                .data(new DataFacts("raw.csv", "raw.csv.dvc", 2, DataFacts.Presence.NOT_PUSHED, "it was never pushed"))
                .file(
                        "raw.csv.dvc",
                        "outs:\n- md5: d41d8cd98f00b204e9800998ecf8427e\n  size: 2\n  hash: md5\n  path: raw.csv\n")
                .committed("clean.csv", committed)
                .file("dvc.lock", """
                        schema: '2.0'
                        stages:
                          clean:
                            cmd: sort raw.csv > clean.csv
                            deps:
                            - {path: raw.csv, hash: md5, md5: d41d8cd98f00b204e9800998ecf8427e, size: 2}
                            outs:
                            - {path: clean.csv, hash: md5, md5: 60b725f10c9c85c70d97880dfe8191b3, size: 2}
                        """)
                .file("dvc.yaml", """
                        stages:
                          clean: {cmd: sort raw.csv > clean.csv, deps: [raw.csv], outs: [clean.csv: {cache: false}]}
                          count: {cmd: wc -l < clean.csv > rows.txt, deps: [clean.csv], outs: [rows.txt]}
                          copy: {cmd: cp raw.csv copy.csv, deps: [raw.csv], outs: [copy.csv]}
                        """);
    }

    @Test
    void what_a_stage_that_lacks_its_data_once_made_is_taken_from_git() throws Exception {
        Scene.Outcome outcome = play(lacking("a\n"));

        assertThat(outcome.stage("clean").status()).isEqualTo(Status.NOT_REACHED);
        assertThat(outcome.words("clean")).contains("raw.csv", "never pushed");
        assertThat(outcome.words("copy")).contains("raw.csv", "never pushed");
        assertThat(outcome.stage("count").status()).isEqualTo(Status.RAN);
        assertThat(outcome.facts().repairs())
                .containsExactly(new Repair("clean", Repair.Kind.OUTPUT_PLACED, "clean.csv"));
        assertThat(outcome.tree()).contains("clean.csv", "rows.txt");
    }

    @Test
    void other_content_than_the_recorded_stands_in_for_no_stage() throws Exception {
        Scene.Outcome outcome = play(lacking("edited by hand\n"));

        assertThat(outcome.stage("clean").status()).isEqualTo(Status.NOT_REACHED);
        assertThat(outcome.stage("count").status()).isEqualTo(Status.NOT_REACHED);
        assertThat(outcome.facts().repairs()).isEmpty();
        assertThat(outcome.tree()).contains("clean.csv");
    }

    @Test
    void other_content_than_the_recorded_replaces_no_download() throws Exception {
        Scene.Outcome outcome = play(new Scene()
                .committed("data/raw.csv", "edited by hand\n")
                .file("dvc.lock", LOCK)
                .file("dvc.yaml", DOWNLOAD));

        assertThat(outcome.stage("download").status()).isEqualTo(Status.FAILED);
        assertThat(outcome.stage("count").status()).isEqualTo(Status.NOT_REACHED);
        assertThat(outcome.facts().repairs()).isEmpty();
    }

    @Test
    void a_command_that_fails_of_something_else_is_not_helped() throws Exception {
        Scene.Outcome outcome = play(new Scene()
                .committed("data/raw.csv", "a\n")
                .file("dvc.lock", LOCK)
                .file("dvc.yaml", DOWNLOAD.replace("python3 -c", "false || exit 3; python3 -c")));

        assertThat(outcome.stage("download").exit()).isEqualTo(3);
        assertThat(outcome.stage("count").status()).isEqualTo(Status.NOT_REACHED);
    }

    @Test
    void stages_may_ask_git_and_dvc() throws Exception {
        Scene.Outcome outcome =
                play(new Scene().committed("config.txt", "as committed\n").file("dvc.yaml", """
                        stages:
                          stamp:
                            cmd: git rev-parse HEAD > commit.txt && git status --porcelain > status.txt && git log -1 --format=%s | grep 'Hand in'
                            outs: [commit.txt, status.txt]
                          restore:
                            cmd: echo spoilt > config.txt && git checkout -- config.txt && cp config.txt restored.txt
                            deps: [commit.txt]
                            outs: [restored.txt]
                          checkout:
                            cmd: dvc checkout commit.txt && dvc --version > version.txt && dvc status > /dev/null
                            deps: [restored.txt]
                            outs: [version.txt]
                        """));

        outcome.everyStageRan();
        assertThat(outcome.tree()).contains("commit.txt", "restored.txt", "version.txt");
    }

    @Test
    void data_in_a_remote_inside_the_repository_is_brought() throws Exception {
        Scene.Outcome outcome = play(new Scene()
                .file(".dvc/config", "[core]\n    remote = inside\n['remote \"inside\"']\n    url = ../storage\n")
                .file("storage/files/md5/60/b725f10c9c85c70d97880dfe8191b3", "a\n")
                .file(
                        "raw.csv.dvc",
                        "outs:\n- md5: 60b725f10c9c85c70d97880dfe8191b3\n  size: 2\n  hash: md5\n  path: raw.csv\n")
                .data(new DataFacts("raw.csv", "raw.csv.dvc", 2, DataFacts.Presence.PRESENT, ""))
                .file("dvc.yaml", """
                        stages:
                          count: {cmd: wc -l < raw.csv > rows.txt, deps: [raw.csv], outs: [rows.txt]}
                        """));

        outcome.everyStageRan();
    }

    @Test
    void commands_for_the_shell_of_windows_are_run_in_that_of_linux() throws Exception {
        Scene.Outcome outcome = play(new Scene()
                .file("src/helper.py", "WORD = 'x'\n")
                .file("src/train.py", "from src.helper import WORD\nopen('out.txt', 'w').write(WORD)\n")
                .file("dvc.yaml", """
                        stages:
                          train: {cmd: 'set PYTHONPATH=. && python3 src\\train.py', outs: [out.txt]}
                        """));

        outcome.everyStageRan();
        assertThat(outcome.facts().repairs())
                .containsExactly(new Repair("train", Repair.Kind.COMMAND_REWRITTEN, "set PYTHONPATH=., src\\train.py"));
    }

    @Test
    void a_committed_store_that_names_another_machine_is_set_aside() throws Exception {
        Scene.Outcome outcome = play(new Scene()
                .committed(
                        "mlruns/0/meta.yaml",
                        "artifact_location: file:///C:/Users/me/lab/mlruns/0\nexperiment_id: '0'\nname: Default\n")
                .committed("broken/0/meta.yaml", "artifact_location: file:///home/me/lab\nexperiment_id: '0'\n")
                .file("log.py", """
                        import os, re, sys
                        meta = sys.argv[1] + "/0/meta.yaml"
                        place = "fresh"
                        if os.path.exists(meta):
                            place = re.search("file://(.*)", open(meta).read()).group(1)
                        os.makedirs(place + "/artifacts"); open(place + "/artifacts/model", "w").close()
                        assert sys.argv[1] != "broken"
                        open("out.txt", "w").write(place)
                        """)
                .file("dvc.yaml", """
                        stages:
                          train: {cmd: python3 log.py mlruns, deps: [log.py], outs: [out.txt]}
                          spoilt: {cmd: python3 log.py broken, deps: [out.txt]}
                        """));

        assertThat(outcome.stage("train").status()).isEqualTo(Status.RAN);
        assertThat(outcome.facts().repairs())
                .containsExactly(new Repair("train", Repair.Kind.STORE_SET_ASIDE, "mlruns"));
        assertThat(outcome.words("spoilt")).contains("/home/me");
        assertThat(outcome.tree())
                .contains("broken/0/meta.yaml", "fresh/artifacts/model")
                .doesNotContain("mlruns/0/meta.yaml");
    }

    @Test
    void folders_that_git_cannot_keep_are_made_and_named() throws Exception {
        Scene.Outcome outcome = play(new Scene()
                .file("log.py", "open('logs/deep/run.log', 'w').write('x'); open('out.txt', 'w').write('x')")
                .file("nowhere.py", "open('no/such/place.csv').read()")
                .file("dvc.yaml", """
                        stages:
                          python: {cmd: python3 log.py, outs: [out.txt]}
                          shell: {cmd: echo x > reports/r.txt, outs: [reports/r.txt]}
                          copy: {cmd: cp out.txt results/copy.txt, deps: [out.txt], outs: [results/copy.txt]}
                          reader: {cmd: python3 nowhere.py, outs: [never.txt]}
                        """));

        assertThat(outcome.facts().stages())
                .extracting(stage -> stage.name() + " " + stage.status())
                .containsExactlyInAnyOrder("python RAN", "shell RAN", "copy RAN", "reader FAILED");
        assertThat(outcome.facts().repairs())
                .containsExactlyInAnyOrder(
                        new Repair("python", Repair.Kind.FOLDER_MADE, "logs/deep"),
                        new Repair("shell", Repair.Kind.FOLDER_MADE, "reports"),
                        new Repair("copy", Repair.Kind.FOLDER_MADE, "results"));
        assertThat(outcome.stage("reader").problem())
                .as("the failure of a clean clone, not that of the repetition")
                .isEqualTo(new StageRun.Problem(
                        Kind.EXIT_CODE,
                        "ended with exit code 1: FileNotFoundError: [Errno 2] No such file or directory:"
                                + " 'no/such/place.csv'"));
    }

    @Test
    void the_folder_of_data_that_cannot_be_had_is_not_made() throws Exception {
        Scene.Outcome outcome = play(new Scene()
                .data(new DataFacts(
                        "data/raw.csv", "data/raw.csv.dvc", 10, DataFacts.Presence.NOT_PUSHED, "it was never pushed"))
                .file("dvc.yaml", """
                        stages:
                          read: {cmd: cat data/raw.csv > rows.txt, outs: [rows.txt]}
                        """));

        assertThat(outcome.stage("read").status()).isEqualTo(Status.FAILED);
        assertThat(outcome.facts().repairs()).isEmpty();
    }

    @Test
    void nobody_needs_a_screen_a_network_or_a_keyboard_to_fail_at_once() throws Exception {
        Scene.Outcome outcome = play(new Scene()
                .file("matplotlib/__init__.py", "def use(backend, *, force=True): print('backend', backend, force)")
                .file("plot.py", """
                        import tkinter
                        from tkinter import ttk, filedialog
                        import matplotlib
                        matplotlib.use("TkAgg", force=False)
                        try:
                            tkinter.Tk()
                        except tkinter.TclError as problem:
                            print(problem)
                        """)
                .file("download.py", "import urllib.request; urllib.request.urlopen('https://example.org/model.bin')")
                .file("requirements.txt", "# none\n")
                .file("ask.py", "input('How many trees? ')")
                .file("dvc.yaml", """
                        stages:
                          plot: {cmd: python3 plot.py > plot.txt && grep 'backend agg False' plot.txt, outs: [plot.txt]}
                          download: {cmd: python3 download.py, outs: [model.bin]}
                          ask: {cmd: python3 ask.py, outs: [answer.txt]}
                          install: {cmd: pip install -q "torch>=2" -r requirements.txt && touch done.txt, outs: [done.txt]}
                        """));

        assertThat(outcome.stage("plot").status()).isEqualTo(Status.RAN);
        assertThat(outcome.words("download")).contains("urlopen error", "name resolution");
        assertThat(outcome.words("ask")).contains("EOFError");
        assertThat(outcome.words("install"))
                .contains("pip cannot install torch: no package index is in reach while grading");
        assertThat(outcome.facts().stages())
                .allSatisfy(stage -> assertThat(stage.seconds()).isLessThan(15));
    }

    @Test
    void an_mlproject_in_a_folder_runs_there_with_typed_parameters() throws Exception {
        Scene scene = new Scene()
                .run(new RunSpec.MlProject("train", Map.of("alpha", "0.25")))
                .file("project/mlproject", """
                        name: scene
                        conda_env: conda.yaml
                        entry_points:
                          train:
                            parameters:
                              alpha: float
                              depth: {type: float, default: 3}
                              data: {type: path, default: data/rows.csv}
                              out: {type: string, default: "a b"}
                            command: "cat {data} > rows.txt && echo {alpha} {depth} {out} > said.txt && echo {data} >> said.txt"
                        """)
                .file("project/data/rows.csv", "1\n");
        Scene.Outcome outcome = play(scene);

        outcome.everyStageRan();
        assertThat(outcome.facts().kind()).isEqualTo(RunFacts.Kind.MLPROJECT);
        assertThat(outcome.tree()).contains("project/rows.txt", "project/said.txt");
    }

    @Test
    void what_an_mlproject_lacks_is_said_before_anything_runs() throws Exception {
        String project = """
                entry_points:
                  main:
                    parameters:
                      alpha: float
                      data: {type: path, default: rows.csv}
                    command: "python train.py {alpha} {data}"
                """;
        RunSpec plain = new RunSpec.MlProject("main", Map.of());
        RunSpec given = new RunSpec.MlProject("main", Map.of("alpha", "1"));

        assertThat(play(new Scene().run(given).file("MLproject", project))
                        .facts()
                        .notRun())
                .isEqualTo(
                        "entry point 'main' of MLproject needs the file 'rows.csv' for its parameter 'data', which is not in"
                                + " the repository");
        assertThat(play(new Scene().run(plain).file("MLproject", project).file("rows.csv", ""))
                        .facts()
                        .notRun())
                .contains("needs the parameter 'alpha', which has no default and which the lab does not give");
    }

    @Test
    void without_a_main_every_entry_point_that_can_be_run_is() throws Exception {
        Scene.Outcome outcome = play(new Scene().file("MLproject", """
                name: two models
                entry_points:
                  knn: {command: python3 -c 'raise SystemExit(3)'}
                  elasticnet:
                    parameters: {alpha: {type: float, default: 0.5}}
                    command: echo {alpha} > elasticnet.txt
                  tune:
                    parameters: {trials: int}
                    command: echo {trials}
                """));

        assertThat(outcome.facts().kind()).isEqualTo(RunFacts.Kind.MLPROJECT);
        assertThat(outcome.facts().stages())
                .extracting(stage -> stage.name() + " " + stage.status())
                .containsExactly("knn FAILED", "elasticnet RAN");
        assertThat(outcome.tree()).contains("elasticnet.txt");
    }

    @Test
    void a_makefile_is_run_where_nothing_else_says_how() throws Exception {
        Scene.Outcome outcome = play(new Scene().file("Makefile", """
                PYTHON := python3
                .PHONY: install train
                install:
                \tpip install -r requirements.txt
                train: model.txt
                model.txt:
                \t@mkdir -p out && echo made > model.txt
                """.replace("\\t", "\t")));

        outcome.everyStageRan();
        assertThat(outcome.facts().stages()).extracting(StageRun::name).containsExactly("make train");
        assertThat(outcome.tree()).contains("model.txt");
        assertThat(play(new Scene()
                                .run(new RunSpec.Commands(List.of("make model.txt")))
                                .file("Makefile", "model.txt:\n\ttouch model.txt\n"))
                        .tree())
                .contains("model.txt");
    }

    /** As where its author ran it: one machine, one folder for what is temporary. */
    @Test
    void stages_find_in_the_folder_for_temporary_files_what_those_before_them_left() throws Exception {
        play(new Scene().file("dvc.yaml", """
                stages:
                  prepare: {cmd: seq 9 > /tmp/rows.txt && mkdir -p ~/.cache/mine && touch done.txt, outs: [done.txt]}
                  train: {cmd: wc -l < /tmp/rows.txt > out.txt && ls -d ~/.cache/mine, deps: [done.txt], outs: [out.txt]}
                """)).everyStageRan();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlruns", "work/mlflow.db", "mlruns/"})
    void a_store_that_a_stage_declares_is_written_where_it_is_declared(String store) throws Exception {
        Scene.Outcome outcome = play(new Scene()
                .file("log.py", """
                        import os, sys
                        assert "MLFLOW_TRACKING_URI" not in os.environ
                        path = sys.argv[1] + ("meta.yaml" if sys.argv[1].endswith("/") else "")
                        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
                        open(path, "w").write("x")
                        """)
                .file("dvc.yaml", "stages:\n  train: {cmd: python3 log.py %1$s, outs: [%1$s]}\n".formatted(store)));

        outcome.everyStageRan();
    }

    @Test
    void an_output_that_a_file_of_dvc_keeps_as_well_is_named_with_both() throws Exception {
        Scene.Outcome outcome = play(new Scene()
                .file(
                        "models/m.bin.dvc",
                        "outs:\n- md5: 60b725f10c9c85c70d97880dfe8191b3\n  size: 2\n  hash: md5\n  path: m.bin\n")
                .file("dvc.yaml", """
                        stages:
                          train: {cmd: mkdir -p models && echo b > models/m.bin, outs: [models/m.bin]}
                        """));

        assertThat(outcome.words("train"))
                .matches("DVC cannot run the pipeline: output 'models/m\\.bin' is specified in "
                        + "(train and in models/m\\.bin\\.dvc|models/m\\.bin\\.dvc and in train)");
    }
}
