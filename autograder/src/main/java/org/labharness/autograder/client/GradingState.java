package org.labharness.autograder.client;

import com.fasterxml.jackson.databind.JsonNode;
import org.labharness.autograder.check.PlainText;

/**
 * How far a grading is, as the server says.
 *
 * @param owner {@code student:ID} or {@code team:ID}
 * @param state such as {@code waiting}
 * @param over whether nothing more comes of it
 * @param position how many are taken before it, and itself; 0 where it does not wait
 */
public record GradingState(
        long id,
        long submission,
        String lab,
        String owner,
        String state,
        boolean over,
        int position,
        String step,
        String message) {
    private static final int LONGEST = 2_000;

    static GradingState of(JsonNode json) {
        return new GradingState(
                json.path("id").asLong(),
                json.path("submission").asLong(),
                text(json, "lab"),
                text(json, "owner"),
                text(json, "state"),
                json.path("over").asBoolean(),
                json.path("position").asInt(),
                text(json, "step"),
                text(json, "message"));
    }

    /** Fit for a terminal, whatever it was. */
    static String text(JsonNode json, String field) {
        return PlainText.line(json.path(field).asText(""), LONGEST);
    }

    /** In a few words. */
    public String words() {
        return switch (state) {
            case "waiting" ->
                "waiting" + (position > 0 ? ", position " + position : "") + (message.isEmpty() ? "" : ": " + message);
            case "running" -> "running" + (step.isEmpty() ? "" : ": " + step);
            default -> message.isEmpty() ? state : message;
        };
    }
}
