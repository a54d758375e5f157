package org.labharness.probe.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The version of XGBoost that wrote a model, which is the last thing in its file, in JSON as in UBJSON. An older library loads what a
 * newer one wrote without a word and predicts something else: since 3.1 the base score is a list.
 */
record XgboostVersion(List<Integer> numbers) implements Comparable<XgboostVersion> {
    private static final String KEY = "version";
    private static final Pattern JSON = Pattern.compile("\"\\s*:\\s*\\[\\s*(\\d{1,5})\\s*,\\s*(\\d{1,5})");
    private static final int SEARCHED = 4_096;
    private static final int MOST_BYTES = 1 << 30;

    XgboostVersion {
        numbers = List.copyOf(numbers);
    }

    /** What a file says; empty where it says nothing, as files of the old binary form. */
    static Optional<XgboostVersion> of(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(
                    "it has " + Files.size(file) + " bytes, more than the " + MOST_BYTES + " that are read");
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        int key = text.lastIndexOf(KEY);
        if (key < 0) {
            return Optional.empty();
        }
        String rest = text.substring(key + KEY.length(), Math.min(text.length(), key + SEARCHED));
        Matcher json = JSON.matcher(rest);
        if (json.lookingAt()) {
            return Optional.of(
                    new XgboostVersion(List.of(Integer.valueOf(json.group(1)), Integer.valueOf(json.group(2)))));
        }
        return binary(rest);
    }

    /** {@code [#L}, the length in eight bytes, and each number as {@code i} with one byte. */
    private static Optional<XgboostVersion> binary(String rest) {
        int first = 11;
        if (!rest.startsWith("[#L") || rest.length() < first + 4) {
            return Optional.empty();
        }
        List<Integer> numbers = new ArrayList<>();
        for (int at = first; at < first + 4; at += 2) {
            if (rest.charAt(at) != 'i') {
                return Optional.empty();
            }
            numbers.add((int) rest.charAt(at + 1));
        }
        return Optional.of(new XgboostVersion(numbers));
    }

    @Override
    public int compareTo(XgboostVersion other) {
        int major = numbers.get(0).compareTo(other.numbers.get(0));
        return major != 0 ? major : numbers.get(1).compareTo(other.numbers.get(1));
    }

    @Override
    public String toString() {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining("."));
    }
}
