package org.labharness.lab.load;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** What stands in YAML, as JSON writes it. */
final class JsonText {
    private JsonText() {}

    static String of(Value value) {
        return switch (value.node()) {
            case MappingNode mapping -> object(value, mapping);
            case SequenceNode list -> {
                List<String> elements = new ArrayList<>();
                list.getValue().forEach(node -> elements.add(of(new Value(node, value.name(), value.problems()))));
                yield "[" + String.join(",", elements) + "]";
            }
            default -> value.isNull() ? "null" : value.literal();
        };
    }

    private static String object(Value value, MappingNode mapping) {
        List<String> members = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Value key = new Value(tuple.getKeyNode(), "key", value.problems());
            if (!(tuple.getKeyNode() instanceof ScalarNode)
                    || key.scalar().chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
                key.wrong("a word as key, without quotes");
            }
            members.add(
                    "\"" + key.scalar() + "\":" + of(new Value(tuple.getValueNode(), key.scalar(), value.problems())));
        }
        return "{" + String.join(",", members) + "}";
    }
}
