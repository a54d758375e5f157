package org.labharness.autograder.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLHandshakeException;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.http.WholeAnswer;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/** Requests that come to an answer, however often they have to be made: a server that is being started again is waited for. */
final class Asking implements AutoCloseable {
    private static final int LARGEST = 16 << 20;
    private static final int LONGEST = 2_000;
    private static final Duration ANSWER = Duration.ofSeconds(90);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);
    private static final String NO_TOKEN = "Put one that is good into LAB_TOKEN; staff give out another.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    private final String token;
    private final InstantSource clock;
    private final Consumer<String> notes;
    /** A token goes to nobody but the server that was named. */
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** @param notes told once of each request that has to be made again */
    Asking(URI server, String token, InstantSource clock, Consumer<String> notes) {
        this.server = server;
        this.token = token;
        this.clock = clock;
        this.notes = notes;
    }

    Instant now() {
        return clock.instant();
    }

    HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create(server + path)).header("Authorization", "Bearer " + token);
    }

    /**
     * One try; for answers that are read as they come.
     *
     * @param time for the beginning of one
     */
    HttpResponse<InputStream> once(HttpRequest request, Duration time) throws IOException {
        try {
            return WholeAnswer.beginning(http, request, time);
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        }
    }

    /**
     * The text of a good answer.
     *
     * @param until how long it is tried
     * @throws ServerSaid where the server does not do it
     * @throws SystemBroke where it could not be reached
     */
    String ask(HttpRequest.Builder request, Instant until) {
        Duration pause = Duration.ofSeconds(1);
        boolean noted = false;
        while (true) {
            Duration wait = pause;
            RuntimeException problem;
            try {
                WholeAnswer answer = whole(request.build(), answerWithin(until));
                if (answer.status() >= 200 && answer.status() < 300) {
                    return answer.text();
                }
                ServerSaid said = said(answer.status(), answer.text());
                if (!LATER.contains(said.status()) && !said.isInProgress()) {
                    throw said;
                }
                problem = said;
                wait = after(answer.headers()).orElse(pause);
            } catch (SSLHandshakeException untrusted) {
                throw new SystemBroke(
                        Breakdown.NETWORK,
                        "The certificate of " + server + " is not trusted here ("
                                + PlainText.line(String.valueOf(untrusted.getMessage()), 200)
                                + "). Let SSL_CERT_FILE name a bundle that holds its authority.",
                        untrusted);
            } catch (IOException unreachable) {
                problem = new SystemBroke(
                        Breakdown.NETWORK,
                        "The server " + server + " does not answer ("
                                + unreachable.getClass().getSimpleName()
                                + "). Is the address right (--server), and does it run?",
                        unreachable);
            }
            if (!now().plus(wait).isBefore(until)) {
                throw problem;
            }
            if (!noted) {
                notes.accept(problem.getMessage() + " Trying again for "
                        + Duration.between(now(), until).toSeconds() + " s at most.");
                noted = true;
            }
            rest(wait);
            pause = longer(pause);
        }
    }

    private Duration answerWithin(Instant until) {
        Duration left = Duration.between(now(), until);
        return left.compareTo(ANSWER) > 0 ? ANSWER : left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    }

    static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    static void rest(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        }
    }

    private static SystemBroke interrupted(InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return new SystemBroke(Breakdown.INTERRUPTED, "Waiting for the server was interrupted.", stopped);
    }

    private WholeAnswer whole(HttpRequest request, Duration time) throws IOException {
        try {
            WholeAnswer answer = WholeAnswer.of(http, request, status -> LARGEST, time);
            if (answer.cut()) {
                throw new SystemBroke(
                        Breakdown.NETWORK, "The server " + server + " answers with more than " + LARGEST + " bytes.");
            }
            return answer;
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        }
    }

    private static Optional<Duration> after(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    private ServerSaid said(int status, String text) {
        JsonNode problem = problem(text);
        String detail = GradingState.text(problem, "detail");
        return new ServerSaid(
                status,
                problem.path("code").asText("http-" + status).replaceAll("[^a-z0-9-]", "-"),
                detail.isEmpty()
                        ? "The server " + server + " answers with status " + status + ": " + PlainText.line(text, 200)
                                + ". Is it a server of the harness (--server)?"
                        : PlainText.line(
                                detail + " " + (status == 401 ? NO_TOKEN : GradingState.text(problem, "remedy")),
                                LONGEST));
    }

    private static JsonNode problem(String text) {
        try {
            JsonNode read = JSON.readTree(text);
            return read != null && read.isObject() ? read : JSON.createObjectNode();
        } catch (JsonProcessingException none) {
            return JSON.createObjectNode();
        }
    }

    JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException none) {
            throw noHarness("no JSON");
        }
    }

    /** Something answers, and not as a server of the harness does. */
    SystemBroke noHarness(String what) {
        return new SystemBroke(
                Breakdown.NETWORK,
                "The server " + server + " answers with what is " + what
                        + ". Is it a server of the harness (--server)?");
    }

    static byte[] bytes(Object document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts can be written", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
