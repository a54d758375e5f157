package org.labharness.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.labharness.pipeline.document.TreeReader;

/**
 * Puts committed links in place of the files that stood for them, for the code that runs now. Last of all that the harness does to a clone
 * before: until then nothing that reads or writes there can meet a link.
 */
final class CommittedLinks {
    private CommittedLinks() {}

    static void place(TreeReader tree) {
        tree.links().followed().forEach((path, link) -> {
            Path file = tree.root().resolve(path);
            try {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.delete(file);
                    Files.createSymbolicLink(file, Path.of(link.target()));
                }
            } catch (IOException problem) {
                throw new SystemBroke(
                        Breakdown.INTERNAL,
                        "The committed link " + path + " cannot be put in place: " + problem,
                        problem);
            }
        });
    }
}
