package org.labharness.pipeline.collect.rows;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
        Optional<byte[]> wide = WideText.narrowed(bytes);
        Stream<Numbers> found = wide.stream().flatMap(NumbersInBytes::texts);
        return Stream.concat(found, isText(bytes) ? texts(bytes) : binary(bytes))
                .toList();
    }

    private static Stream<Numbers> binary(byte[] bytes) {
        return Stream.concat(
                IntStream.range(0, Double.BYTES).mapToObj(from -> doubles(bytes, from)),
                IntStream.range(0, Float.BYTES).mapToObj(from -> floats(bytes, from)));
    }

    /** Where commas separate nothing they may be decimal ones, as in tables that Excel writes in many countries. */
    private static Stream<Numbers> texts(byte[] text) {
        return hasOtherSeparators(text)
                ? Stream.of(written(text, false), written(text, true))
                : Stream.of(written(text, false));
    }

    private static boolean hasOtherSeparators(byte[] text) {
        boolean comma = false;
        boolean other = false;
        for (int at = 0; at < Math.min(text.length, LOOKED_AT); at++) {
            comma |= text[at] == ',';
            other |= text[at] == ';' || text[at] == '\t' || text[at] == '|';
        }
        return comma && other;
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

    /**
     * Numbers in a text, whatever stands between them; digits that belong to a word are none.
     *
     * @param commas whether they have decimal commas, and dots between thousands
     */
    private static Numbers written(byte[] text, boolean commas) {
        double[] found = new double[1024];
        int count = 0;
        int at = 0;
        while (at < text.length) {
            int start = at;
            while (at < text.length && (isPart(text[at]) || (commas && text[at] == ','))) {
                at++;
            }
            if (at > start && at - start <= LONGEST) {
                double value = parsed(text, start, at, commas);
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

    private static double parsed(byte[] text, int start, int end, boolean commas) {
        byte first = text[start];
        boolean begins = isDigit(first) || first == '.' || first == '-' || first == '+';
        byte last = text[end - 1];
        if (!begins || !(isDigit(last) || last == '.')) {
            return Double.NaN;
        }
        try {
            String number = new String(text, start, end - start, StandardCharsets.ISO_8859_1);
            return Double.parseDouble(
                    commas && number.indexOf(',') >= 0 ? number.replace(".", "").replace(',', '.') : number);
        } catch (NumberFormatException word) {
            return Double.NaN;
        }
    }
}
