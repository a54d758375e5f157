package org.labharness.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.labharness.probe.exchange.Request;
import org.labharness.probe.exchange.Seen;

class AskerTests {
    /** Answers once for each connection, says nothing of closing it, and closes it. */
    private static void answerAndClose(ServerSocket server) {
        byte[] answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII);
        while (true) {
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                byte[] seen = new byte[4096];
                StringBuilder request = new StringBuilder();
                while (request.indexOf("{}") < 0) {
                    request.append(new String(seen, 0, Math.max(0, in.read(seen)), StandardCharsets.US_ASCII));
                }
                socket.getOutputStream().write(answer);
            } catch (IOException e) {
                return;
            }
        }
    }

    @Test
    void aServiceThatClosesEachConnectionWithoutAWordLosesNothing() throws Exception {
        Request request =
                new Request("POST", "/predict", Map.of(), "{}".getBytes(StandardCharsets.US_ASCII), 10_000, 64);
        Map<Seen.Failure, Integer> failures = new HashMap<>();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> answerAndClose(server));
            Asker asker = new Asker("127.0.0.1", server.getLocalPort());
            for (int number = 0; number < 300; number++) {
                failures.merge(asker.ask(request, 0, number).failure(), 1, Integer::sum);
            }
        }
        assertThat(failures).containsExactly(Map.entry(Seen.Failure.NONE, 300));
    }
}
