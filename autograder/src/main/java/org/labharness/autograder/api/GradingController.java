package org.labharness.autograder.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.api.Described.Answer;
import org.labharness.autograder.api.Described.Header;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.store.GradingStore;
import org.labharness.lab.LabId;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How far gradings are, what came of them, and taking one back. */
@RestController
final class GradingController {
    private static final int MOST = 20;
    /** Some of the newest are not the token's to see. */
    private static final int LOOKED_AT = 200;

    private final ApiGround ground;
    private final Door door;
    private final Sight sight;
    private final VerdictDocuments verdicts;

    GradingController(ApiGround ground, Door door, Sight sight, VerdictDocuments verdicts) {
        this.ground = ground;
        this.door = door;
        this.sight = sight;
        this.verdicts = verdicts;
    }

    @Described(
            value = "The newest gradings that the token may see, at most 20.",
            id = "gradings",
            answers = @Answer(status = 200, says = "Gradings, the newest first.", body = GradingView.Several.class))
    @GetMapping("/api/v1/gradings")
    ResponseEntity<byte[]> gradings(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(name = "lab", required = false) @Nullable String lab,
            @RequestParam(name = "submission", required = false) @Nullable String submission) {
        Visitor visitor = door.enter(request, response);
        if (submission != null) {
            return json(Json.write(new GradingView.Several(ofSubmission(visitor, submission))));
        }
        LabId of = lab == null ? null : sight.lab(visitor, lab).id();
        List<GradingView> seen = new GradingStore(ground.database())
                        .latest(
                                visitor.token().course(),
                                of,
                                visitor.staff() ? null : sight.owners(visitor),
                                visitor.staff() ? MOST : LOOKED_AT)
                        .stream()
                        .filter(one -> sight.sees(visitor, one))
                        .limit(MOST)
                        .map(this::view)
                        .toList();
        return json(Json.write(new GradingView.Several(seen)));
    }

    /** The newest of it; none where the token sees none. */
    private List<GradingView> ofSubmission(Visitor visitor, String number) {
        if (!number.matches("[1-9][0-9]{0,17}")) {
            throw new Problem(Reason.INVALID_REQUEST, "'submission' is no number of a submission.");
        }
        GradingStore gradings = new GradingStore(ground.database());
        long submission = Long.parseLong(number);
        return (visitor.staff() ? gradings.ofSubmission(submission) : gradings.ownOfSubmission(submission))
                .filter(one -> sight.sees(visitor, one)).map(this::view).stream()
                        .toList();
    }

    @Described(
            value = "How far a grading is.",
            id = "grading",
            answers = @Answer(status = 200, says = "Where it stands now.", body = GradingView.class))
    @GetMapping("/api/v1/gradings/{id}")
    ResponseEntity<byte[]> grading(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("id") String id) {
        Visitor visitor = door.enter(request, response);
        return json(Json.write(view(sight.grading(visitor, id))));
    }

    @Described(
            value = "What a submission is worth and why, made from kept evidence.",
            id = "verdict",
            headers =
                    @Header(
                            name = "Accept",
                            says = "application/json (usual), text/markdown for people, or application/xml for JUnit."),
            answers = {
                @Answer(
                        status = 200,
                        says = "The verdict, as ./lab grade --json, --markdown and --junit write it.",
                        body = VerdictDocuments.class,
                        types = {"application/json", "text/markdown", "application/xml"}),
                @Answer(status = 406, says = "None of the accepted types can be made."),
                @Answer(status = 409, says = "It is not over (not-over), or was taken out of the queue (no-verdict)."),
                @Answer(status = 410, says = "What it stands on is not kept any more (evidence-gone).")
            })
    @GetMapping("/api/v1/gradings/{id}/verdict")
    ResponseEntity<byte[]> verdict(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("id") String id) {
        Visitor visitor = door.enter(request, response);
        VerdictDocuments.Kind kind = kind(request.getHeader("Accept"));
        Grading grading = sight.grading(visitor, id);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(kind.type()))
                .header("Vary", "Accept")
                .body(verdicts.write(visitor, grading, kind));
    }

    /** What is wanted most of what can be written, as RFC 9110 has it; JSON where all is wanted alike. */
    private static VerdictDocuments.Kind kind(@Nullable String accept) {
        if (accept == null || accept.isBlank()) {
            return VerdictDocuments.Kind.JSON;
        }
        List<MediaType> wanted;
        try {
            wanted = MediaType.parseMediaTypes(accept);
        } catch (InvalidMediaTypeException wrong) {
            throw new Problem(Reason.NOT_ACCEPTED, "The header Accept names no media types.");
        }
        VerdictDocuments.Kind best = VerdictDocuments.Kind.JSON;
        double most = 0;
        for (VerdictDocuments.Kind kind : VerdictDocuments.Kind.values()) {
            double how = quality(wanted, MediaType.parseMediaType(kind.type()));
            if (how > most) {
                best = kind;
                most = how;
            }
        }
        if (most == 0) {
            throw new Problem(Reason.NOT_ACCEPTED, "A verdict is written in none of the types that are accepted.");
        }
        return best;
    }

    /** That of the most specific one that includes a type; 0 where it is not wanted. */
    private static double quality(List<MediaType> wanted, MediaType type) {
        return wanted.stream()
                .filter(one -> one.includes(type))
                .max(Comparator.comparingInt(one -> one.isWildcardType() ? 0 : one.isWildcardSubtype() ? 1 : 2))
                .map(MediaType::getQualityValue)
                .orElse(0.0);
    }

    @Described(
            value = "Takes a grading out of the queue that nobody has begun.",
            id = "cancel",
            answers = {
                @Answer(status = 200, says = "It is cancelled.", body = GradingView.class),
                @Answer(status = 403, says = "It was asked for with a class: only staff take it back."),
                @Answer(status = 409, says = "It runs or is over (not-waiting).")
            })
    @DeleteMapping("/api/v1/gradings/{id}")
    ResponseEntity<byte[]> cancel(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("id") String id) {
        Visitor visitor = door.enter(request, response);
        Grading grading = sight.grading(visitor, id);
        if (grading.way() == Way.BATCH && !visitor.staff()) {
            throw new Problem(Reason.NOT_ALLOWED, "Grading " + id + " was asked for with a class.");
        }
        if (!ground.queue().cancel(grading.id(), visitor.who())) {
            throw new Problem(
                    Reason.NOT_WAITING,
                    "Grading " + id + " does not wait: it is "
                            + ground.queue()
                                    .grading(grading.id())
                                    .orElse(grading)
                                    .state()
                                    .code()
                            + ".");
        }
        return json(Json.write(view(ground.queue().grading(grading.id()).orElseThrow())));
    }

    private GradingView view(Grading grading) {
        return GradingView.of(
                grading,
                grading.state() == Grading.State.WAITING ? ground.queue().position(grading.id()) : 0);
    }

    private static ResponseEntity<byte[]> json(byte[] body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
