package org.labharness.pipeline.predict;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels that occur, sorted as scikit-learn sorts the classes of a model: numbers by their value where all are numbers, else by their letters.
 *
 * @param names in one form each: {@code 1} for 1, 1.0 and 01
 */
record Classes(List<String> names, Map<String, Integer> indices) {
    Classes {
        names = List.copyOf(names);
        indices = Map.copyOf(indices);
    }

    static Classes of(List<String> labels) {
        List<String> distinct = labels.stream().map(Classes::plain).distinct().toList();
        boolean numbers = distinct.stream().allMatch(Classes::isNumber);
        List<String> sorted = distinct.stream()
                .sorted(numbers ? Comparator.comparing(BigDecimal::new) : Comparator.<String>naturalOrder())
                .toList();
        Map<String, Integer> indices = new HashMap<>();
        for (String name : sorted) {
            indices.put(name, indices.size());
        }
        return new Classes(sorted, indices);
    }

    int count() {
        return names.size();
    }

    /** Position of a label; -1 where it is none of these. */
    int index(String label) {
        return indices.getOrDefault(plain(label), -1);
    }

    int index(double number) {
        return index(plain(number));
    }

    /** A label in the form in which it is compared. */
    static String plain(String label) {
        String text = label.strip();
        return isNumber(text) ? form(new BigDecimal(text)) : text;
    }

    static String plain(double number) {
        return Double.isFinite(number) ? form(BigDecimal.valueOf(number)) : Double.toString(number);
    }

    private static String form(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return Math.abs(stripped.scale()) > 30 ? stripped.toString() : stripped.toPlainString();
    }

    static boolean isNumber(String text) {
        return text.length() <= 30 && text.matches("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,2})?");
    }
}
