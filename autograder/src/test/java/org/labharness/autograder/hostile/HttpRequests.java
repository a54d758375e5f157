package org.labharness.autograder.hostile;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests of one connection of HTTP 1.1, one after another. */
final class HttpRequests {
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)");

    private final InputStream in;
    private final OutputStream out;
    private String head = "";

    HttpRequests(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Reads up to the empty line; false where none comes any more. */
    boolean next() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            read.write(next);
            if (next == '\n' && read.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                head = read.toString(StandardCharsets.ISO_8859_1);
                return true;
            }
        }
    }

    boolean isFor(String method, String path) {
        return head.startsWith(method + " ")
                && head.lines().findFirst().orElse("").contains(path);
    }

    /** After some requests a connection is no HTTP any more. */
    boolean becomesStream() {
        return isFor("POST", "/attach");
    }

    byte[] body() throws IOException {
        Matcher length = LENGTH.matcher(head.toLowerCase(Locale.ROOT));
        if (length.find()) {
            return in.readNBytes(Integer.parseInt(length.group(1)));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (head.toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding: chunked")) {
            for (int size = chunk(); size > 0; size = chunk()) {
                body.write(in.readNBytes(size));
                line();
            }
            line();
        }
        return body.toByteArray();
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    void pass() throws IOException {
        pass(body());
    }

    /** Passes the request on with another body. */
    void pass(byte[] body) throws IOException {
        StringBuilder changed = new StringBuilder();
        head.lines()
                .filter(line -> !line.isEmpty() && !line.matches("(?i)(content-length|transfer-encoding):.*"))
                .forEach(line -> changed.append(line).append("\r\n"));
        if (body.length > 0 || head.startsWith("POST ")) {
            changed.append("Content-Length: ").append(body.length).append("\r\n");
        }
        out.write(changed.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }

    /** Passes the request on, and whatever follows it. */
    void passAll() throws IOException {
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        in.transferTo(out);
    }
}
