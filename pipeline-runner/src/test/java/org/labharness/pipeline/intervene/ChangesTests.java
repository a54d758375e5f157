package org.labharness.pipeline.intervene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.Intervention;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.InterventionFacts.Matter;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

class ChangesTests {
    @TempDir
    Path folder;

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
    void a_file_that_is_there_in_other_letters_is_named() throws IOException {
        write("src/Evaluate.py", "A = 1");

        assertThat(make(List.of(), new Intervention.CodeEdited("src/evaluate.py")))
                .isEqualTo(Change.theirs("There is no file src/evaluate.py, so it could not be edited;"
                        + " src/Evaluate.py is there, but capital and small letters count."));
        assertThat(make(List.of(), new Intervention.CodeEdited("src/fit.py")))
                .isEqualTo(Change.theirs("There is no file src/fit.py, so it could not be edited."));
    }

    private static Intervention any() {
        return new Intervention.ValuesChanged("", new TreeMap<>(), false);
    }

    @Test
    void the_harness_chooses_the_code_of_one_stage() throws IOException {
        write("src/shared.py", "A = 1");
        write("src/fit.py", "B = 2");
        List<PipelineFacts> pipelines = List.of(pipeline(
                stage("split", List.of("src/shared.py"), Map.of()),
                stage("fit", List.of("src", "src/shared.py"), Map.of())));

        assertThat(words(make(pipelines, new Intervention.CodeEdited(""))))
                .isEqualTo("a comment was added at the end of src/fit.py");
        assertThat(folder.resolve("src/fit.py"))
                .content()
                .startsWith("B = 2\n#")
                .endsWith("\n");
    }

