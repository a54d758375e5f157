package org.labharness.probe.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFileTests {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Table read = TableFile.read(written(), 1 << 20);

        assertThat(read.rows()).isEqualTo(3);
        assertThat(read.columns()).extracting(Column::group).containsExactly("", "output");
        assertThat(((Column.Numbers) read.columns().get(0)).values())
                .containsExactly(1.5, Double.NaN, Double.NEGATIVE_INFINITY);
        assertThat(((Column.Texts) read.columns().get(1)).values()).containsExactly("", "été", "a\nb");
    }

    @Test
    void aFileLargerThanAllowedIsNotRead() throws IOException {
        Path file = written();

        assertThatThrownBy(() -> TableFile.read(file, 20)).isInstanceOf(IOException.class);
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), written());

        assertThatThrownBy(() -> TableFile.read(link, 1 << 20))
                .isInstanceOf(IOException.class)
                .hasMessage("no plain file");
    }

    /** Neither more memory than the file has bytes, nor anything but an IOException. */
    @Test
    void aDamagedFileIsReadOrRefusedWithWords() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        Random random = new Random(7);
        Path file = folder.resolve("damaged");
        for (int round = 0; round < 3_000; round++) {
            byte[] damaged = Arrays.copyOf(whole, round % 5 == 0 ? random.nextInt(whole.length) : whole.length);
            for (int change = 0; change < 1 + round % 4 && damaged.length > 0; change++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, damaged);
            try {
                assertThat(TableFile.read(file, 1 << 20).rows()).isNotNegative();
            } catch (IOException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void aTableOfColumnsWithoutRowsEndsSoon() throws IOException {
        Path file = folder.resolve("huge");
        Files.write(file, new byte[] {0x4c, 0x54, 0x42, 0x31, 0x7f, -1, -1, -1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1});

        assertThatThrownBy(() -> TableFile.read(file, 1 << 20)).hasMessage("it ends too early");
    }

    private Path written() throws IOException {
        Path file = folder.resolve("table");
        TableFile.write(
                file,
                new Table(
                        3,
                        List.of(
                                new Column.Numbers("", "a", new double[] {1.5, Double.NaN, Double.NEGATIVE_INFINITY}),
                                new Column.Texts("output", "b", new String[] {"", "été", "a\nb"}))));
        return file;
    }
}
