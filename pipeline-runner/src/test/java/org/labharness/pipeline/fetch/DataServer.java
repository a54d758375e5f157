package org.labharness.pipeline.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.checkout.Certificates;

/** A web server on loopback with files by their path, that can misbehave. */
final class DataServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, String> redirects = new ConcurrentHashMap<>();
    private final Map<String, Answerer> answerers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile @Nullable String login;
    private volatile int status;

    /** Answers requests for one path. */
    interface Answerer {
        byte[] answer(byte[] body) throws IOException;
    }

    private DataServer(HttpServer server) {
        this.server = server;
    }

    /** @param certificates null for plain HTTP */
    static DataServer start(@Nullable Certificates certificates) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer server;
        if (certificates == null) {
            server = HttpServer.create(address, 0);
        } else {
            HttpsServer secure = HttpsServer.create(address, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(certificates.ofServer()));
            server = secure;
        }
        DataServer data = new DataServer(server);
        server.setExecutor(data.threads);
        server.createContext("/", data::answer);
        server.start();
        return data;
    }

    String url(String path) {
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return scheme + "://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    DataServer file(String path, String content) {
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    DataServer answers(String path, Answerer answerer) {
        answerers.put(path, answerer);
        return this;
    }

    /** Puts content as DVC 3 does; gives its sum. */
    String push(String folder, String content) {
        return push(folder + "/files/md5", content, "");
    }

    String push(String folder, String content, String suffix) {
        String md5 = sum("MD5", content);
        file(folder + "/" + md5.substring(0, 2) + "/" + md5.substring(2) + suffix, content);
        return md5 + suffix;
    }

    static String sum(String algorithm, String content) {
        try {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    DataServer redirects(String path, String url) {
        redirects.put(path, url);
        return this;
    }

    DataServer wantsLogin(String user, String password) {
        login = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Answers with 503 this many times before it serves. */
    DataServer isBusy(int times) {
        busy.set(times);
        return this;
    }

    /** Answers every request with this status. */
    DataServer fails(int always) {
        status = always;
        return this;
    }

    /** Paths that were asked for, in order. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    List<String> logins() {
        return List.copyOf(logins);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            if (given != null) {
                logins.add(given);
            }
            String wanted = login;
            if (status != 0) {
                exchange.sendResponseHeaders(status, -1);
            } else if (busy.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.sendResponseHeaders(503, -1);
            } else if (wanted != null && !wanted.equals(given)) {
                exchange.sendResponseHeaders(401, -1);
            } else if (redirects.containsKey(path)) {
                exchange.getResponseHeaders().add("Location", redirects.get(path));
                exchange.sendResponseHeaders(302, -1);
            } else {
                serve(exchange, path);
            }
        }
    }

    private void serve(HttpExchange exchange, String path) throws IOException {
        Answerer answerer = answerers.get(path);
        byte[] content = answerer == null
                ? files.get(path)
                : answerer.answer(exchange.getRequestBody().readAllBytes());
        if (content == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(content);
        }
    }

    /** Takes the question and says nothing. */
    DataServer stalls(String path) {
        return answers(path, body -> {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new byte[0];
        });
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
