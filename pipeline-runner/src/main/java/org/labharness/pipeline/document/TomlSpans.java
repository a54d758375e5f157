package org.labharness.pipeline.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds values in the text of TOML: in tables, lists of tables, inline tables and lists. */
final class TomlSpans {
    private static final int DEEPEST = 100;
    private static final String BLANK = " \t";
    private static final String BETWEEN = " \t\r\n,";

    private final String text;
    private final Set<String> dotted;
    private final Map<String, ValueSpan> found = new HashMap<>();
    /** How many tables of a list there were so far. */
    private final Map<String, Integer> lists = new HashMap<>();

    private int at;

    private TomlSpans(String text, Set<String> dotted) {
        this.text = text;
        this.dotted = dotted;
    }

    /** Finds values by their dotted names; of a text that is no TOML those before it goes wrong. */
    static Map<String, ValueSpan> of(String text, Set<String> dotted) {
        TomlSpans spans = new TomlSpans(text, dotted);
        spans.document();
        return spans.found;
    }

    private void document() {
        String table = "";
        skip(BETWEEN);
        while (at < text.length()) {
            if (text.charAt(at) == '[') {
                table = heading();
            } else {
                entry(table, 0);
            }
            skip(BETWEEN);
        }
    }

    private String heading() {
        boolean isList = text.startsWith("[[", at);
        at += isList ? 2 : 1;
        String name = "";
        List<String> parts = key();
        for (int i = 0; i < parts.size(); i++) {
            name = below(name, parts.get(i));
            if (isList && i == parts.size() - 1) {
                lists.merge(name, 1, Integer::sum);
            }
            Integer count = lists.get(name);
            name = count == null ? name : below(name, String.valueOf(count - 1));
        }
        expect(isList ? "]]" : "]");
        return name;
    }

    private void entry(String table, int depth) {
        String name = table;
        for (String part : key()) {
            name = below(name, part);
        }
        expect("=");
        value(name, depth);
    }

    private List<String> key() {
        List<String> parts = new ArrayList<>();
        do {
            skip(BLANK);
            int start = at;
            if (!string()) {
                until(".=]} \t\r\n");
                parts.add(text.substring(start, at));
            } else {
                parts.add(text.substring(start + 1, Math.max(start + 1, at - 1)));
            }
            skip(BLANK);
        } while (passes("."));
        return parts;
    }

    private void value(String name, int depth) {
        skip(BLANK);
        int start = at;
        if (depth > DEEPEST) {
            at = text.length();
        } else if (passes("[")) {
            for (int i = 0; within("]"); i++) {
                value(below(name, String.valueOf(i)), depth + 1);
            }
        } else if (passes("{")) {
            while (within("}")) {
                entry(name, depth + 1);
            }
        } else {
            if (!string()) {
                until(depth == 0 ? "#\r\n" : ",]}#\r\n");
            }
            int end = start + text.substring(start, at).stripTrailing().length();
            if (end > start && dotted.contains(name)) {
                found.putIfAbsent(name, ValueSpan.of(text, start, end));
            }
            if (at == start) {
                at = text.length(); // no value where one has to be
            }
        }
    }

    private boolean within(String end) {
        skip(BETWEEN);
        return at < text.length() && !passes(end);
    }

    /** Passes a string, if one begins here; one that does not end ends the text. */
    private boolean string() {
        if (at >= text.length() || "\"'".indexOf(text.charAt(at)) < 0) {
            return false;
        }
        char quote = text.charAt(at);
        String end = text.startsWith(String.valueOf(quote).repeat(3), at)
                ? String.valueOf(quote).repeat(3)
                : "" + quote;
        at += end.length();
        while (at < text.length() && !text.startsWith(end, at)) {
            at += quote == '"' && text.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(text.length(), at + end.length());
        return true;
    }

    private void until(String letters) {
        while (at < text.length() && letters.indexOf(text.charAt(at)) < 0) {
            at++;
        }
    }

    /** Passes some letters, and comments where lines may end. */
    private void skip(String letters) {
        while (at < text.length()) {
            if (text.charAt(at) == '#' && letters.indexOf('\n') >= 0) {
                until("\n");
            } else if (letters.indexOf(text.charAt(at)) >= 0) {
                at++;
            } else {
                return;
            }
        }
    }

    private boolean passes(String word) {
        boolean here = text.startsWith(word, at);
        at += here ? word.length() : 0;
        return here;
    }

    private void expect(String word) {
        if (!passes(word)) {
            at = text.length();
        }
    }

    private static String below(String name, String part) {
        return name.isEmpty() ? part : name + "." + part;
    }
}
