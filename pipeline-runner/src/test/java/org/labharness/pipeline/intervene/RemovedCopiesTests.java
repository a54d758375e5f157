package org.labharness.pipeline.intervene;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.InterventionFacts.Copy;

class RemovedCopiesTests {
    @TempDir
    Path folder;

    private List<Copy> copies() throws Exception {
        TreeReader tree = new TreeReader(folder);
        OutputContents outputs = OutputContents.of(tree, List.of("model.json"));
        RemovedCopies removal =
                new RemovedCopies(new TreeEdit(tree, (int) Files.getAttribute(folder, "unix:uid")), outputs);
        removal.make(List.of("model.json"), List.of());
        return removal.found();
    }

    @Test
    void a_document_that_says_the_same_in_another_form_is_a_copy() throws Exception {
        Files.writeString(
                folder.resolve("model.json"),
                "{\n  \"W\": [2.0, -2.2, 0.3],\n  \"kinds\": [\"a\", \"b\"], \"epochs\": 40\n}\n");
        Files.writeString(
                folder.resolve("weights.bak"), "{\"kinds\":[\"a\",\"b\"],\"epochs\":40,\"W\":[2,-2.20,3e-1]}");
        Files.writeString(folder.resolve("other.json"), "{\"kinds\":[\"a\",\"b\"],\"epochs\":41,\"W\":[2,-2.20,3e-1]}");

        assertThat(copies())
                .singleElement()
                .satisfies(copy -> assertThat(copy.toString()).contains("weights.bak"));
        assertThat(folder.resolve("weights.bak")).doesNotExist();
        assertThat(folder.resolve("other.json")).exists();
    }

    @Test
    void a_short_document_is_the_same_by_chance() throws Exception {
        Files.writeString(folder.resolve("model.json"), "{\"accuracy\": 1.0}");
        Files.writeString(folder.resolve("target.json"), "{ \"accuracy\": 1 }");

        assertThat(copies()).isEmpty();
    }
}
