package org.labharness.pipeline.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.labharness.lab.HiddenData;
import org.labharness.pipeline.document.Table;

/** Reads hidden data from a CSV file of the lab, or of its program. */
final class HiddenTable {
    private HiddenTable() {}

    static LabelledRows read(HiddenData data, Path file) throws UnfitData {
        String subject = "The hidden data '" + data.id() + "'";
        try {
            if (Files.size(file) > Table.LARGEST) {
                throw new UnfitData(
                        subject + " have " + Files.size(file) + " bytes, and at most " + Table.LARGEST + " are read.");
            }
            return new LabelledTable(subject, true, data.label(), data.task(), data.features(), data.minRows())
                    .rows(data.id(), true, Table.read(Files.readAllBytes(file)).rows());
        } catch (IOException e) {
            throw new UnfitData(subject + " cannot be read: " + e.getMessage(), e);
        }
    }
}
