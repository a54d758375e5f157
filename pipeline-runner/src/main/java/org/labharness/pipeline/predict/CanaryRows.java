package org.labharness.pipeline.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.TestRows;
import org.labharness.pipeline.document.Table;
import org.labharness.pipeline.document.TreeReader;

/** Reads rows that a lab plants, and from the table where it plants them which labels there are. */
final class CanaryRows {
    private CanaryRows() {}

    static LabelledRows read(TestRows.Canaries canaries, Path labFolder, TreeReader tree) throws UnfitData {
        String subject = "The lab's rows " + canaries.file();
        List<List<String>> lines;
        try {
            lines = Table.read(Files.readAllBytes(labFolder.resolve(canaries.file())))
                    .rows();
        } catch (IOException e) {
            throw UnfitData.ours(subject + " cannot be read: " + e.getMessage() + ".");
        }
        return new LabelledTable(
                        subject,
                        true,
                        canaries.label(),
                        QualityMetric.Task.CLASSES,
                        canaries.features(),
                        1,
                        UnfitData::ours)
                .parted(canaries.key(), true, lines, labels(canaries, tree));
    }

    private static List<String> labels(TestRows.Canaries canaries, TreeReader tree) throws UnfitData {
        String path = canaries.data();
        if (!tree.isFile(path)) {
            throw UnfitData.missing("There is no " + path + ".");
        }
        try {
            byte[] content = tree.open(path, Table.LARGEST)
                    .content()
                    .orElseThrow(() -> new IOException("it is larger than " + (Table.LARGEST >> 20) + " MiB"));
            Table table = Table.read(content);
            int column = table.column(canaries.label());
            if (column < 0) {
                throw UnfitData.theirs(path + " has no column '" + canaries.label() + "'.");
            }
            return table.rows().stream()
                    .skip(1)
                    .filter(row -> row.size() > column && !row.get(column).isEmpty())
                    .map(row -> row.get(column))
                    .distinct()
                    .toList();
        } catch (IOException e) {
            throw UnfitData.theirs(path + " cannot be read as a table: " + e.getMessage() + ".");
        }
    }
}
