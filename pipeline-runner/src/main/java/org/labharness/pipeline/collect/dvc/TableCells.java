package org.labharness.pipeline.collect.dvc;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cells of a line: without quotes, and numbers in one form (18.20, +18.2 and 1.82e1 are 18.2). */
final class TableCells {
    private static final Pattern WITH_EXPONENT =
            Pattern.compile("[-+]?[0-9]{1,40}(?:\\.[0-9]{0,40})?[eE][-+]?[0-9]{1,3}");
    private static final Pattern PLAIN = Pattern.compile("[-+]?(?:[0-9]{1,40}(?:\\.[0-9]{0,40})?|\\.[0-9]{1,40})");

    private TableCells() {}

    /** The one of comma, semicolon and tab that stands most often in a line outside quotes. */
    static char separator(String line) {
        int[] counts = new int[128];
        boolean quoted = false;
        for (int at = 0; at < line.length(); at++) {
            char letter = line.charAt(at);
            quoted ^= letter == '"';
            if (!quoted && letter < counts.length) {
                counts[letter]++;
            }
        }
        char best = counts[';'] > counts[','] ? ';' : ',';
        return counts['\t'] > counts[best] ? '\t' : best;
    }

    static List<String> of(String line, char separator) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int at = 0; at < line.length(); at++) {
            char letter = line.charAt(at);
            if (letter == '"' && quoted && at + 1 < line.length() && line.charAt(at + 1) == '"') {
                cell.append(letter);
                at++;
            } else if (letter == '"') {
                quoted = !quoted;
            } else if (letter == separator && !quoted) {
                cells.add(plain(cell.toString(), separator));
                cell.setLength(0);
            } else {
                cell.append(letter);
            }
        }
        cells.add(plain(cell.toString(), separator));
        return cells;
    }

    static boolean isNumber(String cell) {
        return isNumeric(cell)
                && (PLAIN.matcher(cell).matches() || WITH_EXPONENT.matcher(cell).matches());
    }

    private static String plain(String cell, char separator) {
        String text = cell.strip();
        if (!isNumeric(text)) {
            return text;
        }
        String number = separator == ',' ? text : text.replace(',', '.');
        if (PLAIN.matcher(number).matches()) {
            return digits(number);
        }
        return WITH_EXPONENT.matcher(number).matches() ? digits(new BigDecimal(number).toPlainString()) : text;
    }

    private static boolean isNumeric(String text) {
        if (text.isEmpty()) {
            return false;
        }
        char first = text.charAt(0);
        return (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
    }

    private static String digits(String number) {
        boolean signed = number.charAt(0) == '-' || number.charAt(0) == '+';
        int from = signed ? 1 : 0;
        int to = number.length();
        if (number.indexOf('.') >= 0) {
            while (number.charAt(to - 1) == '0') {
                to--;
            }
            to -= number.charAt(to - 1) == '.' ? 1 : 0;
        }
        while (from < to && number.charAt(from) == '0') {
            from++;
        }
        String digits = number.substring(from, to);
        String whole = digits.isEmpty() || digits.charAt(0) == '.' ? "0" + digits : digits;
        return signed && number.charAt(0) == '-' && !whole.equals("0") ? "-" + whole : whole;
    }
}
