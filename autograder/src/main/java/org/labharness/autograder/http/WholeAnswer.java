package org.labharness.autograder.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntUnaryOperator;

/**
 * An answer that came to its end. The timeout of a request is over once its answer begins; what follows may come byte by byte for ever,
 * or never.
 *
 * @param text of the body, as UTF-8
 * @param cut whether there was more of it than was asked for
 */
public record WholeAnswer(int status, HttpHeaders headers, String text, boolean cut) {
    /**
     * Asks.
     *
     * @param most bytes that are read of the body, by the status
     * @param time for everything
     * @throws HttpTimeoutException where it is not there in time
     * @throws IOException where the other end cannot be reached, or breaks off
     */
    public static WholeAnswer of(HttpClient client, HttpRequest request, IntUnaryOperator most, Duration time)
            throws IOException, InterruptedException {
        FutureTask<WholeAnswer> asking = new FutureTask<>(() -> {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                return of(response, in, most.applyAsInt(response.statusCode()));
            }
        });
        Thread.ofVirtual().name("ask " + request.uri().getHost()).start(asking);
        return within(time, asking);
    }

    private static WholeAnswer of(HttpResponse<InputStream> response, InputStream in, int most) throws IOException {
        byte[] bytes = most == 0 ? new byte[0] : in.readNBytes(most + 1);
        return new WholeAnswer(
                response.statusCode(),
                response.headers(),
                new String(bytes, 0, Math.min(bytes.length, most), StandardCharsets.UTF_8),
                bytes.length > most);
    }

    /**
     * The beginning of an answer that is read as it comes.
     *
     * @param time for the beginning alone: from JDK 26 on the timeout of a request is one for all of the answer
     */
    public static HttpResponse<InputStream> beginning(HttpClient client, HttpRequest request, Duration time)
            throws IOException, InterruptedException {
        return within(time, client.sendAsync(request, BodyHandlers.ofInputStream()));
    }

    private static <T> T within(Duration time, Future<T> asking) throws IOException, InterruptedException {
        try {
            return asking.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new HttpTimeoutException("no answer within " + time.toSeconds() + " s");
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case IOException known -> throw known;
                case RuntimeException known -> throw known;
                case Error known -> throw known;
                case null, default -> throw new IOException(failed);
            }
        } finally {
            asking.cancel(true);
        }
    }
}
