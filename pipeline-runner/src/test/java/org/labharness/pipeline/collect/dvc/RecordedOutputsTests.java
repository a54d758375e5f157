package org.labharness.pipeline.collect.dvc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.document.TreeReader;

/** What a stage has left in the tree is hostile: whatever it is, nothing breaks, and nothing but recorded content is put in place. */
class RecordedOutputsTests {
    @TempDir
    private Path folder;

    private Path tree;

    @BeforeEach
    void aDownloadWhoseResultIsCommitted() throws IOException {
        tree = folder.resolve("work");
        pipeline("", "data/raw.csv");
        write("data/raw.csv", "a\n");
    }

    private void pipeline(String directory, String output) throws IOException {
        write(directory + "dvc.yaml", "stages:\n  fetch: {cmd: fetch, outs: [" + output + "]}\n");
        write(directory + "dvc.lock", """
                schema: '2.0'
                stages:
                  fetch:
                    cmd: fetch
                    outs:
                    - {path: %s, hash: md5, md5: 60b725f10c9c85c70d97880dfe8191b3, size: 2}
                """.formatted(output));
    }

    private void write(String path, String text) throws IOException {
        Path file = tree.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private RecordedOutputs outputs() {
        return new RecordedOutputs(tree, folder.resolve("aside"), Pipelines.read(new TreeReader(tree)));
    }

    @Test
    void takesTheirPlaceInsteadOfWhatTheCommandHasLeft() throws IOException {
        RecordedOutputs outputs = outputs();
        outputs.keep("fetch");
        assertThat(tree.resolve("data/raw.csv")).doesNotExist();
        write("data/raw.csv/half/of-it", "x");

        assertThat(outputs.place("fetch")).containsExactly("data/raw.csv");
        assertThat(tree.resolve("data/raw.csv")).hasContent("a");
    }

    /** DVC writes paths into its lock as they stand in dvc.yaml: from the folder in which the stage works. */
    @Test
    void areFoundWhereTheStageWorks() throws IOException {
        write("dvc.yaml", "stages:\n  fetch: {cmd: fetch, wdir: data, outs: [raw.csv]}\n");
        write("dvc.lock", Files.readString(tree.resolve("dvc.lock")).replace("data/raw.csv", "raw.csv"));
        RecordedOutputs outputs = outputs();
        outputs.keep("fetch");

        assertThat(outputs.place("fetch")).containsExactly("data/raw.csv");
        assertThat(tree.resolve("data/raw.csv")).hasContent("a");
    }

    @Test
    void areNotPlacedBelowAFile() throws IOException {
        RecordedOutputs outputs = outputs();
        outputs.keep("fetch");
        Files.delete(tree.resolve("data"));
        write("data", "a file where the folder was");

        assertThat(outputs.place("fetch")).isEmpty();
        assertThat(tree.resolve("data")).hasContent("a file where the folder was");
    }

    @Test
    void areNotPlacedBehindALink() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        RecordedOutputs outputs = outputs();
        outputs.keep("fetch");
        Files.delete(tree.resolve("data"));
        Files.createSymbolicLink(tree.resolve("data"), outside);

        assertThat(outputs.place("fetch")).isEmpty();
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void ofTwoRepositoriesMayHaveTheSamePlace() throws IOException {
        pipeline("own/", "data");
        pipeline("", "own/data/raw.csv");
        write("own/data/raw.csv", "a\n");
        RecordedOutputs outputs = outputs();

        outputs.keep("fetch");
        write("own/data/raw.csv", "made anew");
        outputs.keep("own/fetch");

        assertThat(outputs.place("own/fetch")).isEmpty();
        assertThat(outputs.place("fetch")).isEqualTo(List.of("own/data/raw.csv"));
    }
}
