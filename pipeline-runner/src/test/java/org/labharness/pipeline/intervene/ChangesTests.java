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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.Intervention;
import org.labharness.pipeline.evidence.InterventionFacts.Matter;
import org.labharness.pipeline.evidence.PipelineFacts;

class ChangesTests extends ChangedTree {
    @Test
    void a_file_that_is_there_in_other_letters_is_named() throws IOException {
        write("src/Evaluate.py", "A = 1");

        assertThat(make(List.of(), new Intervention.CodeEdited("src/evaluate.py")))
                .isEqualTo(Change.theirs("There is no file src/evaluate.py, so it could not be edited;"
                        + " src/Evaluate.py is there, but capital and small letters count."));
        assertThat(make(List.of(), new Intervention.CodeEdited("src/fit.py")))
                .isEqualTo(Change.theirs("There is no file src/fit.py, so it could not be edited."));
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
}
