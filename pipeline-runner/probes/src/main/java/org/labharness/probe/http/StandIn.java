package org.labharness.probe.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.labharness.probe.exchange.Script;
import org.labharness.probe.exchange.Seen;
import org.labharness.probe.exchange.SeenFile;

/** Answers in the place of a service, the same to everybody, and notes what it is asked. */
final class StandIn implements AutoCloseable {
    private static final int MOST_NOTED = 200;
    private static final int THREADS = 8;

    private final Script.StandIn script;
    private final SeenFile seen;
    private final HttpServer server;
    private final CountDownLatch heard = new CountDownLatch(1);
    private final AtomicInteger noted = new AtomicInteger();

    StandIn(Script.StandIn script, SeenFile seen) throws IOException {
        this.script = script;
        this.seen = seen;
        server = HttpServer.create(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), script.port()), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().skip(SeenFile.LARGEST_BODY);
            if (noted.incrementAndGet() <= MOST_NOTED) {
                @Nullable String type = exchange.getRequestHeaders().getFirst("Content-Type");
                seen.add(new Seen.Heard(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        type == null ? "" : type,
                        new byte[0])); // nobody asks for it, and a hundred of them would be too much
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().set("Content-Type", script.contentType());
            // A page in a browser's hands may come from another port than the service.
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            exchange.sendResponseHeaders(200, head ? -1 : script.body().length);
            if (!head) {
                exchange.getResponseBody().write(script.body());
            }
        } finally {
            heard.countDown();
        }
    }

    /** Until somebody has asked, or the time is over. */
    void await() throws InterruptedException {
        boolean unused = heard.await(script.millis(), TimeUnit.MILLISECONDS);
    }

    /** Until the time is over, or whoever runs this ends it: a client may ask as often as it likes. */
    void stay() throws InterruptedException {
        boolean unused = new CountDownLatch(1).await(script.millis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
