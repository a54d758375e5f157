package org.labharness.pipeline.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.TreeReader;

/** A dvc.lock as DVC 1 wrote it, which DVC 3 refuses to read: the same records without the names that stand around them since DVC 2. */
final class OldLock {
    private OldLock() {}

    /** Puts the names around the records; false where the file is not of DVC 1. */
    static boolean renew(Path tree, String path) throws IOException {
        Path file = tree.resolve(path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        boolean old = Documents.read(new TreeReader(tree), path, Documents.Form.YAML)
                .document()
                .filter(Doc.Mapping.class::isInstance)
                .map(Doc.Mapping.class::cast)
                .filter(root -> !root.entries().isEmpty())
                .filter(root -> root.entries().values().stream()
                        .allMatch(stage -> stage.get("cmd").isPresent()))
                .isPresent();
        if (old) {
            String records = Files.readString(file)
                    .lines()
                    .map(line -> "  " + line + "\n")
                    .collect(Collectors.joining());
            Files.writeString(file, "schema: '2.0'\nstages:\n" + records);
        }
        return old;
    }
}
