package org.labharness.lab.load;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.labharness.lab.Points;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of the file with the words for what is wrong with it. A reading that notes a problem returns a harmless stand-in, which
 * nobody sees: the file is refused.
 *
 * @param name how messages call it, such as {@code points}
 */
record Value(Node node, String name, Problems problems) {
    private static final Pattern UNSAFE = Pattern.compile("[\\x00-\\x1f\\\\]|^/|^[A-Za-z]:|^$");
    /** Controls and breaks, and what turns the direction of text; not what joins letters, which some scripts need. */
    static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\u2028-\\u202e\\u2066-\\u2069\\ufeff]");

    private static final int MAX_PLACES = 2;

    static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }

    int line() {
        return line(node);
    }

    void wrong(String expected) {
        wrong("type", expected);
    }

    void wrong(String code, String expected) {
        problems.add(code, line(), "'" + name + "' is " + seen() + ".", "Expected " + expected + ".");
    }

    /** What stands there, short enough for a message. */
    String seen() {
        return switch (node) {
            case ScalarNode scalar when isNull() -> "empty";
            case ScalarNode scalar -> "'" + shortened(scalar.getValue()) + "'" + kind(scalar);
            case SequenceNode list -> "a list of " + list.getValue().size();
            case MappingNode map -> "a mapping";
            case Node other -> "something else";
        };
    }

    private static String kind(ScalarNode scalar) {
        if (scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT)) {
            return " (a number)";
        }
        return scalar.getTag().equals(Tag.BOOL) ? " (yes or no)" : "";
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 79) + "…";
    }

    boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    boolean isText() {
        return node instanceof ScalarNode && node.getTag().equals(Tag.STR);
    }

    /** Text that is not empty. */
    String text() {
        if (isText() && !scalar().isBlank()) {
            return scalar();
        }
        boolean number = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
        wrong(number ? "text: write \"" + scalar() + "\" in quotes" : "text");
        return "";
    }

    /** Text that {@code parser} takes; its complaint becomes the problem. */
    <T> T parsed(Function<String, T> parser, T standIn) {
        boolean misread = node instanceof ScalarNode && !isText() && !isNull(); // 15 where 15m was meant
        String text = misread ? scalar() : text();
        if (text.isEmpty()) {
            return standIn;
        }
        try {
            T parsed = parser.apply(text);
            return misread && text().isEmpty() ? standIn : parsed;
        } catch (IllegalArgumentException e) {
            String complaint = String.valueOf(e.getMessage());
            int split = complaint.indexOf(": expected");
            String seen = split < 0 ? complaint : complaint.substring(0, split);
            String expected = split < 0 ? "Change '" + name + "'." : "E" + complaint.substring(split + 3) + ".";
            problems.add("value", line(), "'" + name + "': " + seen + ".", expected);
            return standIn;
        }
    }

    /** Text on one line, at most {@code longest} characters. */
    String line(int longest) {
        String text = text();
        if (UNSEEN.matcher(text).find()) {
            wrong("value", "one line, without characters that cannot be seen");
        } else if (text.codePointCount(0, text.length()) > longest) {
            wrong("range", "at most " + longest + " characters");
        }
        return text;
    }

    /** One of a few words. */
    Optional<String> word(Collection<String> valid) {
        String text = text();
        if (text.isEmpty() || valid.contains(text)) {
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }
        problems.unknown("word", line(), "'" + name + "' is '" + shortened(text) + "'.", text, valid);
        return Optional.empty();
    }

    /** A constant of an enumeration, written as {@code half-up} is for {@code HALF_UP}. */
    <E extends Enum<E>> Optional<E> constant(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return word(words.keySet()).map(words::get);
    }

    int whole(int least, int most) {
        String expected = "a whole number from " + least + " to " + most;
        if (!node.getTag().equals(Tag.INT) || !scalar().matches("[0-9]{1,9}")) {
            wrong(expected);
            return least;
        }
        int number = Integer.parseInt(scalar());
        if (number < least || number > most) {
            wrong("range", expected);
            return least;
        }
        return number;
    }

    BigDecimal decimal(String least, String most) {
        String expected = "a number from " + least + " to " + most;
        boolean number = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
        if (!number || !scalar().matches("-?[0-9]{1,12}(\\.[0-9]{1,12})?")) {
            wrong(number ? expected + ", in digits such as 12.5" : expected);
            return new BigDecimal(least);
        }
        BigDecimal value = new BigDecimal(scalar());
        if (value.compareTo(new BigDecimal(least)) < 0 || value.compareTo(new BigDecimal(most)) > 0) {
            wrong("range", expected);
            return new BigDecimal(least);
        }
        return value;
    }

    /** Points; a stand-in after a problem is {@link Points#ZERO}, which is never right by itself. */
    Points points(String least) {
        BigDecimal value = decimal(least, "10000");
        if (value.stripTrailingZeros().scale() > MAX_PLACES) {
            wrong("range", "points with at most two decimal places");
            return Points.ZERO;
        }
        return new Points(value);
    }

    void isTrue() {
        if (!node.getTag().equals(Tag.BOOL) || !scalar().equals("true")) {
            wrong("true (this check has no arguments)");
        }
    }

    boolean yesOrNo() {
        if (!node.getTag().equals(Tag.BOOL)) {
            wrong("true or false");
        }
        return node instanceof ScalarNode && scalar().equals("true");
    }

    /** A path that stays where it starts: relative, forward slashes, no {@code ..}. */
    String safePath() {
        String text = text();
        if (!text.isEmpty() && !isSafe(text)) {
            wrong("unsafe-path", "a relative path with forward slashes and without '..', such as 'data/raw.csv'");
        }
        return text;
    }

    static boolean isSafe(String path) {
        if (UNSAFE.matcher(path).find() || List.of(path.split("/", -1)).contains("..")) {
            return false;
        }
        try {
            return !Path.of(path).normalize().toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** A text, number, or yes or no, as JSON writes it. */
    String literal() {
        boolean whole = node.getTag().equals(Tag.INT) && scalar().matches("-?(0|[1-9][0-9]{0,17})");
        boolean decimal = node.getTag().equals(Tag.FLOAT)
                && scalar().matches("-?[0-9]{1,17}(\\.[0-9]{1,17})?([eE][-+]?[0-9]{1,3})?");
        boolean plain = whole || decimal || node.getTag().equals(Tag.BOOL);
        if (plain) {
            return scalar();
        }
        if (!isText() || scalar().chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
            wrong("a number, true or false, or a text without quotes");
            return "0";
        }
        return "\"" + scalar() + "\"";
    }

    /** The elements of a list that is not empty. */
    List<Value> list() {
        if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            wrong("a list with at least one element");
            return List.of();
        }
        return sequence.getValue().stream()
                .map(element -> new Value(element, name, problems))
                .toList();
    }

    String scalar() {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
