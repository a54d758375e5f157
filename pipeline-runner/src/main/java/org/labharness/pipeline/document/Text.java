package org.labharness.pipeline.document;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Decoded text.
 *
 * @param content without byte order mark, line endings as they were
 * @param bom whether it began with a byte order mark
 * @param crlf whether a line ends as on Windows
 */
public record Text(String content, Encoding encoding, boolean bom, boolean crlf) {
    /** How the bytes were read. */
    public enum Encoding {
        UTF_8,
        UTF_16_LE,
        UTF_16_BE,
        /** Not UTF-8: read byte by byte as Windows does in Western Europe. */
        LEGACY,
        /** No text at all; the content is empty. */
        BINARY
    }

    private static final int LOOK = 4096;

    public boolean binary() {
        return encoding == Encoding.BINARY;
    }

    public static Text decode(byte[] bytes) {
        if (starts(bytes, 0xEF, 0xBB, 0xBF)) {
            return utf8(bytes, 3);
        }
        if (starts(bytes, 0xFF, 0xFE)) {
            return of(bytes, 2, StandardCharsets.UTF_16LE, Encoding.UTF_16_LE);
        }
        if (starts(bytes, 0xFE, 0xFF)) {
            return of(bytes, 2, StandardCharsets.UTF_16BE, Encoding.UTF_16_BE);
        }
        int even = zeros(bytes, 0);
        int odd = zeros(bytes, 1);
        int pairs = Math.min(bytes.length, LOOK) / 2;
        if (even + odd == 0) {
            return utf8(bytes, 0);
        }
        if (even == 0 && odd * 10 > pairs * 7) {
            return of(bytes, 0, StandardCharsets.UTF_16LE, Encoding.UTF_16_LE);
        }
        if (odd == 0 && even * 10 > pairs * 7) {
            return of(bytes, 0, StandardCharsets.UTF_16BE, Encoding.UTF_16_BE);
        }
        return new Text("", Encoding.BINARY, false, false);
    }

    private static Text utf8(byte[] bytes, int skip) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, skip, bytes.length - skip);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
            return new Text(text, Encoding.UTF_8, skip > 0, text.contains("\r\n"));
        } catch (CharacterCodingException e) {
            return of(bytes, skip, Charset.forName("windows-1252"), Encoding.LEGACY);
        }
    }

    private static Text of(byte[] bytes, int skip, Charset charset, Encoding encoding) {
        String text = new String(bytes, skip, bytes.length - skip, charset);
        return new Text(text, encoding, skip > 0, text.contains("\r\n"));
    }

    private static boolean starts(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static int zeros(byte[] bytes, int from) {
        int count = 0;
        for (int i = from; i < Math.min(bytes.length, LOOK); i += 2) {
            if (bytes[i] == 0) {
                count++;
            }
        }
        return count;
    }
}
