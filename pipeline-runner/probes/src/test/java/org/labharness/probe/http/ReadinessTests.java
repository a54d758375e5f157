package org.labharness.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.probe.exchange.Request;
import org.labharness.probe.exchange.Script;
import org.labharness.probe.exchange.Seen;

class ReadinessTests {
    private static final Request PROOF =
            new Request("POST", "/predict", Map.of(), "{}".getBytes(StandardCharsets.UTF_8), 10_000, 0);

    @TempDir
    Path kernel;

    private final List<HttpServer> servers = new ArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);

    @AfterEach
    void close() {
        servers.forEach(server -> server.stop(0));
    }

    /** Whatever it is asked, it answers so. */
    private int answers(int status, String type, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().set("Content-Type", type);
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            } finally {
                asked.countDown();
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        servers.add(server);
        return server.getAddress().getPort();
    }

    private int metrics() throws IOException {
        return answers(200, "text/plain; version=0.0.4", "# TYPE hits_total counter\nhits_total 0\n");
    }

    private static int nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void listen(int... ports) throws IOException {
        StringBuilder text = new StringBuilder("  sl  local_address rem_address   st\n");
        for (int port : ports) {
            text.append(String.format("   0: 0100007F:%04X 00000000:0000 0A 0 0\n", port));
        }
        Path written = Files.writeString(kernel.resolve("new"), text);
        Files.move(written, kernel.resolve("tcp"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private Readiness.Waited await(int port, Duration within, Request... proof) throws InterruptedException {
        Script.Wait wait = new Script.Wait(port, "/health", (int) within.toMillis(), List.of(), List.of(proof));
        return new Readiness(wait, new Listeners(kernel)).await();
    }

    private static Optional<Integer> port(Readiness.Waited waited) {
        return waited.seen().stream()
                .filter(Seen.Ready.class::isInstance)
                .map(one -> ((Seen.Ready) one).port())
                .findFirst();
    }

    /** Many start a server for their metrics, and load the model for some seconds then. */
    @Test
    void aPortForMetricsIsNotTakenForAServiceThatIsSlowToStart() throws Exception {
        int metrics = metrics();
        int service = answers(200, "application/json", "{}");
        listen(metrics);
        Thread.ofVirtual().start(() -> {
            try {
                asked.await();
                listen(metrics, service);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(port(await(service, Duration.ofSeconds(30), PROOF))).contains(service);
        assertThat(asked.getCount()).isZero();
    }

    @Test
    void aServiceAtAnotherPortIsFoundBesideOneForMetricsBeforeTheTimeIsOver() throws Exception {
        int metrics = metrics();
        int administration = answers(404, "application/json", "{}");
        int service = answers(422, "application/json; charset=utf-8", "{}");
        listen(metrics, administration, service);
        long started = System.nanoTime();

        assertThat(port(await(nobody(), Duration.ofSeconds(30), PROOF))).contains(service);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void oneThatProvesNothingIsTakenWhenTheTimeIsOver() throws Exception {
        int page = answers(200, "text/html", "<html>");
        listen(page);

        assertThat(port(await(nobody(), Duration.ofSeconds(1)))).contains(page);
    }

    @Test
    void manyThatNeverAnswerDoNotMakeItLonger() throws Exception {
        List<ServerSocket> silent = new ArrayList<>();
        try {
            for (int at = 0; at < 12; at++) {
                silent.add(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            }
            listen(silent.stream().mapToInt(ServerSocket::getLocalPort).toArray());
            long started = System.nanoTime();

            Readiness.Waited waited = await(nobody(), Duration.ofSeconds(1), PROOF);

            assertThat(waited.found()).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(12));
        } finally {
            for (ServerSocket socket : silent) {
                socket.close();
            }
        }
    }
}
