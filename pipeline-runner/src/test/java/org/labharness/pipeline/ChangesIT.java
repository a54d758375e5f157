package org.labharness.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.InterventionFacts;
import org.labharness.pipeline.evidence.InterventionFacts.Matter;
import org.labharness.pipeline.evidence.StageRun;

/** Real runs after real changes. */
@Timeout(300)
class ChangesIT {
    private static final String PIPELINE = """
            stages:
              split:
                cmd: python split.py
                deps: [data.csv, split.py]
                params: [%1$sseed]
                outs: [train.csv]
              fit:
                cmd: python fit.py
                deps: [train.csv, fit.py]
                params: [%1$sfit.trees]
                metrics:
                  - scores.json: {cache: false}
            """;
    private static final String SPLIT = """
            rows = open("data.csv").read().splitlines()
            open("train.csv", "w").write("\\n".join(rows[: len(rows) // 2 + 1]))
            """;
    private static final String FIT = """
            import json
            rows = [row.split(",") for row in open("train.csv").read().splitlines()[1:]]
            json.dump({"share": round(sum(int(x) % 2 == int(y) for x, y in rows) / len(rows), 4)}, open("scores.json", "w"))
            """;
    private static final String DATA = "x,y\n"
            + java.util.stream.IntStream.range(0, 200)
                    .mapToObj(x -> x + "," + x % 2)
                    .collect(Collectors.joining("\n"));

    @RegisterExtension
    static final WholeRun RUN = new WholeRun();

    @TempDir
    Path folder;

