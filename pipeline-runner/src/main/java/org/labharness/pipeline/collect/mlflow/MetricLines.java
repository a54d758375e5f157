package org.labharness.pipeline.collect.mlflow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Lines {@code timestamp value step} of a metric's file, of any length, in bounded memory. */
final class MetricLines {
    private static final int LONGEST = 200;

    private MetricLines() {}

    static void read(InputStream in, long bytes, StepHistory history) throws IOException {
        byte[] chunk = new byte[64 * 1024];
        byte[] line = new byte[LONGEST];
        int length = 0;
        long left = bytes;
        int read;
        while (left > 0 && (read = in.read(chunk, 0, (int) Math.min(chunk.length, left))) > 0) {
            left -= read;
            for (int i = 0; i < read; i++) {
                if (chunk[i] == '\n') {
                    add(line, length, history);
                    length = 0;
                } else if (length < LONGEST) {
                    line[length++] = chunk[i];
                }
            }
        }
        add(line, length, history);
    }

    private static void add(byte[] line, int length, StepHistory history) {
        String[] words =
                new String(line, 0, length, StandardCharsets.US_ASCII).strip().split("\\s+", 4);
        if (words.length < 2) {
            return;
        }
        try {
            history.add(words.length < 3 ? 0 : Long.parseLong(words[2]), Long.parseLong(words[0]), number(words[1]));
        } catch (NumberFormatException e) {
            // MLflow itself ignores such a line's run; the other lines still count
        }
    }

    private static double number(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(word);
        };
    }
}
