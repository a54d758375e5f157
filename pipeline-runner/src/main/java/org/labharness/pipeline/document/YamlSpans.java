package org.labharness.pipeline.document;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.document.YamlTree.Alias;
import org.labharness.pipeline.document.YamlTree.Branch;
import org.labharness.pipeline.document.YamlTree.Entry;
import org.labharness.pipeline.document.YamlTree.Leaf;
import org.labharness.pipeline.document.YamlTree.Node;

/** Finds values in the text of YAML or JSON. */
final class YamlSpans {
    private static final String MERGE = "<<";
    private static final int MOST_STEPS = 100_000;
    /** Anchor and tag of a value. */
    private static final Pattern PROPERTIES = Pattern.compile("(?:[&!]\\S*(?:\\s+|$))*");

    private final String text;
    private int steps;

    private YamlSpans(String text) {
        this.text = text;
    }

    /** Finds scalars by their dotted names; of a text that is no YAML those before it goes wrong. */
    static Map<String, ValueSpan> of(String text, Set<String> dotted) {
        Map<String, ValueSpan> found = new HashMap<>();
        Node root = YamlTree.read(text);
        YamlSpans spans = new YamlSpans(text);
        for (String name : dotted) {
            spans.find(root, name).ifPresent(span -> found.put(name, span));
        }
        return found;
    }

    private Optional<ValueSpan> find(@Nullable Node node, String name) {
        if (!(node instanceof Branch branch)) {
            return Optional.empty(); // a change behind an alias would be one of all that it stands for
        }
        Optional<ValueSpan> whole = value(branch, name);
        int dot = name.indexOf('.');
        return whole.isPresent() || dot < 0
                ? whole
                : find(branch.child(name.substring(0, dot)), name.substring(dot + 1));
    }

    private Optional<ValueSpan> value(Branch branch, String key) {
        Node own = branch.child(key);
        return switch (own) {
            case Leaf leaf -> span(leaf);
            case Alias alias
            when alias.target() instanceof Leaf leaf ->
                Optional.of(new ValueSpan(offset(alias.from()), offset(alias.to()), written(leaf), "", ""));
            case null -> merged(branch, key);
            default -> Optional.empty();
        };
    }

    private Optional<ValueSpan> span(Leaf leaf) {
        int end = offset(leaf.to());
        int start = Math.min(end, bare(offset(leaf.from()), end));
        if (start < end) {
            return Optional.of(ValueSpan.of(text, start, end));
        }
        String line = text.substring(0, start).stripTrailing();
        boolean follows = line.endsWith(":") || line.endsWith("-") || leaf.from() < leaf.to();
        return follows ? Optional.of(new ValueSpan(start, end, "null", " ", "")) : Optional.empty();
    }

    /** A key of its own, which hides the one that is merged and leaves all else that the anchor gives to others. */
    private Optional<ValueSpan> merged(Branch branch, String key) {
        Entry merge = branch.entries().get(MERGE);
        Entry from = merge == null ? null : entry(merge.value(), key);
        Leaf leaf = from == null ? null : leaf(from.value());
        if (merge == null || from == null || leaf == null) {
            return Optional.empty();
        }
        int place = offset(merge.keyFrom());
        int column = place - (text.lastIndexOf('\n', place - 1) + 1);
        int keyEnd = offset(from.keyTo());
        String name = text.substring(bare(offset(from.keyFrom()), keyEnd), keyEnd);
        String after = branch.flow() ? ", " : "\n" + " ".repeat(column);
        return Optional.of(new ValueSpan(place, place, written(leaf), name + ": ", after));
    }

    /** The first that merges of a mapping, or of several, give for a key. */
    private @Nullable Entry entry(@Nullable Node merged, String key) {
        steps++;
        if (steps > MOST_STEPS) {
            return null;
        }
        Node node = merged instanceof Alias alias ? alias.target() : merged;
        if (!(node instanceof Branch branch)) {
            return null;
        }
        if (!branch.mapping()) {
            for (Node item : branch.items()) {
                Entry found = entry(item, key);
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
        Entry own = branch.entries().get(key);
        Entry further = branch.entries().get(MERGE);
        return own != null || further == null ? own : entry(further.value(), key);
    }

    private static @Nullable Leaf leaf(Node node) {
        return switch (node) {
            case Leaf leaf -> leaf;
            case Alias alias when alias.target() instanceof Leaf leaf -> leaf;
            default -> null;
        };
    }

    private String written(Leaf leaf) {
        return span(leaf).map(ValueSpan::value).orElse("null");
    }

    /** Where a scalar begins behind its anchor and tag. */
    private int bare(int start, int end) {
        Matcher properties = PROPERTIES.matcher(text).region(start, end);
        return properties.lookingAt() ? properties.end() : start;
    }

    /** The parser counts code points. */
    private int offset(int codePoints) {
        return text.offsetByCodePoints(0, codePoints);
    }
}
