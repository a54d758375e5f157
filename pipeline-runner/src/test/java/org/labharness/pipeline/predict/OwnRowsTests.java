package org.labharness.pipeline.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.QualityMetric.Task;
import org.labharness.lab.TestRows;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.probe.table.Column;

class OwnRowsTests {
    private static final String PATH = "data/test.csv";

    @TempDir
    Path folder;

    private LabelledRows read(String text, Task task, String... features) throws IOException, UnfitData {
        Files.writeString(Files.createDirectories(folder.resolve("data")).resolve("test.csv"), text);
        return read(task, features);
    }

    private LabelledRows read(Task task, String... features) throws UnfitData {
        return OwnRows.read(new TestRows.Own(PATH, "kind", task, List.of(features)), new TreeReader(folder));
    }

    /** So many rows below these names. */
    private static String table(String names, String even, String odd, int rows) {
        return names + "\n"
                + IntStream.range(0, rows)
                        .mapToObj(row -> row % 2 == 0 ? even : odd)
                        .collect(Collectors.joining("\n"));
    }

    private void refused(String text, Task task, String words) {
        assertThatThrownBy(() -> read(text, task)).isInstanceOf(UnfitData.class).hasMessage(words);
    }

    @Test
    void featuresAndLabelsAreParted() throws IOException, UnfitData {
        LabelledRows rows = read(table("a,kind,b", "1,x,2", "3,y,4", 20), Task.CLASSES);

        assertThat(rows.secret()).isFalse();
        assertThat(rows.key()).isEqualTo("data/test.csv: kind (classes)");
        assertThat(rows.labels()).hasSize(20).startsWith("x", "y");
        assertThat(rows.features().columns()).extracting(Column::name).containsExactly("a", "b");
    }

    /** {@code to_csv} without {@code index=False}. */
    @Test
    void theRowNumbersOfPandasAreNoFeature() throws IOException, UnfitData {
        assertThat(read(table(",a,kind", "0,1,x", "1,3,y", 20), Task.CLASSES)
                        .features()
                        .columns())
                .extracting(Column::name)
                .containsExactly("a");
    }

    @Test
    void missingValuesAndYesOrNoAreNumbers() throws IOException, UnfitData {
        LabelledRows rows = read(table("a,b,kind", "NA,True,1.5", "2,False,2.5", 20), Task.NUMBERS);

        assertThat(((Column.Numbers) rows.features().columns().get(0)).values()).startsWith(Double.NaN, 2);
        assertThat(((Column.Numbers) rows.features().columns().get(1)).values()).startsWith(1, 0);
    }

    @Test
    void whatMeasuresNothingIsToldInWordsForItsAuthor() {
        refused(
                table("a,kind", "1,x", "2,y", 7),
                Task.CLASSES,
                "data/test.csv has 7 rows, and at least 20 are needed.");
        refused(table("a,sort", "1,x", "2,y", 20), Task.CLASSES, "data/test.csv has no column 'kind', only a, sort.");
        refused(table("a,kind", "1,x", "2,x", 20), Task.CLASSES, "data/test.csv has the same label in every row.");
        refused(table("a,kind", "1,x", "2,", 20), Task.CLASSES, "data/test.csv has no label in 10 of 20 rows.");
        refused(
                table("a,kind", "1,NaN", "2,3", 20),
                Task.NUMBERS,
                "data/test.csv has the label 'NaN', which is no number; the lab says that numbers are predicted.");
        refused("", Task.CLASSES, "data/test.csv is empty.");
    }

    @Test
    void aTableThatIsNoneIsTold() throws IOException {
        assertThatThrownBy(() -> read(Task.CLASSES)).hasMessage("After the run there is no data/test.csv.");

        Files.createDirectories(folder.resolve(PATH));
        assertThatThrownBy(() -> read(Task.CLASSES))
                .hasMessage("It cannot be read: data/test.csv is a folder, not a file.");
    }

    @Test
    void moreThanIsHeldInMemoryIsNotRead() {
        refused(
                table("a,b,c,d,e,f,g,h,i,kind", "1,,,,,,,,,x", "2,,,,,,,,,y", 200_001),
                Task.CLASSES,
                "data/test.csv cannot be read as a table: it has more than 2000000 cells.");
    }

    @Test
    void nothingIsReadOutsideOfTheRepository() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside.csv"), table("a,kind", "1,x", "2,y", 20));
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.createDirectory(tree.resolve("data"));
        Files.createSymbolicLink(tree.resolve(PATH), outside);

        assertThatThrownBy(() ->
                        OwnRows.read(new TestRows.Own(PATH, "kind", Task.CLASSES, List.of()), new TreeReader(tree)))
                .isInstanceOf(UnfitData.class)
                .hasMessageContaining(PATH);
    }
}
