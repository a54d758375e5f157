package org.labharness.probe.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Bodies as they were before they were packed for the way, by RFC 9110 (8.4): gzip and deflate. */
final class Unpacked {
    private Unpacked() {}

    /**
     * @param coding as {@code Content-Encoding} names it; one that nobody knows leaves the body as it came
     * @param most bytes that are kept
     */
    static Beginning.Kept of(String coding, Beginning.Kept packed, int most) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = opened(coding.strip().toLowerCase(Locale.ROOT), packed)) {
            if (in == null) {
                return packed;
            }
            byte[] part = new byte[8_192];
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                int room = most - bytes.size();
                bytes.write(part, 0, Math.min(read, room));
                if (read > room) {
                    return new Beginning.Kept(bytes.toByteArray(), false);
                }
            }
            return new Beginning.Kept(bytes.toByteArray(), packed.whole());
        } catch (IOException broken) {
            return packed.whole() ? packed : new Beginning.Kept(bytes.toByteArray(), false);
        }
    }

    private static @Nullable InputStream opened(String coding, Beginning.Kept packed) throws IOException {
        InputStream in = new ByteArrayInputStream(packed.bytes());
        return switch (coding) {
            case "gzip", "x-gzip" -> new GZIPInputStream(in);
            case "deflate" -> new InflaterInputStream(in);
            default -> null;
        };
    }
}
