package org.labharness.pipeline.document;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Finds values in the text of YAML or JSON by the parser's events. */
final class YamlSpans {
    private static final int LONGEST = 1 << 20;
    private static final int DEEPEST = 100;

    private YamlSpans() {}

    /** Where the walk is: the dotted name of an open mapping or list, and what comes next in it. */
    private static final class Level {
        private final String name;
        private final boolean mapping;
        private boolean atKey = true;
        private String key = "";
        private int index;

        Level(String name, boolean mapping) {
            this.name = name;
            this.mapping = mapping;
        }

        String child() {
            String last = mapping ? key : Integer.toString(index);
            return name.isEmpty() ? last : name + "." + last;
        }

        void next() {
            index++;
            atKey = true;
        }
    }

    /** Finds scalars by their dotted names, none behind an alias; of a text that is no YAML those before it goes wrong. */
    static Map<String, ValueSpan> of(String text, Set<String> dotted) {
        Map<String, ValueSpan> found = new HashMap<>();
        Deque<Level> open = new ArrayDeque<>();
        try {
            LoadSettings settings =
                    LoadSettings.builder().setCodePointLimit(LONGEST).build();
            for (Event event : new Parse(settings).parseString(text)) {
                switch (event.getEventId()) {
                    case MappingStart, SequenceStart -> {
                        if (open.size() >= DEEPEST) {
                            return found;
                        }
                        String name = open.isEmpty() ? "" : open.element().child();
                        open.push(new Level(name, event.getEventId() == Event.ID.MappingStart));
                    }
                    case MappingEnd, SequenceEnd -> {
                        open.pop();
                        passed(open);
                    }
                    case Scalar -> {
                        ScalarEvent scalar = (ScalarEvent) event;
                        if (isKey(open)) {
                            open.element().key = scalar.getValue();
                            open.element().atKey = false;
                        } else {
                            String name = open.isEmpty() ? "" : open.element().child();
                            if (!open.isEmpty() && dotted.contains(name)) {
                                span(text, scalar).ifPresent(span -> found.putIfAbsent(name, span));
                            }
                            if (found.size() == dotted.size()) {
                                return found;
                            }
                            passed(open);
                        }
                    }
                    case Alias -> passed(open);
                    default -> {
                        // nothing that stands in a mapping or list
                    }
                }
            }
        } catch (YamlEngineException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return found; // what the parser throws on text that it was not made for
        }
        return found;
    }

    private static boolean isKey(Deque<Level> open) {
        return !open.isEmpty() && open.element().mapping && open.element().atKey;
    }

    private static void passed(Deque<Level> open) {
        if (!open.isEmpty()) {
            open.element().next();
        }
    }

    /** The parser counts code points. */
    private static Optional<ValueSpan> span(String text, ScalarEvent scalar) {
        Optional<Integer> start = scalar.getStartMark().map(Mark::getIndex);
        Optional<Integer> end = scalar.getEndMark().map(Mark::getIndex);
        if (start.isEmpty() || end.isEmpty()) {
            return Optional.empty();
        }
        int from = text.offsetByCodePoints(0, start.get());
        return Optional.of(new ValueSpan(from, text.offsetByCodePoints(from, end.get() - start.get())));
    }
}
