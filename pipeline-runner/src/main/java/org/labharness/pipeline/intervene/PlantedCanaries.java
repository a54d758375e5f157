package org.labharness.pipeline.intervene;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.labharness.lab.Intervention.CanariesPlanted;
import org.labharness.lab.Sha256;
import org.labharness.pipeline.document.Table;
import org.labharness.pipeline.evidence.InterventionFacts.Changed;

/** Rows of the lab among those of a table, at places that follow from the table: the same submission is always asked the same. */
final class PlantedCanaries {
    private PlantedCanaries() {}

    static Change make(CanariesPlanted asked, Path labFolder, TreeEdit edit) throws IOException {
        String path = asked.data();
        Table canaries;
        try {
            canaries = Table.read(Files.readAllBytes(labFolder.resolve(asked.rows())));
        } catch (IOException e) {
            return Change.ours("The lab's rows " + asked.rows() + " cannot be read: " + e.getMessage() + ".");
        }
        int count = canaries.rows().size() - 1;
        if (count < 1) {
            return Change.ours("The lab's table " + asked.rows() + " has no rows.");
        }
        if (!edit.tree().isFile(path)) {
            return Change.theirs("There is no file " + path + ", so no rows could be added to it.");
        }
        Optional<byte[]> content = edit.tree().open(path, Table.LARGEST).content();
        if (content.isEmpty()) {
            return Change.ours(path + " is larger than the " + (Table.LARGEST >> 20) + " MiB to which rows are added.");
        }
        try {
            Table table = Table.read(content.get());
            if (table.rows().isEmpty()) {
                return Change.theirs(path + " is empty, so no rows could be added to it.");
            }
            Optional<String> unclear = table.unclear(canaries);
            if (unclear.isPresent()) {
                return Change.ours("The column " + unclear.get() + " of " + path + " has decimal points and commas,"
                        + " so the grader cannot tell how to write rows for it.");
            }
            table.plant(canaries, seed(content.get()) + asked.draw());
            edit.write(path, table.bytes());
        } catch (IOException e) {
            return Change.theirs("No rows could be added to " + path + ": " + e.getMessage() + ".");
        }
        return Change.made(count + " rows of the grader's were added to " + path, List.of(Changed.of(path)));
    }

    private static long seed(byte[] content) {
        return ByteBuffer.wrap(Sha256.begin().digest(content)).getLong();
    }
}
