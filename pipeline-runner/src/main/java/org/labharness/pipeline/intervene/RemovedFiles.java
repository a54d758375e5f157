package org.labharness.pipeline.intervene;

import java.io.IOException;
import java.util.List;
import org.labharness.pipeline.evidence.InterventionFacts.Changed;

/** Files taken away. */
final class RemovedFiles {
    private RemovedFiles() {}

    static Change make(List<String> files, TreeEdit edit) throws IOException {
        List<String> there = files.stream().filter(edit.tree()::isFile).toList();
        String all = String.join(", ", files);
        if (there.isEmpty()) {
            return Change.theirs("There is no file " + all + ", so it could not be taken away.");
        }
        for (String file : there) {
            edit.remove(file);
        }
        String removed = String.join(", ", there);
        return Change.made(
                removed + (there.size() == 1 ? " was" : " were") + " taken away",
                there.stream().map(Changed::of).toList());
    }
}
