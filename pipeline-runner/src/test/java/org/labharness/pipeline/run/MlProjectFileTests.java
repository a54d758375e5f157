package org.labharness.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.document.TreeReader;

class MlProjectFileTests {
    @TempDir
    private Path root;

    private List<String> detected(String text) throws IOException {
        Files.writeString(root.resolve("MLproject"), text);
        return MlProjectFile.find(new TreeReader(root), false).detected().stream()
                .map(lookup -> switch (lookup) {
                    case MlProjectFile.Found found ->
                        found.command().name() + ": " + found.command().line();
                    case MlProjectFile.NotFound not -> "- " + not.reason();
                })
                .toList();
    }

    @Test
    void mainIsRunWhateverElseThereIs() throws IOException {
        assertThat(detected("entry_points:\n  etl: {command: a}\n  main: {command: b}\n"))
                .containsExactly("main: b");
    }

    @Test
    void aMainThatCannotBeRunIsNotReplacedByOthers() throws IOException {
        assertThat(detected("entry_points:\n  etl: {command: a}\n  main: {parameters: {x: int}, command: 'b {x}'}\n"))
                .containsExactly(
                        "- entry point 'main' of MLproject needs the parameter 'x', which has no default and which the"
                                + " lab does not give");
    }

    @Test
    void aPathThatIsNotThereStopsIt() throws IOException {
        String project = "entry_points:\n  main: {parameters: {x: {type: path, default: %s}}, command: 'b {x}'}\n";
        assertThat(detected(project.formatted("outputs")))
                .containsExactly("- entry point 'main' of MLproject needs the folder 'outputs' for its parameter 'x',"
                        + " which is not in the repository");
        assertThat(detected(project.formatted("./data/rows.csv")))
                .containsExactly(
                        "- entry point 'main' of MLproject needs the file './data/rows.csv' for its parameter 'x',"
                                + " which is not in the repository");
        Files.createDirectory(root.resolve("outputs"));
        assertThat(detected(project.formatted("outputs"))).containsExactly("main: b /work/outputs");
    }

    @Test
    void withoutMainAllThatCanBeRunAreInTheOrderOfTheFile() throws IOException {
        assertThat(detected(
                        "entry_points:\n  knn: {command: k}\n  tune: {command: 't {n}'}\n  elasticnet: {command: e}\n"))
                .containsExactly("knn: k", "elasticnet: e");
    }

    @Test
    void whereNothingCanBeRunTheReasonIsSaid() throws IOException {
        assertThat(detected("entry_points:\n  tune: {parameters: {n: int}, command: 't {n}'}\n"))
                .containsExactly(
                        "- entry point 'tune' of MLproject needs the parameter 'n', which has no default and which the"
                                + " lab does not give");
        assertThat(detected("name: x\n"))
                .containsExactly("- MLproject has no entry point 'main' with a command; it has none");
        assertThat(detected("[")).singleElement().asString().startsWith("- MLproject cannot be read");
    }
}
