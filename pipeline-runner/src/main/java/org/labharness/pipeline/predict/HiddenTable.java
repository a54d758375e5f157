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
                throw UnfitData.ours(
                        subject + " have " + Files.size(file) + " bytes, and at most " + Table.LARGEST + " are read.");
            }
            return new LabelledTable(
                            subject, true, data.label(), data.task(), data.features(), data.minRows(), UnfitData::ours)
                    .rows(data.id(), true, Table.read(Files.readAllBytes(file)).rows());
        } catch (IOException e) {
            throw UnfitData.ours(subject + " cannot be read: " + e.getMessage());
        }
    }
}
