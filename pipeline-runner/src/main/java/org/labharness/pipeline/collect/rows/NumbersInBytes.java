package org.labharness.pipeline.collect.rows;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.labharness.pipeline.collect.rows.RowIndex.Numbers;

/** The numbers that a file may hold: written out where it is text, else as floating-point numbers of eight or four bytes from each place on. */
final class NumbersInBytes {
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LOOKED_AT = 8192;
    private static final int LONGEST = 40;

    private NumbersInBytes() {}

    static List<Numbers> of(byte[] bytes) {
        return isText(bytes)
                ? List.of(written(bytes))
                : Stream.concat(
                                IntStream.range(0, Double.BYTES).mapToObj(from -> doubles(bytes, from)),
                                IntStream.range(0, Float.BYTES).mapToObj(from -> floats(bytes, from)))
                        .toList();
    }

    private static boolean isText(byte[] bytes) {
        for (int at = 0; at < Math.min(bytes.length, LOOKED_AT); at++) {
            if (bytes[at] == 0) {
                return false;
            }
        }
        return true;
    }

    private static Numbers doubles(byte[] bytes, int from) {
        int length = Math.max(0, (bytes.length - from) / Double.BYTES);
        return new Numbers(length, place -> (double) DOUBLE.get(bytes, from + place * Double.BYTES));
    }

    private static Numbers floats(byte[] bytes, int from) {
        int length = Math.max(0, (bytes.length - from) / Float.BYTES);
        return new Numbers(length, place -> (float) FLOAT.get(bytes, from + place * Float.BYTES));
    }

    /** Numbers in a text, whatever stands between them; digits that belong to a word are none. */
    private static Numbers written(byte[] text) {
        double[] found = new double[1024];
        int count = 0;
        int at = 0;
        while (at < text.length) {
            int start = at;
            while (at < text.length && isPart(text[at])) {
                at++;
            }
            if (at > start && at - start <= LONGEST) {
                double value = parsed(text, start, at);
                if (!Double.isNaN(value)) {
                    found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                    found[count++] = value;
                }
            }
            at = at == start ? at + 1 : at;
        }
        double[] all = Arrays.copyOf(found, count);
        return new Numbers(all.length, place -> all[place]);
    }

    private static boolean isPart(byte letter) {
        return isDigit(letter)
                || (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || letter == '.'
                || letter == '-'
                || letter == '+'
                || letter == '_';
    }

    private static boolean isDigit(byte letter) {
        return letter >= '0' && letter <= '9';
    }

    private static double parsed(byte[] text, int start, int end) {
        byte first = text[start];
        boolean begins = isDigit(first) || first == '.' || first == '-' || first == '+';
        byte last = text[end - 1];
        if (!begins || !(isDigit(last) || last == '.')) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(new String(text, start, end - start, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException word) {
            return Double.NaN;
        }
    }
}
