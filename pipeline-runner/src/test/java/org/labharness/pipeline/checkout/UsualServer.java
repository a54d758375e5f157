package org.labharness.pipeline.checkout;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Git's own servers on loopback, for what only they offer: all repositories of a folder by {@code git://} and by HTTP. */
final class UsualServer implements AutoCloseable {
    private final Path folder;
    private final ServerSocket daemon;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private UsualServer(Path folder) throws IOException {
        this.folder = folder;
        this.daemon = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    static UsualServer of(Path folder) throws IOException {
        UsualServer server = new UsualServer(folder);
        server.http.setExecutor(server.threads);
        server.http.createContext("/", server::answer);
        server.http.start();
        var unused = server.threads.submit(server::accept);
        return server;
    }

    String git(String name) {
        return "git://127.0.0.1:" + daemon.getLocalPort() + "/" + name;
    }

    String http(String name) {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/" + name;
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = daemon.accept();
                var unused = threads.submit(() -> serve(socket));
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Process git = new ProcessBuilder("git", "daemon", "--inetd", "--export-all", "--base-path=" + folder)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var unused = threads.submit(() -> pass(socket, git));
            git.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // whoever asks has gone
        }
    }

    private static void pass(Socket socket, Process git) {
        byte[] some = new byte[8192];
        try (OutputStream to = git.getOutputStream()) {
            InputStream from = socket.getInputStream();
            for (int count = from.read(some); count >= 0; count = from.read(some)) {
                to.write(some, 0, count);
                to.flush();
            }
        } catch (IOException e) {
            // one of them has gone
        }
    }

    /** As a web server calls a program by CGI. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            ProcessBuilder program =
                    new ProcessBuilder("git", "http-backend").redirectError(ProcessBuilder.Redirect.DISCARD);
            program.environment()
                    .putAll(Map.of(
                            "GIT_PROJECT_ROOT", folder.toString(),
                            "GIT_HTTP_EXPORT_ALL", "1",
                            "REQUEST_METHOD", exchange.getRequestMethod(),
                            "PATH_INFO", exchange.getRequestURI().getPath(),
                            "QUERY_STRING", words(exchange.getRequestURI().getQuery()),
                            "CONTENT_TYPE", header(exchange, "Content-Type"),
                            "HTTP_CONTENT_ENCODING", header(exchange, "Content-Encoding"),
                            "GIT_PROTOCOL", header(exchange, "Git-Protocol")));
            Process git = program.start();
            try (OutputStream to = git.getOutputStream()) {
                exchange.getRequestBody().transferTo(to);
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            git.getInputStream().transferTo(all);
            String said = all.toString(StandardCharsets.ISO_8859_1);
            int end = said.indexOf("\r\n\r\n");
            int status = 200;
            for (String line : said.substring(0, end).split("\r\n", -1)) {
                String[] both = line.split(": ", 2);
                if (both[0].equals("Status")) {
                    status = Integer.parseInt(both[1].substring(0, 3));
                } else {
                    exchange.getResponseHeaders().add(both[0], both[1]);
                }
            }
            byte[] body = said.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return words(exchange.getRequestHeaders().getFirst(name));
    }

    private static String words(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    @Override
    public void close() throws IOException {
        daemon.close();
        http.stop(0);
        threads.shutdownNow();
    }
}
