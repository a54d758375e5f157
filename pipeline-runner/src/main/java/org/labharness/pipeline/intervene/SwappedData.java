package org.labharness.pipeline.intervene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.pipeline.evidence.InterventionFacts.Changed;

/** Files of the lab in the place of the submission's. */
final class SwappedData {
    private SwappedData() {}

    static Change make(Map<String, String> files, Path labFolder, TreeEdit edit) throws IOException {
        List<Changed> changed = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            String place = file.getKey();
            if (!edit.tree().isFile(place)) {
                return Change.theirs("There is no file " + place + ", so other data could not be put in its place.");
            }
            Path other = labFolder.resolve(file.getValue());
            Optional<byte[]> written;
            try {
                written = new FittingData(edit.tree(), place, other).written();
            } catch (FittingData.Misfit e) {
                return Change.ours(file.getValue() + " of the lab cannot take the place of " + place + ": "
                        + e.getMessage() + ". Nobody can tell by it what the pipeline does with other data.");
            }
            if (written.isPresent()) {
                edit.write(place, written.get());
            } else {
                edit.copy(other, place);
            }
            changed.add(Changed.of(place));
        }
        return Change.made(
                "other data of the same form was put in the place of " + String.join(", ", files.keySet()), changed);
    }
}
