package org.labharness.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.probe.exchange.Script;
import org.labharness.probe.exchange.Seen;
import org.labharness.probe.exchange.SeenFile;

class StandInTests {
    @TempDir
    Path folder;

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Large bodies are read, as services read them, and not written down. */
    @Test
    void whoeverAsksAsOftenAsTheyLikeIsAnsweredAndNothingOfTheirBodiesIsKept() throws Exception {
        int port = freePort();
        byte[] answer = "{\"sum\": 7}".getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("seen");
        try (SeenFile seen = new SeenFile(file);
                StandIn standIn = new StandIn(new Script.StandIn(port, "application/json", answer, 1), seen);
                HttpClient client = HttpClient.newHttpClient()) {
            for (int size : new int[] {0, 10, 300_000, 900_000, 10}) {
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/predict"))
                        .timeout(Duration.ofSeconds(10))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[size]))
                        .build();
                assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                                .body())
                        .as("after a body of %s bytes", size)
                        .isEqualTo("{\"sum\": 7}");
            }
            standIn.await();
        }

        assertThat(SeenFile.read(file, 10_000)).hasSize(5).allSatisfy(one -> {
            Seen.Heard heard = (Seen.Heard) one;
            assertThat(heard.method() + " " + heard.path()).isEqualTo("POST /predict");
            assertThat(heard.body()).isEmpty();
        });
    }
}
