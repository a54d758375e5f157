package org.labharness.autograder.forge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Plays a forge: answers as its documentation shows, in the order in which answers were laid out; a status that it was told it lists. Keeps
 * what it was asked.
 */
public final class ForgeStandIn implements AutoCloseable {
    private final HttpServer server;
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    /** @param body empty for none; {@code hang-up}: the connection is closed in place of an answer */
    record Reply(int status, Map<String, String> headers, String body) {}

    public record Asked(String method, String path, Map<String, List<String>> headers, String body) {
        public String header(String name) {
            return String.join(",", headers.getOrDefault(name, List.of()));
        }
    }

    /** As a server of the harness is told of it. */
    ForgeHosts hosts(String kind) {
        return ForgeHosts.from(Map.of(
                "LAB_FORGES", "http://" + host() + "=" + kind, "LAB_STATUS_TOKEN_127_0_0_1", "token-of-the-course"));
    }

    public ForgeStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public ForgeStandIn then(int status, String body, String... headers) {
        Map<String, String> map = new java.util.HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        replies.add(new Reply(status, map, body));
        return this;
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        Reply reply = replies.isEmpty() ? new Reply(500, Map.of(), "nothing was laid out") : replies.poll();
        if (reply.body().equals("hang-up")) {
            exchange.close();
            return;
        }
        byte[] body = reply.body().getBytes(UTF_8);
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
