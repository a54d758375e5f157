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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.labharness.probe.exchange.Request;
import org.labharness.probe.exchange.Seen;
import org.labharness.probe.exchange.SeenFile;

/** Sends requests to one service. What the service does is a result, never an exception. */
final class Asker {
    private static final byte[] NOTHING = new byte[0];

    private final HttpClient client;
    private final String address;
    private final int port;

    /** @param address a literal one, with brackets where it is IPv6 */
    Asker(HttpClient client, String address, int port) {
        this.client = client;
        this.address = address;
        this.port = port;
    }

    /** A client that keeps no cookie and asks no proxy; it goes where it is sent, as most clients do, of which there is nothing but loopback. */
    static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** @param batch where the request stands, for the reply */
    Seen.Reply ask(Request request, int batch, int number) throws InterruptedException {
        long start = System.nanoTime();
        @Nullable CompletableFuture<HttpResponse<Beginning.Kept>> answer = null;
        try {
            answer = client.sendAsync(
                    http(request), info -> new Beginning(Math.min(request.keep(), SeenFile.LARGEST_BODY)));
            HttpResponse<Beginning.Kept> given = answer.get(request.millis(), TimeUnit.MILLISECONDS);
            return new Seen.Reply(
                    batch,
                    number,
                    given.statusCode(),
                    System.nanoTime() - start,
                    given.headers().firstValue("Content-Type").orElse(""),
                    given.body().bytes(),
                    given.body().whole(),
                    Seen.Failure.NONE);
        } catch (TimeoutException e) {
            if (answer != null) {
                answer.cancel(true);
            }
            return failed(batch, number, start, Seen.Failure.TIMEOUT);
        } catch (ExecutionException e) {
            return failed(batch, number, start, failure(e.getCause()));
        } catch (IllegalArgumentException e) {
            return failed(batch, number, start, Seen.Failure.NOT_HTTP);
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

    private static Seen.Reply failed(int batch, int number, long start, Seen.Failure failure) {
        return new Seen.Reply(batch, number, 0, System.nanoTime() - start, "", NOTHING, true, failure);
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
