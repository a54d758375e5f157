package org.labharness.pipeline.collect.dvc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.LockFacts;
import org.labharness.pipeline.evidence.LockFacts.Difference;
import org.labharness.pipeline.evidence.LockFacts.Kind;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.PipelineFacts.Output;
import org.labharness.pipeline.evidence.PipelineFacts.OutputKind;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

class PipelinesTests {
    @TempDir
    Path root;

    private PipelinesTests write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    private PipelineFacts only() {
        List<PipelineFacts> pipelines = Pipelines.read(new TreeReader(root));
        assertThat(pipelines).hasSize(1);
        return pipelines.getFirst();
    }

    private List<Difference> differences() {
        LockFacts lock = only().lock();
        assertThat(lock).isNotNull();
        return lock == null ? List.of() : lock.differences();
    }

    static String md5(String text) {
        return HexFormat.of().formatHex(ContentHash.md5().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_stage_is_read_with_all_that_it_declares() throws IOException {
        write("lab/dvc.yaml", """
                stages:
                  train:
                    wdir: src
                    cmd: python train.py
                    deps:
                      - train.py
                      - ../data/in.csv
                    params:
                      - lr
                      - ../other.json:
                          - a.b
                    outs:
                      - model.pkl
                      - raw.bin:
                          cache: false
                    metrics:
                      - m.json:
                          cache: false
                    plots:
                      - roc.csv
                    frozen: true
                """);
        PipelineFacts pipeline = only();
        assertThat(pipeline.directory()).isEqualTo("lab");
        assertThat(pipeline.lock()).isNull();
        assertThat(pipeline.problem()).isNull();
        assertThat(pipeline.stages())
                .containsExactly(new Stage(
                        "train",
                        List.of("python train.py"),
                        "lab/src",
                        List.of("lab/src/train.py", "lab/data/in.csv"),
                        List.of(
                                new Output("lab/src/model.pkl", OutputKind.OUT, true),
                                new Output("lab/src/raw.bin", OutputKind.OUT, false),
                                new Output("lab/src/m.json", OutputKind.METRIC, false),
                                new Output("lab/src/roc.csv", OutputKind.PLOT, true)),
                        Map.of("lab/src/params.yaml", List.of("lr"), "lab/other.json", List.of("a.b")),
                        true,
                        false,
                        new Place("lab/dvc.yaml", 2)));
    }

    @Test
    void templates_foreach_and_matrix_are_expanded_as_DVC_names_them() throws IOException {
        write("params.yaml", "models: [rf, svm]\nlr: 0.10\n").write("dvc.yaml", """
                vars:
                  - sizes: {small: 1, large: 2}
                stages:
                  one:
                    cmd: run --lr ${lr} --n ${sizes.large}
                  each:
                    foreach: ${models}
                    do:
                      cmd: train ${item}
                      outs: ["${item}.pkl"]
                  named:
                    foreach: {a: {n: 1}, b: {n: 2}}
                    do: {cmd: "go ${key} ${item.n}"}
                  grid:
                    matrix: {m: [rf, svm], s: [1]}
                    cmd: grid ${item.m} ${item.s}
                """);
        assertThat(only().problem()).isNull();
        assertThat(only().stages())
                .extracting(Stage::name, stage -> stage.commands().getFirst())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("one", "run --lr 0.1 --n 2"),
                        org.assertj.core.groups.Tuple.tuple("each@rf", "train rf"),
                        org.assertj.core.groups.Tuple.tuple("each@svm", "train svm"),
                        org.assertj.core.groups.Tuple.tuple("named@a", "go a 1"),
                        org.assertj.core.groups.Tuple.tuple("named@b", "go b 2"),
                        org.assertj.core.groups.Tuple.tuple("grid@rf-1", "grid rf 1"),
                        org.assertj.core.groups.Tuple.tuple("grid@svm-1", "grid svm 1"));
    }

    @Test
    void what_cannot_be_resolved_is_said_and_what_cannot_be_read_has_a_line() throws IOException {
        write("dvc.yaml", "stages:\n  a:\n    cmd: run ${nowhere}\n");
        assertThat(only().problem())
                .isEqualTo("line 3: the stage 'a' uses ${nowhere}, which is neither in params.yaml nor under 'vars:'");
        write("dvc.yaml", "stages:\n  a:\n   cmd: x\n  b: [\n");
        assertThat(only().problem()).startsWith("line 5: ");
        write("dvc.yaml", "- 1\n");
        assertThat(only().problem()).isEqualTo("it holds no mapping with 'stages:' at its top");
    }

    @Test
    void an_explosion_of_stages_is_cut_off() throws IOException {
        String axis = "[" + "1, ".repeat(99) + "1]";
        write("dvc.yaml", "stages:\n  m:\n    matrix: {a: %s, b: %s, c: %s}\n    cmd: x\n".formatted(axis, axis, axis));
        assertThat(only().stages()).isEmpty();
        assertThat(only().problem()).contains("the stage 'm' stands for more than 1000 stages");
    }

    @Nested
    class Locks {
        private static final String STAGE = """
                stages:
                  train:
                    cmd: python train.py
                    deps: [train.py]
                    params: [lr]
                    outs: [model.pkl]
                """;

        private String lock(String command, String md5, String lr) {
            return """
                    schema: '2.0'
                    stages:
                      train:
                        cmd: %s
                        deps:
                        - path: train.py
                          hash: md5
                          md5: %s
                          size: 9
                        params:
                          params.yaml:
                            lr: %s
                        outs:
                        - path: model.pkl
                          hash: md5
                          md5: 0123456789abcdef0123456789abcdef
                    """.formatted(command, md5, lr);
        }

        @Test
        void one_that_agrees_has_no_differences() throws IOException {
            write("dvc.yaml", STAGE).write("params.yaml", "lr: 0.10\n").write("train.py", "print(1)\n");
            write("dvc.lock", lock("python train.py", md5("print(1)\n"), "0.1"));
            assertThat(differences()).isEmpty();
        }

        @Test
        void commands_parameters_and_dependencies_that_changed_are_faults() throws IOException {
            write("dvc.yaml", STAGE).write("params.yaml", "lr: 0.2\n").write("train.py", "print(2)\n");
            write("dvc.lock", lock("python old.py", md5("print(1)\n"), "0.1"));
            assertThat(differences())
                    .containsExactly(
                            new Difference(
                                    "train",
                                    Kind.COMMAND,
                                    "cmd",
                                    "python old.py",
                                    "python train.py",
                                    true,
                                    new Place("dvc.lock", 4)),
                            new Difference(
                                    "train", Kind.PARAMETER, "lr", "0.1", "0.2", true, new Place("dvc.lock", 12)),
                            new Difference(
                                    "train",
                                    Kind.DEPENDENCY,
                                    "train.py",
                                    md5("print(1)\n"),
                                    md5("print(2)\n"),
                                    true,
                                    new Place("dvc.lock", 6)));
        }

        @Test
        void line_endings_of_Windows_are_no_fault_in_either_direction() throws IOException {
            write("dvc.yaml", STAGE).write("params.yaml", "lr: 0.1\n").write("train.py", "a\nb\n");
            write("dvc.lock", lock("python train.py", md5("a\r\nb\r\n"), "0.1"));
            assertThat(differences())
                    .extracting(Difference::kind, Difference::fault)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.LINE_ENDINGS, false));
            write("train.py", "a\r\nb\r\n").write("dvc.lock", lock("python train.py", md5("a\nb\n"), "0.1"));
            assertThat(differences()).extracting(Difference::kind).containsExactly(Kind.LINE_ENDINGS);
        }

