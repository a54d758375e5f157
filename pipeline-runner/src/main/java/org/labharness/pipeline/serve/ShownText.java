package org.labharness.pipeline.serve;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Looks for a text in output as it comes, in a mebibyte of it: who prints everything that there is shows nothing. A number is not found within a longer one, but
 * with more zeros behind its point. One thread adds, another asks.
 */
final class ShownText {
    private static final int MOST = 1 << 20;

    private final Pattern wanted;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    ShownText(String wanted) {
        String before = wanted.matches("(?s)[0-9].*") ? "(?<![0-9])" : "";
        String after = wanted.matches("(?s).*[0-9]") ? "(?!0*[1-9])" : "";
        this.wanted = Pattern.compile(before + Pattern.quote(wanted) + after);
    }

    synchronized void add(byte[] chunk) {
        output.write(chunk, 0, Math.min(chunk.length, MOST - output.size()));
    }

    synchronized boolean isFound() {
        return wanted.matcher(output.toString(StandardCharsets.UTF_8)).find();
    }
}
