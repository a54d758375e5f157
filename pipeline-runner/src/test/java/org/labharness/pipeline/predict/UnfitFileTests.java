package org.labharness.pipeline.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfitFileTests {
    @TempDir
    Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("model.pkl"), content);
    }

    @Test
    void emptyFilesAndPointersAreNoModels() throws IOException {
        assertThat(UnfitFile.of(file(""))).hasValue("the file is empty");
        assertThat(UnfitFile.of(file("version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 12\n")))
                .hasValue("the file is a pointer of Git LFS, not the model itself");
    }

    @Test
    void anythingElseIsLeftToItsLoader() throws IOException {
        assertThat(UnfitFile.of(file("tree\nversion=v4\n"))).isEmpty();
        assertThat(UnfitFile.of(folder)).isEmpty();
        assertThat(UnfitFile.of(folder.resolve("none"))).isEmpty();
    }
}
