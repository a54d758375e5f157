package org.labharness.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.LabInput;
import org.labharness.pipeline.document.TreeLinks;

class WorkspaceTests {
    @TempDir
    private Path tree;

    private List<String> replaced(String input, String... outs) {
        PlannedStage stage =
                new PlannedStage("", "dvc.yaml:pull", PlannedStage.Kind.COMMAND, List.of(), List.of(outs), List.of());
        return new Workspace(tree, 0, List.of(new LabInput(input, "given")), List.of(), List.of(), TreeLinks.NONE)
                .replacedBy(List.of(stage));
    }

    private void file(String path) throws IOException {
        Files.createDirectories(tree.resolve(path).getParent());
        Files.writeString(tree.resolve(path), "x");
    }

    @Test
    void aStageIsReplacedWhereTheLabProvidesAllThatItMakes() throws IOException {
        file("data/raw.csv");

        assertThat(replaced("data/raw.csv", "data/raw.csv")).containsExactly("dvc.yaml:pull");
        assertThat(replaced("data", "data/raw.csv")).containsExactly("dvc.yaml:pull");
    }

    @Test
    void aStageThatMakesACommittedFileBesidesRunsItself() throws IOException {
        file("data/raw.csv");
        file("models/model.json");

        assertThat(replaced("data/raw.csv", "data/raw.csv", "models/model.json"))
                .isEmpty();
    }

    @Test
    void aFolderIsProvidedWhereEveryFileInItIsTheLabs() throws IOException {
        file("data/raw.csv");
        assertThat(replaced("data/raw.csv", "data")).containsExactly("dvc.yaml:pull");

        file("data/model.json");
        assertThat(replaced("data/raw.csv", "data")).isEmpty();
    }

    @Test
    void aStageIsNotReplacedByWhatIsNotThereOrByNothing() {
        assertThat(replaced("data/raw.csv", "data/raw.csv")).isEmpty();
        assertThat(replaced("data/raw.csv")).isEmpty();
    }
}
