package org.labharness.autograder.api;

import java.util.Map;
import org.labharness.pipeline.SubmissionRefused;

/** Something is not done, and why (RFC 9457). */
final class Problem extends RuntimeException {
    static final String TYPE = "application/problem+json";
    private static final long serialVersionUID = 1;
    private static final String REFUSED =
            "Mend what it names in the repository, and hand in again. Nothing was counted.";

    private final int status;
    private final String code;
    private final String remedy;
    private final transient Map<String, String> headers;

    private Problem(int status, String code, String sentence, String remedy, Map<String, String> headers) {
        super(sentence);
        this.status = status;
        this.code = code;
        this.remedy = remedy;
        this.headers = Map.copyOf(headers);
    }

    /** @param sentence names the thing, what was seen and what was expected */
    Problem(Reason reason, String sentence) {
        this(reason, sentence, Map.of());
    }

    Problem(Reason reason, String sentence, Map<String, String> headers) {
        this(reason.status(), reason.code(), sentence, reason.remedy(), headers);
    }

    /** What was to be handed in cannot be graded. */
    static Problem of(SubmissionRefused refused) {
        return new Problem(422, refused.code().code(), String.valueOf(refused.getMessage()), REFUSED, Map.of());
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    Map<String, String> headers() {
        return headers;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    Document document() {
        return new Document("urn:labharness:problem:" + code, title(code), status, sentence(), code, remedy);
    }

    private static String title(String code) {
        return Character.toUpperCase(code.charAt(0)) + code.substring(1).replace('-', ' ');
    }

    /** As it is sent. */
    @Words("Why something was not done (RFC 9457).")
    record Document(
            @Words("names the kind of problem; never changes: urn:labharness:problem:CODE")
            String type,

            @Words("the kind in words") String title,
            @Words("status of HTTP") int status,

            @Words("what was seen and what was expected, in a sentence")
            String detail,

            @Words("the kind, as everywhere in the harness, such as closed or attempts-used-up")
            String code,

            @Words("what to do, in a sentence") String remedy) {}
}
