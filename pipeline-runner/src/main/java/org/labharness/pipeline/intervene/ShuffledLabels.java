package org.labharness.pipeline.intervene;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.labharness.lab.Intervention.LabelsShuffled;
import org.labharness.lab.Sha256;
import org.labharness.pipeline.document.Table;
import org.labharness.pipeline.evidence.InterventionFacts.Changed;

/** The labels of a table in an order that follows from the table: the same submission is always asked the same. */
final class ShuffledLabels {
    private ShuffledLabels() {}

    static Change make(LabelsShuffled asked, TreeEdit edit) throws IOException {
        String path = asked.data();
        String label = asked.label();
        if (!edit.tree().isFile(path)) {
            return Change.theirs("There is no file " + path + ", so its labels could not be shuffled.");
        }
        Optional<byte[]> content = edit.tree().open(path, Table.LARGEST).content();
        if (content.isEmpty()) {
            return Change.ours(path + " is larger than the " + (Table.LARGEST >> 20) + " MiB that are shuffled.");
        }
        Table table;
        try {
            table = Table.read(content.get());
        } catch (IOException e) {
            return Change.theirs(path + " cannot be read as a table: " + e.getMessage() + ".");
        }
        int column = table.column(label);
        if (column < 0) {
            return Change.theirs(
                    path + " has no column " + label + " in its first line, so no labels could be shuffled.");
        }
        table.shuffle(column, seed(content.get()) + asked.draw());
        edit.write(path, table.bytes());
        return Change.made(
                "the values of the column " + label + " in " + path + " were shuffled", List.of(Changed.of(path)));
    }

    private static long seed(byte[] content) {
        return ByteBuffer.wrap(Sha256.begin().digest(content)).getLong();
    }
}
