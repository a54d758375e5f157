package org.labharness.autograder.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;
import org.labharness.lab.Sha256;
import org.labharness.pipeline.evidence.EvidenceFile;

/** Reads kept files through, unpacked where they are packed. */
final class Content {
    private Content() {}

    static String digest(Kind kind, Path file) throws IOException {
        return copy(kind, file, OutputStream.nullOutputStream());
    }

    /** Copies what is in a file and gives its digest. What is packed is read no further than evidence may be long. */
    static String copy(Kind kind, Path file, OutputStream out) throws IOException {
        MessageDigest digest = Sha256.begin();
        try (InputStream in = open(kind, file)) {
            byte[] part = new byte[1 << 16];
            long seen = 0;
            for (int count = in.read(part); count >= 0; count = in.read(part)) {
                seen += count;
                if (kind == Kind.EVIDENCE && seen > EvidenceFile.MAX_BYTES) {
                    throw new IOException("it unpacks to more than " + EvidenceFile.MAX_BYTES + " bytes");
                }
                digest.update(part, 0, count);
                out.write(part, 0, count);
            }
        }
        return Sha256.hex(digest);
    }

    private static InputStream open(Kind kind, Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return switch (kind) {
            case BUNDLE, PREDICTIONS -> in;
            case EVIDENCE -> unpacked(in);
        };
    }

    private static InputStream unpacked(InputStream in) throws IOException {
        try {
            return new GZIPInputStream(in, 1 << 13);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
