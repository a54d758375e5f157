package org.labharness.autograder.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/** A server of the harness, to a program that has a token. A server that is away for a while is waited for. */
public final class LabClient implements AutoCloseable {
    private static final String GRADINGS = "/api/v1/gradings";
    private static final Duration USUAL = Duration.ofSeconds(60);
    /** A large repository takes longer than one answer is waited for; the key sees to it that it is handed in once. */
    private static final Duration FREEZING = Duration.ofMinutes(5);
    /** Three heartbeats. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private final Asking asking;

    /**
     * @param server without a slash at its end
     * @param notes told where the server has to be waited for
     */
    public LabClient(URI server, String token, InstantSource clock, Consumer<String> notes) {
        this.asking = new Asking(server, token, clock, notes);
    }

    /** What the server has taken. */
    public record Taken(long submission, long grading, String commit, String ref, String report) {}

    /**
     * Hands in.
     *
     * @param request fields of the request by their names
     * @param key under which the same request counts once
     * @param until how long it is tried at most
     * @throws ServerSaid where it is not taken
     */
    public Taken submit(Map<String, String> request, String key, Instant until) {
        Instant usual = asking.now().plus(FREEZING);
        JsonNode taken = asking.json(asking.ask(
                asking.at("/api/v1/submissions")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofByteArray(Asking.bytes(request))),
                usual.isBefore(until) ? usual : until));
        if (taken.path("submission").asLong() < 1 || taken.path("grading").asLong() < 1) {
            throw asking.noHarness("no submission");
        }
        return new Taken(
                taken.path("submission").asLong(),
                taken.path("grading").asLong(),
                GradingState.text(taken, "commit"),
                GradingState.text(taken, "ref"),
                GradingState.text(taken.path("links"), "report"));
    }

    public GradingState grading(long id) {
        return GradingState.of(asking.json(asking.ask(asking.at(GRADINGS + "/" + id), until())));
    }

    /** The newest that the token may see, newest first. */
    public List<GradingState> gradings(@Nullable String lab) {
        String query = lab == null ? "" : "?lab=" + URLEncoder.encode(lab, StandardCharsets.UTF_8);
        JsonNode all = asking.json(asking.ask(asking.at(GRADINGS + query), until()));
        return states(all);
    }

    /** The newest of a submission; empty where the token sees none. */
    public List<GradingState> ofSubmission(long submission) {
        JsonNode all = asking.json(asking.ask(asking.at(GRADINGS + "?submission=" + submission), until()));
        return states(all);
    }

    private static List<GradingState> states(JsonNode all) {
        return StreamSupport.stream(all.path("gradings").spliterator(), false)
                .map(GradingState::of)
                .toList();
    }

    /**
     * A verdict as a document.
     *
     * @param type {@code application/json}, {@code text/markdown} or {@code application/xml}
     */
    public String verdict(long id, String type) {
        return asking.ask(asking.at(GRADINGS + "/" + id + "/verdict").header("Accept", type), until());
    }

    /**
     * Follows a grading to its end: by its events, and where those do not come by asking now and then.
     *
     * @param lines told what happens
     * @throws SystemBroke where it is not over in time
     */
    public GradingState follow(long id, Consumer<String> lines, Instant until) {
        Following following = new Following(lines);
        Duration pause = Duration.ofSeconds(1);
        while (true) {
            boolean heard = events(id, following, until);
            GradingState end = following.end;
            if (end != null) {
                return end;
            }
            GradingState now = GradingState.of(asking.json(asking.ask(asking.at(GRADINGS + "/" + id), until)));
            following.state(now);
            if (now.over()) {
                return now;
            }
            pause = heard ? Duration.ofSeconds(1) : Asking.longer(pause);
            if (!asking.now().plus(pause).isBefore(until)) {
                throw new SystemBroke(
                        Breakdown.TIMED_OUT,
                        "Grading " + id + " is not over in time (--timeout): " + now.words()
                                + ". It goes on without you.");
            }
            Asking.rest(pause);
        }
    }

    /** Gives whether anything was heard. */
    private boolean events(long id, Following following, Instant until) {
        HttpRequest.Builder request = asking.at(GRADINGS + "/" + id + "/events").header("Accept", "text/event-stream");
        if (!following.last.isEmpty()) {
            request.header("Last-Event-ID", following.last);
        }
        boolean heard = false;
        try {
            HttpResponse<InputStream> response = asking.once(request.build(), silence(until));
            try (EventLines events = new EventLines(response.body())) {
                while (response.statusCode() == 200
                        && following.end == null
                        && asking.now().isBefore(until)) {
                    Optional<EventLines.Event> event = events.next(silence(until));
                    if (event.isEmpty()) {
                        return heard;
                    }
                    heard = true;
                    following.on(event.get(), asking.json(event.get().data()));
                }
            }
        } catch (IOException cut) {
            return heard; // it is asked for again
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "Waiting for the server was interrupted.", stopped);
        }
        return heard;
    }

    private Duration silence(Instant until) {
        Duration left = Duration.between(asking.now(), until);
        return left.compareTo(SILENCE) < 0 ? left.plusMillis(1) : SILENCE;
    }

    private Instant until() {
        return asking.now().plus(USUAL);
    }

    @Override
    public void close() {
        asking.close();
    }

    /** What is known of a grading while it is followed. */
    private static final class Following {
        private final Consumer<String> lines;
        private String last = "";
        private String said = "";
        private @Nullable GradingState end;

        Following(Consumer<String> lines) {
            this.lines = lines;
        }

        void on(EventLines.Event event, JsonNode data) {
            if (!event.id().isEmpty() && event.id().matches("[0-9a-zA-Z-]{1,64}")) {
                last = event.id();
            }
            switch (event.name()) {
                case "state" -> state(GradingState.of(data));
                case "progress" -> lines.accept(GradingState.text(data, "line"));
                case "end" -> end = GradingState.of(data);
                default -> {
                    // of a newer server
                }
            }
        }

        void state(GradingState state) {
            String words = state.words();
            if (!state.over() && !words.equals(said)) {
                said = words;
                lines.accept(words);
            }
        }
    }
}
