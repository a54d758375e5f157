package org.labharness.autograder.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.api.Described.Answer;
import org.labharness.autograder.api.Described.Header;
import org.labharness.autograder.store.ApiRequestStore;
import org.labharness.autograder.store.ApiRequestStore.RequestKey;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Handing in. */
@RestController
final class SubmissionController {
    private static final String KEY = "Idempotency-Key";
    private static final Pattern KEY_FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final ApiGround ground;
    private final Door door;
    private final Sight sight;
    private final HandIn handIn;
    private final Once once;

    SubmissionController(ApiGround ground, Door door, Sight sight, HandIn handIn) {
        this.ground = ground;
        this.door = door;
        this.sight = sight;
        this.handIn = handIn;
        this.once =
                new Once(new ApiRequestStore(ground.database()), ground.clock().instant());
    }

    @Described(
            value = "Hands in: freezes the repository as it is now and asks for its grading.",
            id = "submit",
            body = SubmissionRequest.class,
            headers =
                    @Header(
                            name = KEY,
                            says =
                                    "1 to 255 printable characters of ASCII. What was taken under a key is answered the same for seven"
                                            + " days and counts once."),
            answers = {
                @Answer(
                        status = 202,
                        says = "It was taken. Location leads to its grading.",
                        body = SubmissionView.class),
                @Answer(status = 400, says = "The body is no JSON, or not what is expected."),
                @Answer(status = 403, says = "The token may not ask for that."),
                @Answer(
                        status = 409,
                        says = "The lab does not take it: not-open, closed, cancelled, no-late-days, cooling-down,"
                                + " attempts-used-up; or key-in-progress."),
                @Answer(status = 413, says = "The body has more than 64 KiB."),
                @Answer(status = 415, says = "The body is no application/json."),
                @Answer(
                        status = 422,
                        says =
                                "There is nothing that could be graded (no-repository, ref-not-found, too-large and so on), or the key"
                                        + " came with another body (key-reused)."),
                @Answer(status = 503, says = "The server is busy or broken; Retry-After says when to try again.")
            })
    @PostMapping("/api/v1/submissions")
    ResponseEntity<byte[]> submit(HttpServletRequest request, HttpServletResponse response) {
        Visitor visitor = door.enter(request, response);
        Optional<String> key = key(request.getHeader(KEY));
        SubmissionRequest asked = Json.read(request, SubmissionRequest.class);
        Target target = sight.target(visitor, asked);
        SubmissionView view = key.isEmpty()
                ? handIn.take(visitor, target, asked)
                : once.answer(
                        visitor,
                        target,
                        new RequestKey(visitor.token().id(), key.get()),
                        asked,
                        () -> handIn.take(visitor, target, asked),
                        (submission, grading) -> handIn.view(visitor.token().course(), submission, grading));
        return ResponseEntity.accepted()
                .location(URI.create(ground.links().server() + view.links().grading()))
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.write(view));
    }

    private static Optional<String> key(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        if (!KEY_FORM.matcher(header).matches()) {
            throw new Problem(
                    Reason.INVALID_REQUEST,
                    "The Idempotency-Key has " + header.length()
                            + " characters; expected 1 to 255 printable ones of ASCII, without spaces.");
        }
        return Optional.of(header);
    }
}
