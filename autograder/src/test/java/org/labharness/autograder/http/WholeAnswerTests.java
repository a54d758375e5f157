package org.labharness.autograder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WholeAnswerTests {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private ServerSocket server;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        client.shutdownNow();
        server.close();
    }

    /** What a server says. */
    private interface Script {
        void say(OutputStream out) throws IOException, InterruptedException;
    }

    private WholeAnswer answer(Script script, int most, Duration time) throws IOException, InterruptedException {
        Thread.ofVirtual().start(() -> {
            try (Socket asking = server.accept()) {
                script.say(asking.getOutputStream());
                asking.shutdownOutput();
                asking.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException gone) {
                hungUp.countDown();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        URI place = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
        return WholeAnswer.of(client, HttpRequest.newBuilder(place).build(), status -> most, time);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void has_status_headers_and_body() throws IOException, InterruptedException {
        WholeAnswer answer = answer(
                out -> out.write(ascii("HTTP/1.1 404 Not Found\r\nRetry-After: 3\r\nContent-Length: 4\r\n\r\nnone")),
                100,
                LONG);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).isEqualTo("none");
        assertThat(answer.cut()).isFalse();
        assertThat(answer.headers().firstValue("retry-after")).contains("3");
    }

    @Test
    void is_cut_where_it_is_too_long() throws IOException, InterruptedException {
        byte[] some = ascii("x".repeat(10_000));
        WholeAnswer answer = answer(
                out -> {
                    out.write(ascii("HTTP/1.1 200 OK\r\n\r\n"));
                    while (true) {
                        out.write(some);
                    }
                },
                25_000,
                LONG);
        assertThat(answer.text()).hasSize(25_000);
        assertThat(answer.cut()).isTrue();
        assertThat(hungUp.await(30, TimeUnit.SECONDS))
                .as("nothing more is read")
                .isTrue();
    }

    @Test
    void that_never_ends_is_given_up_and_the_connection_ended() throws InterruptedException {
        assertThatThrownBy(() -> answer(
                        out -> {
                            out.write(ascii("HTTP/1.1 200 OK\r\n\r\n"));
                            while (true) {
                                out.write('x');
                                out.flush();
                                Thread.sleep(20);
                            }
                        },
                        1_000_000,
                        Duration.ofSeconds(5))) // for the connection there is time on any machine
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessage("no answer within 5 s");
        assertThat(hungUp.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void that_never_begins_is_given_up() {
        assertThatThrownBy(() -> answer(out -> hungUp.await(), 100, Duration.ofSeconds(1)))
                .isInstanceOf(HttpTimeoutException.class);
        hungUp.countDown();
    }

    @Test
    void that_breaks_off_is_a_failure_of_the_connection() {
        assertThatThrownBy(() ->
                        answer(out -> out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nnone")), 100, LONG))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTimeoutException.class);
    }
}
