package org.labharness.pipeline.document;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The first document of a YAML text with the places of what is in it, in code points; an alias is not repeated, so its size is bounded. */
final class YamlTree {
    private static final int LONGEST = 1 << 20;
    private static final int DEEPEST = 100;

    private final Deque<Branch> open = new ArrayDeque<>();
    private final Deque<Optional<Anchor>> openAnchors = new ArrayDeque<>();
    private final Map<Anchor, Node> anchors = new HashMap<>();
    private @Nullable Node root;

    private YamlTree() {}

    sealed interface Node {}

    /** A scalar, its anchor and tag included. */
    record Leaf(int from, int to, String text) implements Node {}

    /** @param target null where it stands for nothing before it */
    record Alias(int from, int to, @Nullable Node target) implements Node {}

    record Entry(int keyFrom, int keyTo, Node value) {}

    /** A mapping or list. Of two entries with the same key the last counts, as for those who read it. */
    static final class Branch implements Node {
        private final boolean mapping;
        private final boolean flow;
        private final Map<String, Entry> entries = new HashMap<>();
        private final List<Node> items = new ArrayList<>();
        private @Nullable Leaf key;

        private Branch(boolean mapping, boolean flow) {
            this.mapping = mapping;
            this.flow = flow;
        }

        boolean mapping() {
            return mapping;
        }

        boolean flow() {
            return flow;
        }

        Map<String, Entry> entries() {
            return entries;
        }

        List<Node> items() {
            return items;
        }

        /** What stands under a key of its own, or at an index. */
        @Nullable
        Node child(String name) {
            if (mapping) {
                Entry entry = entries.get(name);
                return entry == null ? null : entry.value();
            }
            boolean index = name.matches("[0-9]{1,6}") && Integer.parseInt(name) < items.size();
            return index ? items.get(Integer.parseInt(name)) : null;
        }

        private void add(Node node) {
            Leaf under = key;
            if (!mapping) {
                items.add(node);
            } else if (under == null) {
                key = node instanceof Leaf leaf
                        ? leaf
                        : node instanceof Alias alias && alias.target() instanceof Leaf leaf
                                ? new Leaf(alias.from(), alias.to(), leaf.text())
                                : new Leaf(0, 0, "");
            } else {
                entries.put(under.text(), new Entry(under.from(), under.to(), node));
                key = null;
            }
        }
    }

    /** Null where there is nothing; of a text that is no YAML what is before it goes wrong. */
    static @Nullable Node read(String text) {
        YamlTree tree = new YamlTree();
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setCodePointLimit(LONGEST)
                    .setVersionFunction(version -> version)
                    .build();
            for (Event event : new Parse(settings).parseString(text)) {
                if (event.getEventId() == Event.ID.DocumentEnd || tree.open.size() >= DEEPEST) {
                    break;
                }
                tree.accept(event);
            }
        } catch (YamlEngineException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return tree.root; // what the parser throws on text that it was not made for
        }
        return tree.root;
    }

    private void accept(Event event) {
        int from = event.getStartMark().map(Mark::getIndex).orElse(0);
        int to = event.getEndMark().map(Mark::getIndex).orElse(from);
        switch (event) {
            case CollectionStartEvent start -> {
                Branch branch = new Branch(start.getEventId() == Event.ID.MappingStart, start.isFlow());
                add(branch);
                open.push(branch);
                openAnchors.push(start.getAnchor());
            }
            case ScalarEvent scalar -> {
                Leaf leaf = new Leaf(from, to, scalar.getValue());
                add(leaf);
                scalar.getAnchor().ifPresent(anchor -> anchors.put(anchor, leaf));
            }
            case AliasEvent alias -> add(new Alias(from, to, anchors.get(alias.getAlias())));
            default -> {
                if (event.getEventId() == Event.ID.MappingEnd || event.getEventId() == Event.ID.SequenceEnd) {
                    Branch ended = open.pop();
                    openAnchors.pop().ifPresent(anchor -> anchors.put(anchor, ended));
                }
            }
        }
    }

    private void add(Node node) {
        Branch inside = open.peek();
        if (inside == null) {
            root = node;
        } else {
            inside.add(node);
        }
    }
}
