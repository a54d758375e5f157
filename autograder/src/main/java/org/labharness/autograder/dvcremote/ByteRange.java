package org.labharness.autograder.dvcremote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file (RFC 9110, section 14).
 *
 * @param first byte, from 0
 * @param last byte, included
 */
record ByteRange(long first, long last) {
    private static final Pattern FORM = Pattern.compile("bytes=(?:(\\d{1,15})-(\\d{0,15})|-(\\d{1,15}))");

    /** Empty where none is asked for, or several: then the whole is given. */
    static Optional<ByteRange> of(@Nullable String header, long size) {
        Matcher form = FORM.matcher(header == null ? "" : header.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        if (form.group(3) != null) {
            return Optional.of(new ByteRange(Math.max(0, size - Long.parseLong(form.group(3))), size - 1));
        }
        long last = form.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(form.group(2)), size - 1);
        return Optional.of(new ByteRange(Long.parseLong(form.group(1)), last));
    }

    boolean isIn(long size) {
        return first <= last && last < size;
    }

    long length() {
        return last - first + 1;
    }

    void copy(InputStream in, OutputStream out) throws IOException {
        byte[] chunk = new byte[64 << 10];
        long left = length();
        while (left > 0) {
            int count = in.read(chunk, 0, (int) Math.min(chunk.length, left));
            if (count < 0) {
                return;
            }
            out.write(chunk, 0, count);
            left -= count;
        }
    }
}
