package org.labharness.pipeline.document;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.Doc.Scalar;
import org.labharness.pipeline.document.Doc.ScalarKind;
import org.labharness.pipeline.document.Doc.Sequence;
import org.labharness.pipeline.document.Parsed.Note;
import org.labharness.pipeline.document.Parsed.Oddity;

/** Builds a document from the events of a streaming parser, with a stack of its own and under limits. */
final class DocBuilder {
    private final DocumentLimits limits;
    private final Deque<Frame> open = new ArrayDeque<>();
    private final List<Note> notes = new ArrayList<>();
    private @Nullable Doc root;
    private long nodes;

    DocBuilder(DocumentLimits limits) {
        this.limits = limits;
    }

    void startMapping(int line) {
        push(new Frame(true, line, nodes));
    }

    void startSequence(int line) {
        push(new Frame(false, line, nodes));
    }

    /** Whether the next scalar is a key. */
    boolean expectsKey() {
        Frame top = open.peek();
        return top != null && top.isMapping && top.key == null;
    }

    void key(String key, int line) {
        Frame top = open.element();
        if (top.entries.containsKey(key) && !top.merged.remove(key)) {
            notes.add(new Note(Oddity.DUPLICATE_KEY, key, line));
        }
        top.key = key;
        top.keyLine = line;
    }

    void scalar(ScalarKind kind, String text, int line) {
        if (text.length() > limits.text()) {
            throw new TooLarge("a value is longer than " + limits.text() + " characters", line);
        }
        grow(1, line);
        add(new Scalar(kind, text, line));
    }

    /** Ends the innermost mapping or sequence and gives it, with the number of values in it. */
    Built end() {
        Frame top = open.pop();
        grow(1, top.line);
        Doc doc = top.build();
        add(doc);
        return new Built(doc, nodes - top.nodesBefore);
    }

    /** Puts a value in once more, as an alias does. */
    void repeat(Built built, int line) {
        grow(built.nodes, line);
        add(built.doc);
    }

    void note(Oddity oddity, String key, int line) {
        notes.add(new Note(oddity, key, line));
    }

    Parsed.Read finish() {
        Doc found = root;
        return new Parsed.Read(found == null ? new Scalar(ScalarKind.NULL, "", 1) : found, notes);
    }

    private void push(Frame frame) {
        if (open.size() >= limits.depth()) {
            throw new TooLarge("nested deeper than " + limits.depth() + " levels", frame.line);
        }
        open.push(frame);
    }

    private void grow(long by, int line) {
        nodes += by;
        if (nodes > limits.nodes()) {
            throw new TooLarge("more than " + limits.nodes() + " values, those that aliases repeat included", line);
        }
    }

    private void add(Doc doc) {
        Frame top = open.peek();
        if (top == null) {
            root = doc;
        } else {
            top.add(doc);
        }
    }

    /** @param nodes how many values it holds, itself included */
    record Built(Doc doc, long nodes) {}

    /** A limit was passed; never leaves this package. */
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int line;

        TooLarge(String problem, int line) {
            super(problem, null, false, false);
            this.line = line;
        }

        Parsed.Unreadable result() {
            return new Parsed.Unreadable(String.valueOf(getMessage()), line);
        }
    }

    private static final class Frame {
        private final boolean isMapping;
        private final int line;
        private final long nodesBefore;
        private final Map<String, Doc> entries = new LinkedHashMap<>();
        private final Map<String, Integer> keyLines = new LinkedHashMap<>();
        private final LinkedHashSet<String> merged = new LinkedHashSet<>();
        private final List<Doc> items = new ArrayList<>();
        private @Nullable String key;
        private int keyLine;

        Frame(boolean isMapping, int line, long nodesBefore) {
            this.isMapping = isMapping;
            this.line = line;
            this.nodesBefore = nodesBefore;
        }

        void add(Doc doc) {
            String under = key;
            if (!isMapping || under == null) {
                items.add(doc);
                return;
            }
            key = null;
            if (under.equals("<<") && (doc instanceof Mapping || doc instanceof Sequence)) {
                merge(doc);
            } else {
                entries.put(under, doc);
                keyLines.put(under, keyLine);
            }
        }

        private void merge(Doc from) {
            for (Doc each : from instanceof Sequence sequence ? sequence.items() : List.of(from)) {
                if (each instanceof Mapping mapping) {
                    mapping.entries().forEach((name, value) -> {
                        if (entries.putIfAbsent(name, value) == null) {
                            keyLines.put(name, mapping.lineOf(name));
                            merged.add(name);
                        }
                    });
                }
            }
        }

        Doc build() {
            return isMapping ? new Mapping(entries, keyLines, line) : new Sequence(items, line);
        }
    }
}
