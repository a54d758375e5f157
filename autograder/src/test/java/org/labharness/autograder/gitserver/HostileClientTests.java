package org.labharness.autograder.gitserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.serve.ServedClass;

/** What somebody with a good token may send who speaks HTTP by hand. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class HostileClientTests {
    @TempDir
    static Path place;

    private static ServedClass served;
    private static String login;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void serve() throws IOException {
        served = new ServedClass(place.resolve("served")).start();
        login = "Basic "
                + Base64.getEncoder()
                        .encodeToString(("ada:" + served.token("ada")).getBytes(StandardCharsets.US_ASCII));
        Work work = Work.of(place.resolve("work"), "work");
        try (RawPush push = RawPush.begun(served.repository("ada", "open"), served.token("ada"))) {
            assertThat(push.send(RawPush.command(RawPush.NOTHING, work.commit(), "refs/heads/main"))
                            .send(work.pack())
                            .answer())
                    .contains("ok refs/heads/main");
        }
    }

    @AfterAll
    static void end() {
        served.close();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private HttpResponse<String> ask(String service, byte[] body, boolean packed)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(served.repository("ada", "open") + "/" + service))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", login)
                .header("Content-Type", "application/x-" + service + "-request")
                .POST(BodyPublishers.ofByteArray(body));
        if (packed) {
            request.header("Content-Encoding", "gzip");
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Of so many commits, none of which is there. */
    private static byte[] question(int commits) {
        StringBuilder question = new StringBuilder(50 * commits);
        for (int i = 1; i <= commits; i++) {
            question.append("0032want %040x\n".formatted(i));
        }
        return ascii(question.toString());
    }

    private static byte[] packed(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write(plain);
        }
        return packed.toByteArray();
    }

    /** Followed by as many members of no content, one after the other. */
    private static byte[] packedInParts(byte[] plain, int empty) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(packed(plain));
        byte[] nothing = packed(new byte[0]);
        for (int i = 0; i < empty; i++) {
            all.write(nothing);
        }
        all.write(packed(plain));
        return all.toByteArray();
    }

    /** That others are served as ever. */
    @AfterEach
    void isAlive() throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(
                                URI.create(served.repository("ada", "open") + "/info/refs?service=git-upload-pack"))
                        .header("Authorization", login)
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("refs/heads/main");
    }

    @Test
    void a_question_that_is_too_long() throws IOException, InterruptedException {
        assertThat(ask("git-upload-pack", question(12_000), false).body())
                .contains("What was asked is longer than 512 KiB, the limit.");
    }

    @Test
    void a_question_that_is_packed_to_almost_nothing() throws IOException, InterruptedException {
        byte[] packed = packed(question(200_000));
        assertThat(packed.length).isLessThan(1 << 20);
        assertThat(ask("git-upload-pack", packed, true).body())
                .contains("What was asked is longer than 512 KiB, the limit.");
    }

    @Test
    void a_question_in_parts_without_number() throws IOException, InterruptedException {
        assertThat(ask("git-upload-pack", packedInParts(question(1), 40_000), true)
                        .statusCode())
                .isGreaterThanOrEqualTo(400);
    }

    @Test
    void a_push_in_parts_without_number() throws IOException, InterruptedException {
        byte[] command = RawPush.command("1".repeat(40), "2".repeat(40), "refs/heads/other");
        HttpResponse<String> answer = ask("git-receive-pack", packedInParts(command, 40_000), true);
        assertThat(answer.body()).doesNotContain("ok refs/heads/other");
    }

    @Test
    void a_question_without_end() throws IOException {
        URI address = URI.create(served.repository("ada", "open") + "/git-upload-pack");
        long sent = 0;
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(ascii("POST " + address.getPath() + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + login
                    + "\r\nContent-Type: application/x-git-upload-pack-request\r\nTransfer-Encoding: chunked\r\n\r\n"));
            byte[] some = question(1_000);
            byte[] chunk = ascii(
                    Integer.toHexString(some.length) + "\r\n" + new String(some, StandardCharsets.US_ASCII) + "\r\n");
            while (sent < 1L << 30) {
                out.write(chunk);
                sent += chunk.length;
            }
        } catch (IOException hungUp) {
            assertThat(sent).isLessThan(256L << 20);
            return;
        }
        fail("it is read for as long as it comes");
    }
}
