package org.labharness.pipeline.checkout;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/** A Git server on loopback that speaks the smart HTTP protocol, with or without TLS and login, and that can misbehave. */
final class GitOverHttp implements AutoCloseable {
    private static final String PATH = "/team/work.git";

    private final HttpServer server;
    private final Path repository;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private volatile @Nullable String login;
    private volatile @Nullable String redirect;
    private volatile Answer answer = Answer.WHOLE;
    private volatile byte @Nullable [] pack;

    private GitOverHttp(HttpServer server, Path repository) {
        this.server = server;
        this.repository = repository;
    }

    /** How the pack is sent. */
    enum Answer {
        WHOLE,
        /** Takes the question, then says nothing. */
        SILENT,
        /** Sends one byte after the other for ever. */
        TRICKLE,
        /** Says how much will come, and sends less. */
        BROKEN,
        /** Takes the question and hangs up. */
        GONE,
        NO_SERVICE,
        FORBIDDEN
    }

    /** @param certificates null for plain HTTP */
    static GitOverHttp start(Path repository, @Nullable Certificates certificates) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer server;
        if (certificates == null) {
            server = HttpServer.create(address, 0);
        } else {
            HttpsServer secure = HttpsServer.create(address, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(certificates.ofServer()));
            server = secure;
        }
        GitOverHttp git = new GitOverHttp(server, repository);
        server.setExecutor(git.threads);
        server.createContext(PATH + "/", git::answer);
        server.start();
        return git;
    }

    String url(String host) {
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return scheme + "://" + host + ":" + server.getAddress().getPort() + PATH;
    }

    GitOverHttp wantsLogin(String user, String secret) {
        login = basic(user, secret);
        return this;
    }

    static String basic(String user, String secret) {
        byte[] both = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    GitOverHttp redirectsTo(String url) {
        redirect = url;
        return this;
    }

    GitOverHttp answers(Answer how) {
        answer = how;
        return this;
    }

    /** Sends these bytes as the pack, whatever is asked for. */
    GitOverHttp sends(byte[] bytes) {
        pack = bytes;
        return this;
    }

    /** What clients sent as login, in order. */
    List<String> logins() {
        return List.copyOf(logins);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            if (given != null) {
                logins.add(given);
            }
            String wanted = login;
            String elsewhere = redirect;
            String path = exchange.getRequestURI().toString().substring(PATH.length());
            if (wanted != null && !wanted.equals(given)) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
            } else if (elsewhere != null) {
                exchange.getResponseHeaders().add("Location", elsewhere + path);
                exchange.sendResponseHeaders(302, -1);
            } else if (answer == Answer.GONE) {
                return;
            } else if (answer == Answer.NO_SERVICE) {
                exchange.sendResponseHeaders(503, -1);
            } else if (answer == Answer.FORBIDDEN) {
                exchange.sendResponseHeaders(403, -1);
            } else {
                serve(exchange, path);
            }
        }
    }

    private void serve(HttpExchange exchange, String path) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        if (path.startsWith("/info/refs?service=git-upload-pack")) {
            headers.add("Content-Type", "application/x-git-upload-pack-advertisement");
            exchange.sendResponseHeaders(200, 0);
            advertise(exchange.getResponseBody());
        } else if (path.equals("/git-upload-pack")) {
            headers.add("Content-Type", "application/x-git-upload-pack-result");
            byte[] question = question(exchange);
            if (answer == Answer.BROKEN) {
                exchange.sendResponseHeaders(200, 1_403_404); // a number that is no status
                new PacketLineOut(exchange.getResponseBody()).writeString("NAK\n");
                return;
            }
            exchange.sendResponseHeaders(200, 0);
            upload(question, exchange.getResponseBody());
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
    }

    private static byte[] question(HttpExchange exchange) throws IOException {
        InputStream body = exchange.getRequestBody();
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return (zipped ? new GZIPInputStream(body) : body).readAllBytes();
    }

    private void advertise(OutputStream out) throws IOException {
        try (Repository opened = open()) {
            PacketLineOut lines = new PacketLineOut(out);
            lines.writeString("# service=git-upload-pack\n");
            lines.end();
            if (pack == null) {
                uploadPack(opened).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
            } else {
                lines.writeString("1".repeat(40) + " refs/heads/main\0multi_ack_detailed ofs-delta agent=hostile\n");
                lines.end();
            }
        }
    }

    private void upload(byte[] question, OutputStream out) throws IOException {
        byte[] given = pack;
        if (answer == Answer.SILENT) {
            closesWithin(Long.MAX_VALUE);
        } else if (answer == Answer.TRICKLE) {
            trickle(out);
        } else if (given != null) {
            new PacketLineOut(out).writeString("NAK\n");
            out.write(given);
        } else {
            try (Repository opened = open()) {
                uploadPack(opened).upload(new ByteArrayInputStream(question), out, null);
            }
        }
    }

    private void trickle(OutputStream out) throws IOException {
        new PacketLineOut(out).writeString("NAK\n");
        byte[] header = {'P', 'A', 'C', 'K', 0, 0, 0, 2, 0, 0, 0, 1};
        for (int sent = 0; !closesWithin(200); sent++) { // in two seconds not enough to be found wrong
            out.write(sent < header.length ? header[sent] : 0x78);
            out.flush();
        }
    }

    private boolean closesWithin(long milliseconds) {
        try {
            return closed.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private Repository open() throws IOException {
        return FileRepositoryBuilder.create(repository.resolve(".git").toFile());
    }

    private static UploadPack uploadPack(Repository opened) {
        UploadPack upload = new UploadPack(opened);
        upload.setRequestPolicy(UploadPack.RequestPolicy.ANY); // as the large hosts do
        upload.setBiDirectionalPipe(false);
        return upload;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
