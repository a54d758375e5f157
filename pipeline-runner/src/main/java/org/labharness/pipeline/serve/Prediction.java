package org.labharness.pipeline.serve;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Service.Question;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Parsed;
import org.labharness.pipeline.evidence.ServiceFacts.Failure;
import org.labharness.probe.exchange.Seen;

/**
 * The prediction in an answer.
 *
 * @param json whether the answer is JSON
 * @param value null where there is none
 * @param problem why there is none, as the end of a sentence; empty where there is one
 */
record Prediction(
        int status, Failure failure, boolean json, @Nullable String value, String problem) {
    private static final int LONGEST = 200;
    private static final double NEAR = 1e-6;
    private static final double NEAR_OF = 1e-3;

    static Prediction unasked() {
        return new Prediction(0, Failure.UNASKED, false, null, "");
    }

    static Prediction of(Question question, Seen.Reply reply) {
        Failure failure = failure(reply.failure());
        if (reply.status() < 200 || reply.status() > 299) {
            return new Prediction(reply.status(), failure, false, null, "");
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
        Optional<String> text = found.get().string().filter(value -> value.length() <= LONGEST);
        return text.map(value -> new Prediction(reply.status(), Failure.NONE, true, value, ""))
                .orElseGet(() -> without(
                        reply,
                        true,
                        "'" + (question.answer().isEmpty() ? "the answer" : question.answer())
                                + "' is neither a number nor a short text"));
    }

    private static Prediction without(Seen.Reply reply, boolean json, String problem) {
        return new Prediction(reply.status(), Failure.NONE, json, null, problem);
    }

    /** Whether two are the same but for what comes of reckoning in another order, as with requests that are answered together. */
    boolean isNear(Prediction other) {
        if (value == null || other.value == null || value.equals(other.value)) {
            return value != null && other.value != null;
        }
        try {
            double one = Double.parseDouble(value);
            double two = Double.parseDouble(other.value);
            return Math.abs(one - two) <= Math.max(NEAR, NEAR_OF * Math.max(Math.abs(one), Math.abs(two)));
        } catch (NumberFormatException text) {
            return false;
        }
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
