package org.labharness.pipeline.collect.mlflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;

/** Calls of MLflow's REST interface that its Java client does not have. */
final class MlflowHttp implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    MlflowHttp(URI base) {
        this.base = base;
    }

    /** An answer that is no success, or no use: that one thing cannot be had, the server is well otherwise. */
    static final class Declined extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param what was answered, as the end of a sentence */
        Declined(String what) {
            super(what);
        }
    }

    /** @param path from the root, such as {@code /api/2.0/mlflow/artifacts/list} */
    Doc get(String path, Map<String, String> query) {
        return json(text(path, query));
    }

    /** An answer as it stands. */
    String text(String path, Map<String, String> query) {
        String parameters = query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return send(request(path + "?" + parameters).GET().build());
    }

    Doc post(String path, String json) {
        return json(send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
    }

    private static Doc json(String answer) {
        return Documents.json(answer)
                .document()
                .orElseThrow(() -> new Declined("an answer holds more than is read of one"));
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new Declined("the server declined with status " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
