package org.labharness.pipeline.serve;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.labharness.lab.Service.Question;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Parsed;
import org.labharness.pipeline.evidence.ServiceFacts.Failure;
import org.labharness.pipeline.predict.Draw;
import org.labharness.probe.exchange.Seen;

/**
 * The prediction in an answer.
 *
 * @param json whether the answer is JSON
 * @param said neither word nor scores where there is none
 * @param problem why there is none, as the end of a sentence; empty where there is one
 */
record Prediction(int status, Failure failure, boolean json, Draw.Said said, String problem) {
    private static final int LONGEST = 200;
    private static final int MOST_CLASSES = 1_000;
    private static final Draw.Said NOTHING = new Draw.Said("", Map.of());
    private static final double NEAR = 1e-6;
    private static final double NEAR_OF = 1e-3;

    static Prediction unasked() {
        return new Prediction(0, Failure.UNASKED, false, NOTHING, "");
    }

    static Prediction of(Question question, Seen.Reply reply) {
        Failure failure = failure(reply.failure());
        if (reply.status() < 200 || reply.status() > 299) {
            return new Prediction(reply.status(), failure, false, NOTHING, "");
        }
        if (!reply.whole()) {
            return without(reply, false, "the answer is longer than " + reply.body().length + " bytes");
        }
        Parsed parsed = Documents.json(new String(reply.body(), StandardCharsets.UTF_8));
        Optional<Doc> document = parsed.document();
        if (document.isEmpty()) {
            return without(reply, false, "the answer is no JSON");
        }
        Optional<Doc> found =
                question.answer().isEmpty() ? document : document.get().at(question.answer());
        if (found.isEmpty()) {
            return without(reply, true, "the answer has no '" + question.answer() + "'");
        }
        Draw.Said said = said(found.get());
        return said.equals(NOTHING)
                ? without(
                        reply,
                        true,
                        "'" + (question.answer().isEmpty() ? "the answer" : question.answer())
                                + "' is neither a number nor a short text, nor has it a number for each label")
                : new Prediction(reply.status(), Failure.NONE, true, said, "");
    }

    private static Draw.Said said(Doc value) {
        Optional<String> word = value.string().filter(text -> text.length() <= LONGEST && !text.isBlank());
        return word.isPresent() ? new Draw.Said(word.get(), Map.of()) : new Draw.Said("", scores(value));
    }

    /** A number for each of several classes: in an object by their names, in a list by their places. */
    private static Map<String, Double> scores(Doc value) {
        Map<String, Doc> cells = new LinkedHashMap<>();
        if (value instanceof Doc.Mapping mapping) {
            cells.putAll(mapping.entries());
        } else if (value instanceof Doc.Sequence sequence) {
            sequence.items().forEach(item -> cells.put(String.valueOf(cells.size()), item));
        }
        Map<String, Double> scores = new LinkedHashMap<>();
        for (Map.Entry<String, Doc> cell : cells.entrySet()) {
            if (cell.getValue() instanceof Doc.Scalar scalar
                    && scalar.number().isPresent()
                    && cell.getKey().length() <= LONGEST) {
                scores.put(cell.getKey(), scalar.number().getAsDouble());
            }
        }
        return scores.size() == cells.size() && scores.size() <= MOST_CLASSES ? scores : Map.of();
    }

    boolean isGiven() {
        return !said.equals(NOTHING);
    }

    private static Prediction without(Seen.Reply reply, boolean json, String problem) {
        return new Prediction(reply.status(), Failure.NONE, json, NOTHING, problem);
    }

    /** Whether two are the same but for what comes of reckoning in another order, as with requests that are answered together. */
    boolean isNear(Prediction other) {
        if (!said.scores().keySet().equals(other.said.scores().keySet())) {
            return false;
        }
        return isNear(said.word(), other.said.word())
                && said.scores().entrySet().stream()
                        .allMatch(score ->
                                isNear(score.getValue(), other.said.scores().getOrDefault(score.getKey(), Double.NaN)));
    }

    private static boolean isNear(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        try {
            return isNear(Double.parseDouble(one), Double.parseDouble(other));
        } catch (NumberFormatException text) {
            return false;
        }
    }

    private static boolean isNear(double one, double other) {
        return one == other
                || Math.abs(one - other) <= Math.max(NEAR, NEAR_OF * Math.max(Math.abs(one), Math.abs(other)));
    }

    static Failure failure(Seen.Failure failure) {
        return switch (failure) {
            case NONE -> Failure.NONE;
            case REFUSED -> Failure.REFUSED;
            case CLOSED -> Failure.CLOSED;
            case TIMEOUT -> Failure.LATE;
            case NOT_HTTP -> Failure.NOT_HTTP;
        };
    }
}
