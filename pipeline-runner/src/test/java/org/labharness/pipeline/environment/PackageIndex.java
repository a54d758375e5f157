package org.labharness.pipeline.environment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.checkout.Certificates;

/**
 * A package index of a test's own on loopback, which speaks the simple API as JSON or HTML and misbehaves as told. Asked for whole
 * addresses it answers as a proxy would, whatever host they name.
 */
public final class PackageIndex implements AutoCloseable {
    private static final String JSON = "application/vnd.pypi.simple.v1+json";

    /** What is served. */
    public enum Form {
        JSON_WITH_UPLOAD_TIMES,
        JSON_WITHOUT,
        HTML
    }

    /** One file of a package. */
    private static final class Offer {
        private final String name;
        private final byte[] bytes;
        private final @Nullable Instant uploaded;

        Offer(String name, byte[] bytes, @Nullable Instant uploaded) {
            this.name = name;
            this.bytes = bytes;
            this.uploaded = uploaded;
        }
    }

    /** What it was asked, and with which word of authorization. */
    public record Asked(String path, @Nullable String authorization) {}

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, List<Offer>> packages = new ConcurrentHashMap<>();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger unwell = new AtomicInteger();
    private volatile Form form = Form.JSON_WITH_UPLOAD_TIMES;
    private volatile int status = 503;
    private volatile boolean hanging;
    private volatile boolean locked;

    private PackageIndex(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        with("setuptools", "80.9.0", "2025-05-27T00:00:00Z");
        with("setuptools", "84.0.0", "2026-06-01T00:00:00Z");
    }

    /** Has setuptools and nothing else yet. */
    public static PackageIndex start() {
        try {
            return new PackageIndex(HttpServer.create(loopback(), 0), "http");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same over TLS, with a certificate that only this authority vouches for. */
    public static PackageIndex start(Certificates authority) {
        try {
            HttpsServer server = HttpsServer.create(loopback(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(authority.ofServer()));
            return new PackageIndex(server, "https");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Offers a wheel. */
    public PackageIndex with(String name, String version, String uploaded, String... requires) {
        return offer(
                name,
                TinyPackage.wheelName(name, version),
                TinyPackage.wheel(name, version, List.of(requires)),
                Instant.parse(uploaded));
    }

    /** Offers any file under a package's name; one without a time says nothing of it in any form. */
    PackageIndex offer(String name, String file, byte[] bytes, @Nullable Instant uploaded) {
        packages.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>()).add(new Offer(file, bytes, uploaded));
        return this;
    }

    public PackageIndex in(Form what) {
        form = what;
        return this;
    }

    /** Answers the next requests with this status only. */
    public PackageIndex unwell(int requests, int with) {
        status = with;
        unwell.set(requests);
        return this;
    }

    /** Takes connections and answers none, until it is closed. */
    public PackageIndex hanging() {
        hanging = true;
        return this;
    }

    /** Answers only whoever gives a name and a password. */
    public PackageIndex locked() {
        locked = true;
        return this;
    }

    public String url() {
        return scheme + "://" + authority() + "/simple";
    }

    /** Host and port. */
    public String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(new Asked(path, exchange.getRequestHeaders().getFirst("Authorization")));
        if (hanging) {
            awaitClose();
        }
        if (unwell.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            send(exchange, status, "text/plain", "not now".getBytes(StandardCharsets.UTF_8));
            return;
        }
        if (locked && exchange.getRequestHeaders().getFirst("Authorization") == null) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"packages\"");
            send(exchange, 401, "text/plain", new byte[0]);
            return;
        }
        String[] parts = path.replaceFirst("^/", "").split("/", -1);
        if (parts.length >= 2 && parts[0].equals("simple") && packages.containsKey(parts[1])) {
            page(exchange, parts[1]);
        } else if (parts.length == 3 && parts[0].equals("files")) {
            file(exchange, parts[1], parts[2]);
        } else {
            send(exchange, 404, "text/plain", new byte[0]);
        }
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void page(HttpExchange exchange, String name) throws IOException {
        List<Offer> offers = packages.getOrDefault(name, List.of());
        if (form == Form.HTML) {
            StringBuilder page = new StringBuilder("<!DOCTYPE html><html><body>");
            offers.forEach(offer -> page.append("<a href=\"/files/%s/%s#sha256=%s\">%s</a><br>\n"
                    .formatted(name, offer.name, sha256(offer.bytes), offer.name)));
            send(
                    exchange,
                    200,
                    "text/html",
                    page.append("</body></html>").toString().getBytes(StandardCharsets.UTF_8));
            return;
        }
        List<String> files = new ArrayList<>();
        for (Offer offer : offers) {
            String time = form == Form.JSON_WITHOUT || offer.uploaded == null
                    ? ""
                    : ", \"upload-time\": \"" + offer.uploaded + "\"";
            files.add("{\"filename\": \"%s\", \"url\": \"/files/%s/%s\", \"hashes\": {\"sha256\": \"%s\"}%s}"
                    .formatted(offer.name, name, offer.name, sha256(offer.bytes), time));
        }
        String page = "{\"meta\": {\"api-version\": \"1.1\"}, \"name\": \"%s\", \"files\": [%s]}"
                .formatted(name, String.join(", ", files));
        send(exchange, 200, JSON, page.getBytes(StandardCharsets.UTF_8));
    }

    private void file(HttpExchange exchange, String name, String file) throws IOException {
        for (Offer offer : packages.getOrDefault(name, List.of())) {
            if (offer.name.equals(file)) {
                send(exchange, 200, "application/octet-stream", offer.bytes);
                return;
            }
        }
        send(exchange, 404, "text/plain", new byte[0]);
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (head) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
            }
            exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
            if (!head && body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
