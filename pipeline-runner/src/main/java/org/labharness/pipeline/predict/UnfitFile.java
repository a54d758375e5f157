package org.labharness.pipeline.predict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** A file in the place of a model that is none, so that no loader has to stumble over it in words of its own. */
final class UnfitFile {
    private static final String POINTER = "version https://git-lfs.github.com/spec/";

    private UnfitFile() {}

    /** The end of a sentence that says why. */
    static Optional<String> of(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (Files.size(file) == 0) {
            return Optional.of("the file is empty");
        }
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(POINTER.length()), StandardCharsets.ISO_8859_1);
            return head.equals(POINTER)
                    ? Optional.of("the file is a pointer of Git LFS, not the model itself")
                    : Optional.empty();
        }
    }
}