    private final List<Progress.Event> events = new ArrayList<>();
    private final Map<String, String> earlier = new java.util.HashMap<>();
    private String time = "60s";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                params.yaml    |                | seed: 1\\nfit: {trees: 5}              # flow
                params.yaml    |                | seed: 1\\nfit:\\n  trees: 5   # a comment
                params.json    | params.json:   | {"seed": 1, "fit": {"trees": 5}}
                params.toml    | params.toml:   | seed = 1\\n[fit]\\ntrees = 5 # trees
                params.py      | params.py:     | seed = 1\\nclass fit:\\n    trees = 5
                """)
    void a_parameter_runs_the_stage_that_declares_it_alone(String file, String prefix, String content)
            throws IOException {
        String pipeline = prefix == null
                ? PIPELINE.formatted("")
                : PIPELINE.replace("[%1$sseed]", "[{" + prefix + " [seed]}]")
                        .replace("[%1$sfit.trees]", "[{" + prefix + " [fit.trees]}]");
        Evidence evidence = run(
                Map.of("dvc.yaml", pipeline, file, content.replace("\\n", "\n") + "\n"),
                "parameter-change: {set: {fit.trees: 9}}",
                "parameter-change: any");

        assertThat(evidence.interventions()).hasSize(2).allSatisfy(change -> {
            assertThat(change.untried()).isNull();
            assertThat(change.ran()).containsExactly("fit");
            assertThat(change.changedInputs()).isEqualTo(Map.of("fit", List.of("fit.trees")));
        });
        assertThat(evidence.interventions().get(0).change())
                .isEqualTo("fit.trees in " + file + " was changed from 5 to 9");
        assertThat(evidence.interventions().get(1).change())
                .isEqualTo("fit.trees in " + file + " was changed from 5 to 6");
    }

    @Test
    void a_parameter_of_a_template_is_the_commands_own() throws IOException {
        Evidence evidence = run(
                Map.of(
                        "dvc.yaml",
                        PIPELINE.formatted("").replace("cmd: python fit.py", "cmd: python fit.py ${fit.trees}"),
                        "params.yaml",
                        "seed: 1\nfit: {trees: 5}\n"),
                "parameter-change: {set: {fit.trees: 5}}");

        InterventionFacts change = evidence.interventions().getFirst();
        assertThat(change.change()).as("it has the value already").contains("from 5 to 6");
        assertThat(change.ran()).containsExactly("fit");
        assertThat(change.changedInputs().get("fit")).contains("cmd");
    }

    @Test
    void a_parameter_that_is_not_there_is_no_fault_of_the_harness() throws IOException {
        Evidence evidence = run(pipeline(), "parameter-change: {set: {fit.depth: 5}}");

        assertThat(Objects.requireNonNull(evidence.interventions().getFirst().untried())
                        .matter())
                .isEqualTo(Matter.THEIRS);
    }

    @Test
    void fresh_copies_hold_nothing_of_the_first_run() throws IOException {
        String lazy = """
                    import os, json
                    if not os.path.exists("/tmp/kept") and not os.path.exists("kept"):
                        open("/tmp/kept", "w").write("x")
                        open("kept", "w").write("x")
                        json.dump({"first": 1.5}, open("scores.json", "w"))
                    else:
                        json.dump({"first": 0.5}, open("scores.json", "w"))
                    """;
        Evidence evidence = run(with("fit.py", lazy), "seed-repeats: {tolerance: 0}");

        assertThat(evidence.interventions().getFirst().metrics()).containsEntry("scores.json", Map.of("first", 1.5));
    }

    @Test
    void fresh_copies_have_a_tracking_server_without_the_first_runs() throws IOException {
        String tracked = """
                    import json, os, urllib.request
                    def call(path, body):
                        request = urllib.request.Request(
                            os.environ["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow/" + path,
                            json.dumps(body).encode(), {"Content-Type": "application/json"})
                        return json.load(urllib.request.urlopen(request))
                    run = call("runs/create", {"experiment_id": "0", "start_time": 1})["run"]["info"]["run_id"]
                    call("runs/update", {"run_id": run, "status": "FINISHED"})
                    found = call("runs/search", {"experiment_ids": ["0"], "max_results": 10})["runs"]
                    json.dump({"runs": len(found)}, open("scores.json", "w"))
                    """;
        Evidence evidence = run(
                with("fit.py", tracked),
                "mlflow-runs: {min: 1}",
                "parameter-change: {set: {fit.trees: 9}}",
                "seed-repeats: {tolerance: 0}");

        assertThat(evidence.tracking().getFirst().newRuns()).hasSize(1);
        assertThat(change(evidence, "values").metrics()).containsEntry("scores.json", Map.of("runs", 2.0));
        assertThat(change(evidence, "values").runs())
                .as("those of the first run are not new")
                .hasSize(1);
        assertThat(change(evidence, "repeat").metrics()).containsEntry("scores.json", Map.of("runs", 1.0));
        assertThat(change(evidence, "repeat").runs()).hasSize(1);
    }

    @Test
    void copies_can_be_made_of_trees_that_no_path_reaches() throws IOException {
        String deep = """
                    import os
                    here = os.getcwd()
                    for _ in range(60):
                        os.mkdir("d" * 100)
                        os.chdir("d" * 100)
                    os.chdir(here)
                    """;
        Evidence evidence = run(with("split.py", SPLIT + deep), "seed-repeats: {tolerance: 0}");

        assertThat(evidence.interventions()).singleElement().satisfies(change -> {
            assertThat(change.untried()).isNull();
            assertThat(change.failed()).isFalse();
        });
    }

    @Test
    void hostile_trees_are_never_written_through_a_link() throws IOException {
        Path target = folder.resolve("target.yaml");
        Files.writeString(target, "fit: {trees: 5}\n");
        String linking = SPLIT + """
                    import os
                    os.remove("params.yaml")
                    os.symlink("%s", "params.yaml")
                    """.formatted(target);
        Evidence evidence = run(
                with("split.py", linking).entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> entry.getKey().equals("dvc.yaml")
                                        ? entry.getValue().replaceAll("    params: .*\n", "")
                                        : entry.getValue())),
                "parameter-change: {set: {fit.trees: 9}}");

        assertThat(Objects.requireNonNull(evidence.interventions().getFirst().untried())
                        .matter())
                .isEqualTo(Matter.THEIRS);
        assertThat(target).hasContent("fit: {trees: 5}");
    }

    @Test
    void other_data_moves_what_is_computed_and_shuffled_labels_tell_what_is_not() throws IOException {
        Files.createDirectories(folder.resolve("lab"));
        Files.writeString(
                folder.resolve("lab/other.csv"), DATA.replace("1,1", "1,0").replace("3,1", "3,0"));
        Evidence evidence = run(
                pipeline(),
                "data-swapped: {files: {data.csv: other.csv}, metric: share}",
                "labels-shuffled: {data: data.csv, label: y, file: scores.json, metric: share, chance: 0.5, at-most: 0.4}");

        assertThat(evidence.metrics().getFirst().reproduced()).containsEntry("share", 1.0);
        double swapped = share(change(evidence, "data"));
        double shuffled = share(change(evidence, "labels"));
        assertThat(swapped).isBetween(0.7, 0.99);
        assertThat(shuffled).isBetween(0.3, 0.7);
    }

    @Test
    void other_data_is_put_there_in_the_form_of_the_submissions_own() throws IOException {
        Files.createDirectories(folder.resolve("lab"));
        Files.writeString(
                folder.resolve("lab/other.csv"), DATA.replace("1,1", "1,0").replace("3,1", "3,0"));
        Map<String, String> files = new java.util.HashMap<>(with("data.csv", turned(DATA)));
        files.put("fit.py", FIT.replace("split(\",\")", "split(\";\")").replace("for x, y in", "for y, x in"));
        Evidence evidence = run(files, "data-swapped: {files: {data.csv: other.csv}, metric: share}");
        Files.writeString(folder.resolve("lab/other.csv"), DATA.replace("x,y", "x,z"));
        Evidence misfit = run(files, "data-swapped: {files: {data.csv: other.csv}, metric: share}");

        assertThat(evidence.interventions().getFirst().failed()).isFalse();
        assertThat(share(evidence.interventions().getFirst())).isBetween(0.7, 0.99);
        assertThat(Objects.requireNonNull(change(misfit, "data").untried()).matter())
                .isEqualTo(Matter.OURS);
    }

    /** The same table with other columns first, parted by semicolons. */
    private static String turned(String table) {
        return table.lines()
                .map(line -> line.replaceFirst("(.*),(.*)", "$2;$1"))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void commands_are_run_again_whole() throws IOException {
        Map<String, String> files = Map.of(
                "train.py",
                "import json\nconfig = json.load(open('config.json'))\nopen('model.txt', 'w').write(str(config['depth']))\n",
                "config.json",
                "{\"depth\": 3}");
        Evidence evidence = run(
                "{commands: [python train.py]}",
                files,
                "config-removed: [config.json]",
                "config-change: {file: config.json, set: {depth: 4}, changes: [model.txt]}");

        InterventionFacts removed = change(evidence, "without");
        assertThat(removed.stages()).extracting(StageRun::status).containsExactly(StageRun.Status.FAILED);
        assertThat(change(evidence, "values").changedOutputs()).containsExactly("model.txt");
        assertThat(change(evidence, "repeat").changedOutputs()).isEmpty();
    }

    @Test
    void commands_whose_first_run_failed_are_not_run_again() throws IOException {
        Evidence evidence = run("{commands: ['false']}", Map.of("config.json", "{}"), "config-removed: [config.json]");

        assertThat(evidence.interventions()).isEmpty();
        assertThat(events).noneMatch(Progress.Event.Provisional.class::isInstance);
    }

    @Test
    void what_a_command_needed_is_there_before_its_first_attempt_after_a_change() throws IOException {
        Map<String, String> files = new java.util.HashMap<>(with("src/fit.py", """
                    import json, os
                    with open("/tmp/attempts", "a+") as attempts:
                        attempts.write("x")
                        attempts.seek(0)
                        tried = len(attempts.read())
                    if os.path.exists("mlruns/0/meta.yaml"):
                        os.makedirs("/home/me/lab/mlruns/0/x")
                    open("logs/fit.log", "w").close()
                    kept = os.path.exists("mlruns/mine")
                    os.makedirs("mlruns/mine", exist_ok=True)
                    json.dump({"tried": tried, "kept": int(kept)}, open("scores.json", "w"))
                    """));
        files.put("mlruns/0/meta.yaml", "artifact_location: file:///home/me/lab/mlruns/0\nexperiment_id: '0'\n");
        files.put(
                "dvc.yaml",
                PIPELINE.formatted("")
                        .replace("cmd: python fit.py", "cmd: .venv/bin/python src\\fit.py")
                        .replace("train.csv, fit.py", "train.csv, src/fit.py"));
        Evidence evidence = run(
                files,
                "parameter-change: {set: {fit.trees: 9}}",
                "parameter-change: any",
                "seed-repeats: {tolerance: 0}");

        assertThat(evidence.metrics().getFirst().reproduced())
                .as("without the store, the folder and the environment it failed")
                .isEqualTo(Map.of("tried", 3.0, "kept", 0.0));
        assertThat(evidence.interventions())
                .extracting(change -> change.metrics().get("scores.json"))
                .containsExactly(
                        Map.of("tried", 4.0, "kept", 1.0),
                        Map.of("tried", 4.0, "kept", 1.0),
                        Map.of("tried", 1.0, "kept", 0.0));
    }

    /** The machine may do something else meanwhile. */
    @Test
    @Tag("full")
    void a_changed_run_may_take_longer_than_the_first() throws IOException {
        time = "10s";
        String slow =
                "import time, re\ntime.sleep(int(re.search('trees: ([0-9]+)', open('params.yaml').read())[1]))\n" + FIT;

        Evidence evidence = run(with("fit.py", slow), "parameter-change: {set: {fit.trees: 13}}");

        assertThat(evidence.run().whole()).isTrue();
        assertThat(evidence.interventions().getFirst().failed()).isFalse();
    }

    @Test
    void copies_are_found_wherever_they_are_kept_and_missed_when_they_are_gone() throws IOException {
        Map<String, String> files =
                new java.util.HashMap<>(with("fit.py", "import shutil\nshutil.copy('old/best.json', 'scores.json')\n"));
        files.put("old/best.json", "{\"share\": 0.9876, \"kept\": 1}");
        Evidence evidence = run(files, "outputs-rebuilt: [scores.json, train.csv]");

        InterventionFacts change = evidence.interventions().getFirst();
        assertThat(change.copies()).singleElement().satisfies(copy -> {
            assertThat(copy.output()).isEqualTo("scores.json");
            assertThat(copy.where().path()).isEqualTo("old/best.json");
        });
        assertThat(change.failed()).isTrue();
    }

    @Test
    void what_git_holds_of_an_output_cannot_be_taken_from_there() throws IOException {
        earlier.put("old/best.json", "{\"share\": 0.9876, \"kept\": 1}");
        Evidence evidence = run(with("fit.py", """
                    import subprocess
                    kept = subprocess.run(["git", "show", "HEAD~1:old/best.json"], capture_output=True, check=True).stdout
                    open("scores.json", "wb").write(kept)
                    """), "outputs-rebuilt: [scores.json]");

        InterventionFacts change = evidence.interventions().getFirst();
        assertThat(change.copies())
                .singleElement()
                .satisfies(copy -> assertThat(copy.where().path()).isEqualTo(".git"));
        assertThat(change.change()).isEqualTo("what Git holds of scores.json was taken away");
        assertThat(change.failed() || change.changedOutputs().contains("scores.json"))
                .isTrue();
    }

    @Test
    void who_committed_an_output_and_asks_git_for_other_things_makes_it_anew() throws IOException {
        String asking = FIT.replace("{\"share\":", "{\"kind\": \"parity\", \"share\":") + """
                    import subprocess
                    for words in ["rev-parse HEAD", "log --stat", "describe --always", "status --porcelain",
                                  "diff --abbrev=40 --full-index --raw", "diff HEAD~1", "show HEAD:fit.py", "fetch .",
                                  "checkout -q -b mine", "commit -q --allow-empty -m more", "tag v9"]:
                        subprocess.run(["git", *words.split()], check=True)
                    assert subprocess.run(["git", "diff", "--quiet"]).returncode < 2
                    """;
        earlier.put("data.csv", DATA);
        Map<String, String> files = new java.util.HashMap<>(with("fit.py", asking));
        files.put("scores.json", "{\"kind\": \"parity\", \"share\": 1.0}");
        Evidence evidence = run(files, "outputs-rebuilt: [scores.json]");

        assertThat(evidence.run().whole()).as(evidence.run().toString()).isTrue();
        assertThat(evidence.interventions()).singleElement().satisfies(change -> {
            assertThat(change.copies()).hasSize(1);
            assertThat(change.failed()).isFalse();
            assertThat(change.changedOutputs()).isEmpty();
        });
    }

    @Test
    void numbers_are_found_in_code_but_not_in_what_it_says_of_them() throws IOException {
        String written = "import json\nscores = {'share': 0.9876}\njson.dump(scores, open('scores.json', 'w'))\n";
        String honest = FIT + "print('once 1.0 or 0.9876')  # 0.9876\n";

        assertThat(run(with("fit.py", written), "outputs-rebuilt: [scores.json]")
                        .interventions()
                        .getFirst()
                        .copies())
                .singleElement()
                .satisfies(copy -> assertThat(copy.where()).hasToString("fit.py:2"));
        assertThat(run(with("fit.py", honest), "outputs-rebuilt: [scores.json]")
                        .interventions()
                        .getFirst()
                        .copies())
                .isEmpty();
    }

    private static InterventionFacts change(Evidence evidence, String start) {
        return evidence.interventions().stream()
                .filter(facts -> facts.key().startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> pipeline() {
        return with("README.md", "# A pipeline\n");
    }

    private static Map<String, String> with(String path, String content) {
        Map<String, String> files = new java.util.HashMap<>(
                Map.of("dvc.yaml", PIPELINE.formatted(""), "params.yaml", "seed: 1\nfit: {trees: 5}\n"));
        files.put(path, content);
        return files;
    }

    private Evidence run(Map<String, String> files, String... checks) throws IOException {
        Map<String, String> all = new java.util.HashMap<>(Map.of("split.py", SPLIT, "fit.py", FIT, "data.csv", DATA));
        all.putAll(files);
        return run("dvc", all, checks);
    }

    private Evidence run(String what, Map<String, String> files, String... checks) throws IOException {
        StringBuilder lab = new StringBuilder("""
                id: changes
                title: Changes
                points: %d
                environment: {python: "3.11", packages: [six]}
                limits: {time: %s, memory: 256MiB, disk: 64MiB}
                run: %s
                checks:
                """.formatted(checks.length, time, what));
        for (int i = 0; i < checks.length; i++) {
            lab.append("  - {id: c%d, title: It, points: 1, %s}\n".formatted(i, checks[i]));
        }
        Path repository = Files.createTempDirectory(folder, "r").resolve("student");
        Files.createDirectories(repository.resolveSibling("lab"));
        if (Files.exists(folder.resolve("lab/other.csv"))) {
            Files.copy(
                    folder.resolve("lab/other.csv"),
                    repository.resolveSibling("lab").resolve("other.csv"));
        }
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            if (!earlier.isEmpty()) {
                earlier.forEach(builder::write);
                builder.commit("Before", Instant.parse("2026-09-14T12:00:00Z"));
                builder.deleteAll();
            }
            files.forEach(builder::write);
            builder.commit("Hand in", Instant.parse("2026-09-15T12:00:00Z"));
        }
        return RUN.of(repository, lab.toString(), events::add);
    }

    private static double share(InterventionFacts facts) {
        return Objects.requireNonNull(
                Objects.requireNonNull(facts.metrics().get("scores.json")).get("share"));
    }
}
