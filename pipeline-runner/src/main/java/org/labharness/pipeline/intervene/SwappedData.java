package org.labharness.pipeline.intervene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.labharness.pipeline.evidence.InterventionFacts.Changed;

/** Files of the lab in the place of the submission's. */
final class SwappedData {
    private SwappedData() {}

    static Change make(Map<String, String> files, Path labFolder, TreeEdit edit) throws IOException {
        List<Changed> changed = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (!edit.tree().isFile(file.getKey())) {
                return Change.theirs(
                        "There is no file " + file.getKey() + ", so other data could not be put in its place.");
            }
            edit.copy(labFolder.resolve(file.getValue()), file.getKey());
            changed.add(Changed.of(file.getKey()));
        }
        return Change.made(
                "other data of the same form was put in the place of " + String.join(", ", files.keySet()), changed);
    }
}
