package org.labharness.autograder.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why something is not done; each with its status of HTTP and what whoever asked can do. */
enum Reason {
    NO_TOKEN(401, "Send the header Authorization: Bearer lab_... with a token that staff have given out."),
    NOT_ALLOWED(403, "Use a token of another scope, or leave that out."),
    NOT_FOUND(404, "Look for a wrong letter, and whether the token is of this course and student."),
    METHOD_NOT_ALLOWED(405, "Use one of the methods that the header Allow names."),
    NOT_ACCEPTED(406, "Accept application/json, text/markdown or application/xml."),
    BODY_TOO_LARGE(413, "Send what the description of the API names, and nothing else."),
    NO_JSON_TYPE(415, "Send the header Content-Type: application/json."),
    NOT_JSON(400, "Send one JSON object; /api/v1/openapi.json says what stands in it."),
    INVALID_REQUEST(400, "Correct it; /api/v1/openapi.json says what is expected."),
    KEY_REUSED(422, "Take another Idempotency-Key for another request."),
    KEY_IN_PROGRESS(409, "Ask again in a moment, with the same key."),
    TOO_MANY_REQUESTS(429, "Wait as long as Retry-After says; follow a grading by its events instead of asking often."),
    TOO_OFTEN(
            429,
            "Wait until then and hand in once; ./lab inspect finds on your own machine what reading alone can find."),
    NOT_OPEN(409, "Nothing is lost: hand in again once it is open."),
    CLOSED(409, "Ask staff if you think that you have more time."),
    CANCELLED(409, "There is nothing to do: it counts for nobody."),
    NO_LATE_DAYS(409, "Ask staff if you think that you have some left."),
    COOLING_DOWN(409, "Hand in again after that."),
    ATTEMPTS_USED_UP(409, "The attempts that were graded count. Ask staff if one of them was not yours to lose."),
    NO_REPOSITORY(422, "Push to this server first, or ask staff to note where the repository lies."),
    NOT_OVER(409, "Follow its events, or ask again later."),
    NOT_WAITING(409, "There is nothing to do: what has begun comes to its end."),
    NO_VERDICT(409, "Hand in again where it is still wanted."),
    EVIDENCE_GONE(410, "Ask staff: the points still count, what they stand on is not kept."),
    BUSY(503, "Ask again after a moment."),
    SYSTEM_BROKE(503, "Ask again later; staff see why in the server's log. Nothing was counted."),
    MISTAKE(500, "Tell staff when it happened; the server's log says more. Nothing was counted.");

    private final int status;
    private final String remedy;

    Reason(int status, String remedy) {
        this.status = status;
        this.remedy = remedy;
    }

    int status() {
        return status;
    }

    /** As answers show it: {@code too-often}. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What to do, a whole sentence. */
    String remedy() {
        return remedy;
    }

    static Optional<Reason> of(String code) {
        return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst();
    }
}
