package org.labharness.pipeline.intervene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.Intervention;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.InterventionFacts.Matter;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

class ChangedValuesTests extends ChangedTree {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5      | 6
            -0.5   | -0.45
            0.5    | 0.45
            1e-3   | 0.0009
            0.0    | 0.1
            .5     | 0.45
            true   | false
            False  | True
            """)
    void a_value_has_a_neighbour_of_its_kind(String value, String neighbour) {
        Literal literal = new Literal(value);

        assertThat(literal.neighbour()).hasValue(new Literal(neighbour));
        assertThat(literal.sameAs(literal.neighbour().orElseThrow())).isFalse();
    }

    @Test
    void values_are_the_same_however_they_are_written() {
        assertThat(new Literal("0.10").sameAs(new Literal("1e-1"))).isTrue();
        assertThat(new Literal("'adam'").sameAs(new Literal("\"adam\""))).isTrue();
        assertThat(new Literal("5").sameAs(new Literal("'5'")))
                .as("text is no number")
                .isTrue();
        assertThat(new Literal("adam").neighbour()).isEmpty();
        assertThat(new Literal("-1").neighbour()).as("often: all, or none").isEmpty();
        assertThat(new Literal("-1.0").neighbour()).isEmpty();
    }

    @Test
    void the_harness_chooses_a_count_of_the_last_stage() throws IOException {
        write("params.yaml", "seed: 1\nshare: 0.2\nfit: {kind: forest, depth: 4, rate: 0.5}\nplot: {width: 3}\n");
        List<PipelineFacts> pipelines = List.of(pipeline(
                stage("split", List.of("split.py"), Map.of("params.yaml", List.of("seed", "share"))),
                stage("fit", List.of("fit.py"), Map.of("params.yaml", List.of("seed", "fit"))),
                stage("plot", List.of("plot.py"), Map.of("params.yaml", List.of("plot")))));

        assertThat(words(make(pipelines, new Intervention.ValuesChanged("", new TreeMap<>(), false))))
                .isEqualTo("fit.depth in params.yaml was changed from 4 to 5");
        assertThat(folder.resolve("params.yaml"))
                .hasContent("seed: 1\nshare: 0.2\nfit: {kind: forest, depth: 5, rate: 0.5}\nplot: {width: 3}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            n_jobs: -1; lr: 0.3; verbose: 1                 | lr in params.yaml was changed from 0.3 to 0.27
            max_depth: -1; gpu: 0; num_workers: 2; k: 3     | k in params.yaml was changed from 3 to 4
            n_classes: 3; n_features: 8; epochs: 2          | epochs in params.yaml was changed from 2 to 3
            n_classes: 3; lr: 0.3                           | lr in params.yaml was changed from 0.3 to 0.27
            """)
    void the_harness_chooses_none_that_says_how_a_program_runs(String values, String words) throws IOException {
        write("params.yaml", values.replace("; ", "\n"));
        List<PipelineFacts> pipelines =
                List.of(pipeline(stage("fit", List.of("fit.py"), Map.of("params.yaml", List.of()))));

        assertThat(words(make(pipelines, any()))).isEqualTo(words);
    }

    @Test
    void the_harness_chooses_none_where_all_might_be_refused() throws IOException {
        write("params.yaml", "n_jobs: -1\nkind: forest\n");
        List<PipelineFacts> pipelines =
                List.of(pipeline(stage("fit", List.of("fit.py"), Map.of("params.yaml", List.of()))));

        assertThat(make(pipelines, any()))
                .isEqualTo(Change.ours("Of the declared parameters only n_jobs in params.yaml could be changed,"
                        + " and a program may rightly refuse another value of it."));
    }

    @Test
    void the_harness_chooses_a_value_of_a_template_where_none_is_declared() throws IOException {
        write("params.yaml", "seed: 1\ntrain: {epochs: 5, rate: 0.1}\nother: {rounds: 3}\n");
        write("dvc.yaml", """
                stages:
                  split:
                    cmd: python split.py --seed ${seed}
                  fit:
                    cmd:
                    - python fit.py --rate ${train.rate} --seed ${ seed } --epochs ${train.epochs}
                """);
        List<PipelineFacts> pipelines = List.of(
                pipeline(stage("split", List.of("split.py"), Map.of()), stage("fit", List.of("fit.py"), Map.of())));

        assertThat(words(make(pipelines, any()))).isEqualTo("train.epochs in params.yaml was changed from 5 to 6");
    }

    @Test
    void the_harness_chooses_a_value_of_a_whole_params_file_where_none_is_declared() throws IOException {
        write("params.yaml", "kind: forest\nepochs: 5\n");
        List<PipelineFacts> pipelines = List.of(pipeline(stage("fit", List.of("params.yaml", "fit.py"), Map.of())));

        assertThat(words(make(pipelines, any()))).isEqualTo("epochs in params.yaml was changed from 5 to 6");
    }

    @Test
    void a_value_is_looked_for_in_configuration_and_in_no_model_or_data() throws IOException {
        write("conf/train.json", "{\"lr\": 0.5}");
        write("models/model.json", "{\"epochs\": 5}");
        write("data/points.json", "{\"epochs\": 5}");
        write("data/points.json.dvc", "outs: []");
        write("data/more.json", "[{\"epochs\": 5}]");
        write("params.yaml", "seed: 1\n");
        Stage fit = new Stage(
                "fit",
                List.of("python fit.py"),
                "",
                List.of("data/points.json", "data/more.json", "conf/train.json"),
                List.of(new PipelineFacts.Output("models/model.json", PipelineFacts.OutputKind.OUT, true)),
                Map.of(),
                false,
                false,
                new Place("dvc.yaml", 1));
        List<PipelineFacts> pipelines = List.of(pipeline(fit, stage("test", List.of("models/model.json"), Map.of())));

        assertThat(make(pipelines, set("", "epochs", "7")))
                .isEqualTo(Change.theirs(
                        "There is no value epochs in params.yaml, conf/train.json, so it could not be changed."));
        assertThat(words(make(pipelines, set("", "lr", "0.7"))))
                .isEqualTo("lr in conf/train.json was changed from 0.5 to 0.7");
    }

    @Test
    void a_lab_that_asks_for_no_change_is_no_fault_of_the_students() throws IOException {
        write("params.yaml", "kind: forest\n");

        assertThat(make(
                        List.of(),
                        new Intervention.ValuesChanged("", new TreeMap<>(Map.of("kind", "\"forest\"")), true)))
                .isInstanceOfSatisfying(
                        Change.NotMade.class,
                        not -> assertThat(not.reason().matter()).isEqualTo(Matter.OURS));
    }

    @Test
    void what_is_there_but_cannot_be_changed_is_no_fault_of_the_students() throws IOException {
        write("params.yaml", "all: &all {opt: {lr: 0.3}}\ntrain: *all\nsizes: [1, 2]\n");

        assertThat(make(List.of(), set("params.yaml", "train.opt.lr", "0.7")))
                .isEqualTo(Change.ours(
                        "train.opt.lr in params.yaml is written in a way in which the grader cannot change it."));
        assertThat(make(List.of(), set("params.yaml", "sizes", "0.7")))
                .isEqualTo(Change.theirs("sizes in params.yaml is a list or mapping and no single value,"
                        + " so it could not be changed."));
        assertThat(make(List.of(), set("params.yaml", "lr", "0.7")))
                .isEqualTo(Change.theirs("There is no value lr in params.yaml, so it could not be changed."));
    }

    @Test
    void text_stands_without_quotes_where_they_would_belong_to_it() throws IOException {
        write("a.ini", "[train]\nkind : forest ; of trees\n");
        write(".env", "export KIND='forest'\n");

        make(List.of(), set("a.ini", "train.kind", "\"linear\""));
        make(List.of(), set(".env", "KIND", "\"linear\""));

        assertThat(folder.resolve("a.ini")).hasContent("[train]\nkind : linear ; of trees");
        assertThat(folder.resolve(".env")).hasContent("export KIND='linear'");
    }

    private static Intervention any() {
        return new Intervention.ValuesChanged("", new TreeMap<>(), false);
    }

    private static Intervention set(String file, String name, String value) {
        return new Intervention.ValuesChanged(file, new TreeMap<>(Map.of(name, value)), true);
    }
}