    @Test
    void rows_of_the_lab_are_spread_over_the_table() throws IOException {
        write("inputs/canaries.csv", "y,a\nodd,7\nodd,8\n");
        write("data.csv", "id;a;y\n1;1;x\n2;2;x\n3;3;z\n4;4;z\n");
        Intervention planted = new Intervention.CanariesPlanted("data.csv", "inputs/canaries.csv", 1);

        assertThat(words(make(List.of(), planted))).isEqualTo("2 rows of the grader's were added to data.csv");

        List<String> lines = Files.readAllLines(folder.resolve("data.csv"));
        assertThat(lines).hasSize(7).startsWith("id;a;y").contains("1;1;x", "2;2;x", "3;3;z", "4;4;z");
        assertThat(lines).filteredOn(line -> line.matches("[0-9]?;[78];odd")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id;a;b;y\\n1;2,5;3;x   | 1;7,25;0,5;odd
            id;a;b;y\\n1;2.5;3;x   | 1;7.25;0.5;odd
            id;a;b;y\\n1;2;3;x     | 1;7.25;0.5;odd
            id,a,b,y\\n1,"2,5",3,x | 1,"7,25","0,5",odd
            id;a;b;y\\n1;2.5;3,100;x | 1;7.25;0.5;odd
            """)
    void planted_rows_are_written_as_the_table_is(String data, String planted) throws IOException {
        write("inputs/canaries.csv", "y,a,b\nodd,7.25,0.5\n");
        write("data.csv", data.replace("\\n", "\n") + "\n");

        make(List.of(), new Intervention.CanariesPlanted("data.csv", "inputs/canaries.csv", 2));

        assertThat(Files.readAllLines(folder.resolve("data.csv")))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).endsWith(planted.substring(1)));
    }

    @Test
    void rows_whose_form_cannot_be_told_are_no_fault_of_the_students() throws IOException {
        write("inputs/canaries.csv", "y,a\nodd,7.25\n");
        write("data.csv", "a;y\n2,5;x\n2.5;x\n");

        assertThat(make(List.of(), new Intervention.CanariesPlanted("data.csv", "inputs/canaries.csv", 1)))
                .isEqualTo(Change.ours("The column a of data.csv has decimal points and commas,"
                        + " so the grader cannot tell how to write rows for it."));
    }

    @Test
    void rows_are_planted_at_other_places_at_each_draw_and_at_the_same_for_the_same_data() throws IOException {
        write("inputs/canaries.csv", "y,a\nodd,7\nodd,8\nodd,9\n");
        List<String> made = new ArrayList<>();
        for (int draw : new int[] {1, 1, 2}) {
            write("data.csv", "a,y\n" + "1,x\n2,z\n".repeat(20));
            make(List.of(), new Intervention.CanariesPlanted("data.csv", "inputs/canaries.csv", draw));
            made.add(Files.readString(folder.resolve("data.csv")));
        }

        assertThat(made.get(0)).isEqualTo(made.get(1)).isNotEqualTo(made.get(2));
    }

    @Test
    void rows_that_cannot_be_planted_say_whose_matter_that_is() throws IOException {
        write("inputs/canaries.csv", "y,a\nodd,7\n");
        write("inputs/none.csv", "y,a\n");
        write("data.csv", "b,y\n1,x\n");

        assertThat(make(List.of(), new Intervention.CanariesPlanted("data.csv", "inputs/canaries.csv", 1)))
                .isEqualTo(Change.theirs("No rows could be added to data.csv: it has no column a."));
        assertThat(make(List.of(), new Intervention.CanariesPlanted("other.csv", "inputs/canaries.csv", 1)))
                .isEqualTo(Change.theirs("There is no file other.csv, so no rows could be added to it."));
        assertThat(make(List.of(), new Intervention.CanariesPlanted("data.csv", "inputs/none.csv", 1)))
                .isEqualTo(Change.ours("The lab's table inputs/none.csv has no rows."));
    }

    @Test
    void nothing_is_written_through_a_link_or_into_a_folder() throws IOException {
        Path outside = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-outside"));
        Files.writeString(outside.resolve("params.yaml"), "a: 1\n");
        Files.createSymbolicLink(folder.resolve("linked"), outside);
        Files.createSymbolicLink(folder.resolve("params.yaml"), outside.resolve("params.yaml"));
        Files.createDirectories(folder.resolve("data.csv"));

        for (Intervention one : List.of(
                new Intervention.FilesRemoved(List.of("params.yaml")),
                new Intervention.FilesRemoved(List.of("linked/params.yaml")),
                new Intervention.CodeEdited("linked/params.py"),
                new Intervention.ValuesChanged("linked/params.yaml", new TreeMap<>(Map.of("a", "2")), true),
                new Intervention.LabelsShuffled("data.csv", "y", 1),
                new Intervention.DataSwapped(new TreeMap<>(Map.of("data.csv", "lab.yaml"))))) {
            assertThat(make(List.of(), one))
                    .as(one.key())
                    .isInstanceOfSatisfying(
                            Change.NotMade.class,
                            not -> assertThat(not.reason().matter()).isEqualTo(Matter.THEIRS));
        }
        assertThat(outside.resolve("params.yaml")).hasContent("a: 1");
        Files.delete(outside.resolve("params.yaml"));
        Files.delete(outside);
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

    private static Intervention set(String file, String name, String value) {
        return new Intervention.ValuesChanged(file, new TreeMap<>(Map.of(name, value)), true);
    }

    private Change make(List<PipelineFacts> pipelines, Intervention change) throws IOException {
        int uid = (int) Files.getAttribute(folder, "unix:uid");
        return Changes.after(new TreeReader(folder), uid, pipelines, folder, List.of(change))
                .make(change)
                .change();
    }

    private static String words(Change change) {
        return ((Change.Made) change).words();
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static PipelineFacts pipeline(Stage... stages) {
        return new PipelineFacts("", List.of(stages), null, null);
    }

    private static Stage stage(String name, List<String> deps, Map<String, List<String>> params) {
        return new Stage(
                name,
                List.of("python " + name + ".py"),
                "",
                deps,
                List.of(),
                params,
                false,
                false,
                new Place("dvc.yaml", 1));
    }
}
