package org.labharness.pipeline.tracking;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends requests to a server and writes down its answers, with ids and times made alike. */
final class Exchange implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("m-[0-9a-f]{32}|[0-9a-f]{32}");
    private static final Pattern TIME = Pattern.compile("\\b[0-9]{13}\\b");

    /** A set of texts as Python prints it, in an order that changes from process to process. */
    private static final Pattern SET = Pattern.compile("\\{'[^}]*'\\}");

    private final URI server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final List<String> answers = new ArrayList<>();

    Exchange(URI server) {
        this.server = server;
    }

    List<String> answers() {
        return List.copyOf(answers);
    }

    /** Sends {@code METHOD PATH}; {@code <id1>} stands for the first id that the server gave, and so on. */
    String send(String line, String body) throws IOException, InterruptedException {
        String[] words = fill(line).split(" ", 2);
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + words[1]))
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", body.startsWith("{") ? "application/json" : "application/octet-stream")
                .method(words[0], HttpRequest.BodyPublishers.ofString(fill(body)))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        answers.add(line + " -> " + response.statusCode() + " " + alike(response.body()));
        return response.body();
    }

    private String fill(String text) {
        String filled = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            filled = filled.replace(name.getKey(), name.getValue());
        }
        return filled;
    }

    private String alike(String body) {
        Matcher id =
                ID.matcher(SET.matcher(TIME.matcher(body).replaceAll("TIME")).replaceAll("{SET}"));
        return id.replaceAll(found -> ids.computeIfAbsent(found.group(), value -> {
            String name = "<id" + (ids.size() + 1) + ">";
            names.put(name, value);
            return name;
        }));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
