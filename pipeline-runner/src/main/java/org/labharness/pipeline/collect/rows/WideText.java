package org.labharness.pipeline.collect.rows;

import java.nio.ByteOrder;
import java.util.Optional;

/** Text of two bytes a letter (UTF-16), with a byte order mark or without. */
final class WideText {
    private static final int LOOKED_AT = 8192;
    private static final int SHORTEST = 16;

    private WideText() {}

    /** The text with one byte a letter, for letters of more a question mark; empty where the bytes look like no such text. */
    static Optional<byte[]> narrowed(byte[] bytes) {
        if (bytes.length < SHORTEST) {
            return Optional.empty();
        }
        if (looks(bytes, ByteOrder.LITTLE_ENDIAN)) {
            return Optional.of(narrowed(bytes, 0));
        }
        return looks(bytes, ByteOrder.BIG_ENDIAN) ? Optional.of(narrowed(bytes, 1)) : Optional.empty();
    }

    private static boolean looks(byte[] bytes, ByteOrder order) {
        boolean little = order.equals(ByteOrder.LITTLE_ENDIAN);
        int low = little ? 0 : 1;
        int high = 1 - low;
        if (bytes[low] == (byte) 0xFF && bytes[high] == (byte) 0xFE) {
            return true;
        }
        int pairs = Math.min(bytes.length, LOOKED_AT) / 2;
        int plain = 0;
        for (int pair = 0; pair < pairs; pair++) {
            plain += bytes[2 * pair + high] == 0 && bytes[2 * pair + low] != 0 ? 1 : 0;
        }
        return plain >= pairs - pairs / 10;
    }

    private static byte[] narrowed(byte[] bytes, int low) {
        byte[] text = new byte[bytes.length / 2];
        for (int at = 0; at < text.length; at++) {
            text[at] = bytes[2 * at + 1 - low] == 0 ? bytes[2 * at + low] : (byte) '?';
        }
        return text;
    }
}
