package org.labharness.pipeline.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.TreeReader;

/** Wheels that a submission's own build made: archives with whatever it likes in them. */
class OwnLayerTests {
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private Path wheel(String... names) throws IOException {
        Path wheel = folder.resolve("own-1.0-py3-none-any.whl");
        try (OutputStream file = Files.newOutputStream(wheel);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                for (int i = 0; name.startsWith("bomb") && i < 100; i++) {
                    zip.write(new byte[MIB]);
                }
            }
        }
        return wheel;
    }

    private void take(Path wheel) throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        new OwnLayer(new TreeReader(tree), folder.resolve("layer"))
                .take(new LocalPackage("", Set.of(), false, ".", Place.of("requirements.txt")), wheel);
    }

    @Test
    void zeros_that_are_packed_small_are_unpacked_up_to_a_cap() throws IOException {
        Path wheel = wheel("bomb.bin");

        assertThat(Files.size(wheel)).isLessThan(MIB);
        try (ZipFile usual = new ZipFile(wheel.toFile())) {
            assertThat(usual.getInputStream(usual.getEntry("bomb.bin")).readAllBytes())
                    .hasSize(100 * MIB);
        }
        assertThatThrownBy(() -> take(wheel)).isInstanceOf(IOException.class).hasMessageContaining("64 MiB");
        assertThat(folder.resolve("layer/site/bomb.bin")).doesNotExist();
    }

    @Test
    void names_that_lead_elsewhere_and_files_that_python_obeys_are_left_out() throws IOException {
        String up = "../../escaped.py";
        Path wheel = wheel(
                up, "a/../../escaped.py", "/escaped.py", "obeyed.pth", "own/module.py", "own-1.0.data/scripts/../up");

        assertThat(folder.resolve("layer/site").resolve(up).normalize())
                .as("where the usual way to unpack it would put it")
                .isEqualTo(folder.resolve("escaped.py"));
        take(wheel);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString()))
                    .containsExactlyInAnyOrder("layer/site/own/module.py", "own-1.0-py3-none-any.whl");
        }
    }
}
