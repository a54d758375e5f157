package org.labharness.pipeline.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.HiddenData;
import org.labharness.lab.QualityMetric.Task;
import org.labharness.probe.table.Column;

class HiddenTableTests {
    @TempDir
    Path folder;

    private LabelledRows read(String text, Task task, String... features) throws IOException, UnfitData {
        Path file = folder.resolve("rows.csv");
        Files.writeString(file, text);
        return HiddenTable.read(
                new HiddenData("rocks", new HiddenData.Shipped("rows.csv"), "kind", task, List.of(features), 2), file);
    }

    @Test
    void featuresAndLabelsAreParted() throws IOException, UnfitData {
        LabelledRows rows = read("a,kind,colour\n1.5,x,\"red, dark\"\n,y,blue\n", Task.CLASSES);

        assertThat(rows.labels()).containsExactly("x", "y");
        assertThat(rows.features().columns()).extracting(Column::name).containsExactly("a", "colour");
        assertThat(((Column.Numbers) rows.features().columns().get(0)).values()).containsExactly(1.5, Double.NaN);
        assertThat(((Column.Texts) rows.features().columns().get(1)).values()).containsExactly("red, dark", "blue");
        assertThat(((Column.Texts) rows.cells().columns().get(0)).values())
                .as("as they stand, for pandas")
                .containsExactly("1.5", "");
    }

    @Test
    void featuresComeInTheOrderOfTheLab() throws IOException, UnfitData {
        assertThat(read("a,b,kind\n1,2,x\n3,4,y\n", Task.CLASSES, "b", "a")
                        .features()
                        .columns())
                .extracting(Column::name)
                .containsExactly("b", "a");
    }

    @Test
    void digestsFollowTheValues() throws IOException, UnfitData {
        LabelledRows rows = read("a,kind\n1,x\n2,y\n", Task.CLASSES);

        assertThat(read("a,kind\n1,y\n2,x\n", Task.CLASSES).featuresDigest()).isEqualTo(rows.featuresDigest());
        assertThat(read("a,kind\n1,y\n2,x\n", Task.CLASSES).labelsDigest()).isNotEqualTo(rows.labelsDigest());
        assertThat(read("a,kind\n3,x\n2,y\n", Task.CLASSES).featuresDigest()).isNotEqualTo(rows.featuresDigest());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a,kind;1,x                | CLASSES | have 1 row, and at least 2 are needed.
            a,kind;1,x;2              | CLASSES | have a row of 1 values below 2 names.
            a,a,kind;1,1,x;2,2,y      | CLASSES | have two columns of one name.
            a,b;1,x;2,y               | CLASSES | have no column 'kind', only a, b.
            a,kind;1,x;2,x            | CLASSES | have the same label in every row.
            a,kind;1,3;2,many         | NUMBERS | have the label 'many', which is no number; the lab says that numbers are predicted.
            a,kind;1,x;2,             | CLASSES | have no label in 1 of 2 rows.
            kind;x;y                  | CLASSES | have no column beside the label 'kind'.
            a,kind;1,3;2,3            | NUMBERS | have the same label in every row.
            """)
    void whatMeasuresNothingIsRefused(String text, Task task, String words) {
        assertThatThrownBy(() -> read(text.replace(';', '\n') + "\n", task))
                .isInstanceOf(UnfitData.class)
                .hasMessage("The hidden data 'rocks' " + words);
    }

    @Test
    void theSecretOfACourseIsMadeOnceAndClosedToOthers() throws IOException {
        CourseSeed first = CourseSeed.of(folder);
        CourseSeed again = CourseSeed.of(folder);
        CourseSeed other = CourseSeed.of(Files.createDirectory(folder.resolve("another")));

        assertThat(again.number("rocks")).isEqualTo(first.number("rocks")).isNotNegative();
        assertThat(first.number("rocks")).isNotEqualTo(first.number("beans"));
        assertThat(other.number("rocks")).isNotEqualTo(first.number("rocks"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("course-seed"))))
                .isEqualTo("rw-------");
    }

    @Test
    void rowsInAnotherOrderComeBack() throws IOException, UnfitData {
        LabelledRows rows = read("a,colour,kind\n1,r,x\n2,g,y\n3,b,x\n4,w,y\n5,k,x\n", Task.CLASSES);
        RowOrder order = RowOrder.of(17, 5);

        var back = order.restored(order.shuffled(rows.features()));

        assertThat(((Column.Numbers) order.shuffled(rows.features()).columns().get(0)).values())
                .isNotEqualTo(((Column.Numbers) rows.features().columns().get(0)).values());
        assertThat(((Column.Numbers) back.columns().get(0)).values()).containsExactly(1, 2, 3, 4, 5);
        assertThat(((Column.Texts) back.columns().get(1)).values()).containsExactly("r", "g", "b", "w", "k");
    }
}
