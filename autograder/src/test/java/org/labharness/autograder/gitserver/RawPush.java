package org.labharness.autograder.gitserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A push as bytes on a connection, sent piece by piece as the test likes. */
final class RawPush implements AutoCloseable {
    static final String NOTHING = "0".repeat(40);

    private final Socket socket;
    private final OutputStream out;

    private RawPush(Socket socket, OutputStream out) {
        this.socket = socket;
        this.out = out;
    }

    /** With its headers sent, and nothing of its body. */
    static RawPush begun(String repository, String token) throws IOException {
        URI address = URI.create(repository + "/git-receive-pack");
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
        socket.setSoTimeout(60_000);
        String login = Base64.getEncoder().encodeToString(("x:" + token).getBytes(StandardCharsets.UTF_8));
        RawPush push = new RawPush(socket, socket.getOutputStream());
        push.raw("POST " + address.getPath()
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Basic "
                + login
                + "\r\nContent-Type: application/x-git-receive-pack-request\r\nTransfer-Encoding: chunked\r\n\r\n");
        return push;
    }

    static byte[] command(String before, String after, String ref) {
        String line = before + " " + after + " " + ref + "\0 report-status side-band-64k";
        return "%04x%s0000".formatted(line.length() + 4, line).getBytes(StandardCharsets.UTF_8);
    }

    RawPush send(byte[] body) throws IOException {
        raw(Integer.toHexString(body.length) + "\r\n");
        out.write(body);
        raw("\r\n");
        return this;
    }

    private void raw(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Ends it; what was answered, in one line. */
    String answer() throws IOException {
        raw("0\r\n\r\n");
        try (InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("\\s+", " ");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
