package org.labharness.autograder.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.labharness.autograder.api.Described.Answer;
import org.labharness.autograder.api.Described.Header;
import org.labharness.autograder.ledger.Grading;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Following a grading live. Each follower has a virtual thread, and there are so many of them at most. */
@RestController
final class EventController {
    private final ApiGround ground;
    private final Door door;
    private final Sight sight;
    private final Semaphore places;
    private final Map<String, Integer> ofTokens = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    EventController(ApiGround ground, Door door, Sight sight) {
        this.ground = ground;
        this.door = door;
        this.sight = sight;
        this.places = new Semaphore(ground.limits().listeners());
    }

    @Described(
            value =
                    "What happens to a grading, as server-sent events: 'state' (a Grading) first and whenever that changes, 'progress'"
                            + " (a Progress) as it runs, 'end' (a Grading) once it is over, after which the answer ends. Comments keep the"
                            + " connection alive. An answer lasts 15 minutes at most; whoever is cut off asks again.",
            id = "events",
            headers =
                    @Header(
                            name = "Last-Event-ID",
                            says =
                                    "id of the last event that was seen: a state that is still the same is not told again."),
            answers = {
                @Answer(status = 200, says = "A stream of events.", body = Progress.class, types = "text/event-stream"),
                @Answer(status = 503, says = "Too many follow gradings already (busy): ask how far it is instead.")
            })
    @GetMapping("/api/v1/gradings/{id}/events")
    void events(HttpServletRequest request, HttpServletResponse response, @PathVariable("id") String id) {
        Visitor visitor = door.enter(request, response);
        Grading grading = sight.grading(visitor, id);
        String token = visitor.token().id();
        take(token);
        try {
            new EventStream(ground, grading.id(), response, () -> stopping).follow(request.getHeader("Last-Event-ID"));
        } catch (IOException gone) {
            // whoever followed it has hung up, which is nobody's matter
        } finally {
            ofTokens.computeIfPresent(token, (any, count) -> count == 1 ? null : count - 1);
            places.release();
        }
    }

    private void take(String token) {
        if (!places.tryAcquire()) {
            throw busy("Others follow " + ground.limits().listeners() + " gradings already, which is the limit.");
        }
        if (ofTokens.merge(token, 1, Integer::sum) > ground.limits().ofToken()) {
            ofTokens.computeIfPresent(token, (any, count) -> count - 1);
            places.release();
            throw busy("This token follows " + ground.limits().ofToken() + " gradings already, which is the limit.");
        }
    }

    private static Problem busy(String sentence) {
        return new Problem(Reason.BUSY, sentence, Map.of("Retry-After", "5"));
    }

    /** Those who follow are told to come again, instead of keeping the server from ending. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
    }

    @Words("What a grading does, in a line.")
    record Progress(@Words("for people; wording may change") String line) {}
}
