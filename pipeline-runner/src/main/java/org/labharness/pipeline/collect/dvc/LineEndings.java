package org.labharness.pipeline.collect.dvc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Which line endings a text is given while it is read. What holds a zero byte near its start is no text, and stays as it is. */
enum LineEndings {
    AS_THEY_ARE,
    UNIX,
    WINDOWS;

    private static final int BUFFER = 1 << 16;
    private static final int LOOK = 8_000;

    void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        boolean convert = this != AS_THEY_ARE;
        byte last = 0;
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            if (convert && last == 0 && isBinary(buffer, count)) {
                convert = false;
            }
            if (convert) {
                last = converted(buffer, count, last, to);
            } else {
                to.write(buffer, 0, count);
            }
        }
        if (convert && last == '\r') {
            to.write(last);
        }
    }

    private static boolean isBinary(byte[] bytes, int count) {
        for (int i = 0; i < Math.min(count, LOOK); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** A carriage return is held back until it is known what follows. */
    private byte converted(byte[] bytes, int count, byte before, OutputStream to) throws IOException {
        byte[] out = new byte[2 * count + 1];
        int length = 0;
        byte last = before;
        for (int i = 0; i < count; i++) {
            byte now = bytes[i];
            if (last == '\r' && now != '\n') {
                out[length++] = '\r';
            }
            if (now == '\n' && this == WINDOWS) {
                out[length++] = '\r';
            }
            if (now != '\r') {
                out[length++] = now;
            }
            last = now;
        }
        to.write(out, 0, length);
        return last;
    }
}
