package org.labharness.pipeline.collect.mlflow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** Answers on a Unix socket as a tracking server does, with whatever a test scripts for a path; with an empty object to all else. */
final class ScriptedMlflow implements AutoCloseable {
    private final ServerSocketChannel listener;
    private final Map<String, UnaryOperator<String>> answers = new ConcurrentHashMap<>();
    private final CountDownLatch never = new CountDownLatch(1);

    ScriptedMlflow(Path socket) throws IOException {
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::accept);
    }

    /** @param answer from the query, or the body where there is one, to JSON */
    ScriptedMlflow on(String path, UnaryOperator<String> answer) {
        answers.put(path, answer);
        return this;
    }

    /** Never answers there. */
    ScriptedMlflow silentOn(String path) {
        return on(path, query -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "{}";
        });
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            never.countDown(); // closed, which is how this ends
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(client), StandardCharsets.ISO_8859_1));
                OutputStream out = Channels.newOutputStream(client)) {
            for (String request = in.readLine(); request != null; request = in.readLine()) {
                String[] target = request.split(" ", 3)[1].split("\\?", 2);
                String said = target.length > 1 ? target[1] : body(in, headers(in));
                if (target.length > 1) {
                    headers(in);
                }
                byte[] answer =
                        answers.getOrDefault(target[0], any -> "{}").apply(said).getBytes(StandardCharsets.UTF_8);
                out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + answer.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
                out.write(answer);
                out.flush();
            }
        } catch (IOException e) {
            // The reader went away: what it saw is what the test asks for.
        }
    }

    private static int headers(BufferedReader in) throws IOException {
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return length;
    }

    private static String body(BufferedReader in, int length) throws IOException {
        char[] body = new char[length];
        for (int read = 0; read < length; ) {
            read += Math.max(0, in.read(body, read, length - read));
        }
        return new String(body);
    }

    @Override
    public void close() throws IOException {
        never.countDown();
        listener.close();
    }
}
