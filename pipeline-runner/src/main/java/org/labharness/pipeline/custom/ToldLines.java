package org.labharness.pipeline.custom;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.evidence.CustomFacts;
import org.labharness.pipeline.evidence.CustomFacts.Fault;
import org.labharness.pipeline.evidence.CustomFacts.Outcome;
import org.labharness.pipeline.evidence.CustomFacts.Result;
import org.labharness.pipeline.evidence.CustomFacts.Test;
import org.labharness.pipeline.evidence.LogCollector;
import org.labharness.pipeline.sandbox.ExecutionResult;

/**
 * What the container of pytest tells, line by line. A line counts where it holds the word that only the harness and the program in there
 * know; all else is a log.
 */
final class ToldLines {
    private static final int LONGEST = 8 << 10;
    private static final int MOST_LINES = 5_000;
    private static final int MOST_FAULTS = 20;

    private final String word;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final LogCollector log = new LogCollector();
    private final Map<Key, Draft> tests = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Ending ending = new Ending();
    private int lines;
    private boolean complete;

    private record Key(String file, String name) {}

    private static final class Draft {
        private String title = "";
        private int cases;
        private final List<Result> results = new ArrayList<>();
    }

    ToldLines(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    synchronized void add(byte[] chunk) {
        for (byte b : chunk) {
            if (b == '\n') {
                end();
            } else if (line.size() < LONGEST) {
                line.write(b);
            }
        }
    }

    private void end() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        int at = text.indexOf(word + " {");
        if (at < 0) {
            log.add((text + "\n").getBytes(StandardCharsets.UTF_8));
        } else if (++lines <= MOST_LINES) {
            Documents.json(text.substring(at + word.length())).document().ifPresent(this::take);
        }
    }

    private void take(Doc told) {
        told.get("found").ifPresent(found -> {
            Draft draft = draft(found);
            draft.title = text(found, "title");
            draft.cases++;
        });
        told.get("result")
                .ifPresent(result -> outcome(result)
                        .ifPresent(outcome -> draft(result)
                                .results
                                .add(new Result(
                                        text(result, "case"), outcome, text(result, "message"), number(result)))));
        told.get("fault")
                .filter(fault -> faults.size() < MOST_FAULTS)
                .ifPresent(fault -> faults.add(new Fault(text(fault, "file"), number(fault), text(fault, "message"))));
        ending.take(told);
        complete |= told.get("end").isPresent();
    }

    private Draft draft(Doc about) {
        return tests.computeIfAbsent(new Key(text(about, "file"), text(about, "name")), key -> new Draft());
    }

    private static Optional<Outcome> outcome(Doc result) {
        String said = text(result, "outcome").toUpperCase(Locale.ROOT);
        return List.of(Outcome.values()).stream()
                .filter(outcome -> outcome.name().equals(said))
                .findFirst();
    }

    private static String text(Doc doc, String key) {
        return doc.get(key).flatMap(Doc::string).orElse("");
    }

    private static int number(Doc doc) {
        String digits = text(doc, "line");
        return digits.matches("[0-9]{1,7}") ? Integer.parseInt(digits) : 0;
    }

    /** What the submission kept from being decided is decided against it, in pytest's order: the first is the one that ran. */
    private void lose(String because) {
        String words = because;
        for (Draft draft : tests.values()) {
            if (draft.results.size() < draft.cases) {
                draft.results.add(new Result("", Outcome.FAILED, words, 0));
                words = "it was not reached: " + because;
            }
        }
    }

    /** All that was told by a container that has ended. */
    synchronized CustomFacts facts(String file, ExecutionResult result, List<String> leftOut) {
        if (line.size() > 0) {
            end();
        }
        if (!complete) {
            ending.blame(result).ifPresent(this::lose);
        }
        List<Test> all = tests.entrySet().stream()
                .map(entry -> new Test(
                        entry.getKey().file(),
                        entry.getKey().name(),
                        entry.getValue().title,
                        entry.getValue().cases,
                        entry.getValue().results))
                .toList();
        return new CustomFacts(file, all, faults, complete, result.exit(), result.limits(), leftOut, log.excerpt());
    }
}
