package org.labharness.lab.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A mapping of the file, its keys checked when it is read. */
final class YamlMap {
    private final Value value;
    private final Map<String, Value> entries;
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    private YamlMap(Value value) {
        this.value = value;
        this.entries = new LinkedHashMap<>();
        if (!(value.node() instanceof MappingNode mapping)) {
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            Value key = new Value(tuple.getKeyNode(), "key", value.problems());
            if (!(tuple.getKeyNode() instanceof ScalarNode)) {
                key.wrong("a word as key");
                continue;
            }
            String word = key.scalar();
            if (entries.containsKey(word)) {
                value.problems()
                        .add("duplicate-key", key.line(), "'" + word + "' is there twice.", "Keep one of the two.");
                continue;
            }
            entries.put(word, new Value(tuple.getValueNode(), word, value.problems()));
            lines.put(word, key.line());
        }
    }

    /** A mapping with any keys. */
    static YamlMap open(Value value, String expected) {
        if (!(value.node() instanceof MappingNode)) {
            value.wrong(expected);
        }
        return new YamlMap(value);
    }

    /** A mapping with some of these keys and no others. */
    static YamlMap of(Value value, Collection<String> keys) {
        YamlMap map = open(value, "a mapping with some of: " + String.join(", ", keys));
        map.refuseOthers(keys);
        return map;
    }

    /**
     * What each entry says, whose key is an id.
     *
     * @param example of an id
     */
    <T> List<T> byId(String example, BiFunction<String, Value, T> entry) {
        List<T> all = new ArrayList<>();
        entries.forEach((id, one) -> {
            if (!id.matches("[a-z][a-z0-9-]{0,39}")) {
                value.problems()
                        .add(
                                "value",
                                line(id),
                                "'" + id + "' is no id.",
                                "Expected lower-case letters, digits and hyphens, such as '" + example + "'.");
            }
            all.add(entry.apply(id, one));
        });
        return all;
    }

    void refuseOthers(Collection<String> keys) {
        for (String key : entries.keySet()) {
            if (!keys.contains(key)) {
                value.problems()
                        .unknown(
                                "unknown-key",
                                line(key),
                                "'" + key + "' is no key of '" + value.name() + "'.",
                                key,
                                keys);
            }
        }
    }

    List<String> keys() {
        return new ArrayList<>(entries.keySet());
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    /** Whether it is a mapping at all; else that has been named already. */
    boolean isMapping() {
        return value.node() instanceof MappingNode;
    }

    int line() {
        return value.line();
    }

    int line(String key) {
        return lines.getOrDefault(key, value.line());
    }

    Problems problems() {
        return value.problems();
    }

    Optional<Value> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** The value of a key that must be there. */
    Optional<Value> need(String key, String what) {
        Optional<Value> found = get(key);
        if (found.isEmpty() && isMapping()) {
            value.problems()
                    .add(
                            "missing-key",
                            line(),
                            "'" + value.name() + "' has no '" + key + "'.",
                            "Expected " + what + ".");
        }
        return found;
    }
}