        @Test
        void stages_only_here_or_only_there_are_named() throws IOException {
            write("dvc.yaml", "stages:\n  new:\n    cmd: x\n").write("train.py", "");
            write("dvc.lock", lock("python train.py", md5(""), "1"));
            assertThat(differences())
                    .extracting(Difference::stage, Difference::kind, Difference::fault)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("new", Kind.STAGE_MISSING, true),
                            org.assertj.core.groups.Tuple.tuple("train", Kind.STAGE_EXTRA, false));
        }

        @Test
        void what_another_stage_makes_is_compared_within_the_lock() throws IOException {
            write("dvc.yaml", "stages:\n  a: {cmd: a, outs: [x]}\n  b: {cmd: b, deps: [x]}\n");
            String lock =
                    "schema: '2.0'\nstages:\n  a:\n    cmd: a\n    outs: [{path: x, md5: %s}]\n  b:\n    cmd: b\n    deps: [{path: x, md5: %s}]\n";
            write("dvc.lock", lock.formatted(md5("1"), md5("1")));
            assertThat(differences()).isEmpty();
            write("dvc.lock", lock.formatted(md5("2"), md5("1")));
            assertThat(differences())
                    .extracting(Difference::stage, Difference::seen)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("b", md5("2") + " (the stage that makes it)"));
        }

        @Test
        void a_folder_is_summed_up_as_DVC_does() throws IOException {
            // recorded by DVC 3.67.1 of these two files
            write("src/a.py", "print(1)\n").write("src/sub/é b.txt", "x\n");
            assertThat(new ContentHash(new TreeReader(root)).of("src", LineEndings.AS_THEY_ARE))
                    .contains("71c50b88c32fd06e442b5872abd53136.dir");
        }

        @Test
        void parameters_are_read_from_Python_and_TOML_too() throws IOException {
            write("conf.py", "SEED = 42  # fixed\nclass Model:\n    depth = 3\n    name = 'rf'\n")
                    .write("c.toml", "[a]\nb = 3\n");
            write(
                    "dvc.yaml",
                    "stages:\n  s: {cmd: s, params: [{conf.py: [SEED, Model.depth, Model.name]}, {c.toml: [a.b]}]}\n");
            write(
                    "dvc.lock",
                    "schema: '2.0'\nstages:\n  s:\n    cmd: s\n    params:\n      conf.py: {SEED: 42, Model.depth: 3, Model.name: rf}\n      c.toml: {a.b: 4}\n");
            assertThat(differences())
                    .extracting(Difference::subject, Difference::recorded, Difference::seen)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("a.b", "4", "3"));
        }

        @Test
        void one_that_cannot_be_read_says_why() throws IOException {
            write("dvc.yaml", STAGE).write("dvc.lock", "<<<<<<< HEAD\nschema: '2.0'\n=======\n");
            LockFacts lock = only().lock();
            assertThat(lock).isNotNull();
            assertThat(lock == null ? "" : lock.problem()).startsWith("line ");
        }
    }
}
