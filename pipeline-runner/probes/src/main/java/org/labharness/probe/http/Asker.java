package org.labharness.probe.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.labharness.probe.exchange.Request;
import org.labharness.probe.exchange.Seen;
import org.labharness.probe.exchange.SeenFile;

/** Sends requests to one service. What the service does is a result, never an exception. */
final class Asker {
    private static final int MOST_HOPS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** Threads that wait; a client ends without them. */
    private static final Executor WAITING = Executors.newVirtualThreadPerTaskExecutor();

    private final String address;
    private final int port;

    /** @param address a literal one, with brackets where it is IPv6 */
    Asker(String address, int port) {
        this.address = address;
        this.port = port;
    }

    /**
     * A client that keeps no cookie, asks no proxy, follows no redirect by itself, and has no connection yet: each request comes by one of its own, as
     * those of curl and of {@code requests.post} do. One that is used again may be closed meanwhile, and nobody could tell whose fault that is.
     */
    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .executor(WAITING)
                .build();
    }

    /**
     * Asks, and goes where it is sent, as most clients do: to another path of the same service, for there is no other.
     *
     * @param batch where the request stands, for the reply
     */
    Seen.Reply ask(Request request, int batch, int number) throws InterruptedException {
        long start = System.nanoTime();
        Request now = request;
        for (int hop = 0; ; hop++) {
            Answer answer = send(now);
            Optional<Request> next = hop < MOST_HOPS ? answer.redirected(now) : Optional.empty();
            if (next.isEmpty()) {
                return answer.reply(batch, number, System.nanoTime() - start);
            }
            now = next.get();
        }
    }

    /** @param location where it sends whoever asks; empty for nowhere */
    private record Answer(int status, String location, String contentType, Beginning.Kept body, Seen.Failure failure) {
        static Answer failed(Seen.Failure failure) {
            return new Answer(0, "", "", new Beginning.Kept(new byte[0], true), failure);
        }

        Seen.Reply reply(int batch, int number, long nanos) {
            return new Seen.Reply(batch, number, status, nanos, contentType, body.bytes(), body.whole(), failure);
        }

        /** As RFC 9110 has it (15.4): 307 and 308 keep the method, the others ask again with GET. */
        Optional<Request> redirected(Request request) {
            if (!REDIRECTS.contains(status) || location.isEmpty()) {
                return Optional.empty();
            }
            try {
                URI target = URI.create("http://localhost" + request.path()).resolve(location);
                String query = target.getRawQuery();
                String path = target.getRawPath() + (query == null ? "" : "?" + query);
                boolean same =
                        status == 307 || status == 308 || request.method().equals("GET");
                return path.startsWith("/")
                        ? Optional.of(new Request(
                                same ? request.method() : "GET",
                                path,
                                request.headers(),
                                same ? request.body() : new byte[0],
                                request.millis(),
                                request.keep()))
                        : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    private Answer send(Request request) throws InterruptedException {
        HttpClient client = client();
        try {
            HttpResponse<Beginning.Kept> given = client.sendAsync(
                            http(request), info -> new Beginning(Math.min(request.keep(), SeenFile.LARGEST_BODY)))
                    .get(request.millis(), TimeUnit.MILLISECONDS);
            return new Answer(
                    given.statusCode(),
                    given.headers().firstValue("Location").orElse(""),
                    given.headers().firstValue("Content-Type").orElse(""),
                    Unpacked.of(
                            given.headers().firstValue("Content-Encoding").orElse(""),
                            given.body(),
                            Math.min(request.keep(), SeenFile.LARGEST_BODY)),
                    Seen.Failure.NONE);
        } catch (TimeoutException e) {
            return Answer.failed(Seen.Failure.TIMEOUT);
        } catch (ExecutionException e) {
            return Answer.failed(failure(e.getCause()));
        } catch (IllegalArgumentException e) {
            return Answer.failed(Seen.Failure.NOT_HTTP);
        } finally {
            client.shutdownNow();
        }
    }

    private HttpRequest http(Request request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(
                        URI.create("http://" + address + ":" + port + request.path()))
                .timeout(Duration.ofMillis(request.millis()))
                // A service may answer only those who call it by its usual name.
                .setHeader("Host", "localhost:" + port);
        request.headers().forEach(builder::setHeader);
        return builder.method(
                        request.method(),
                        request.body().length == 0 && !request.method().equals("POST")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(request.body()))
                .build();
    }

    private static Seen.Failure failure(@Nullable Throwable cause) {
        return switch (cause) {
            case ConnectException e -> Seen.Failure.REFUSED;
            case HttpTimeoutException e -> Seen.Failure.TIMEOUT;
            case ProtocolException e -> Seen.Failure.NOT_HTTP;
            case IOException e when String.valueOf(e.getMessage()).contains("parsing HTTP") -> Seen.Failure.NOT_HTTP;
            case null, default -> Seen.Failure.CLOSED;
        };
    }
}
