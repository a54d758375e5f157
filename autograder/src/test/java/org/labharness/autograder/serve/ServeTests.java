package org.labharness.autograder.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.docker.Eventually;

/** What the server answers beside Git. */
class ServeTests {
    @TempDir
    static Path folder;

    private static ServedClass served;
    private static HttpClient client;

    @BeforeAll
    static void serve() throws IOException {
        served = new ServedClass(folder.resolve("served")).start();
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void end() {
        client.close();
        served.close();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(served.address(path)).build(), BodyHandlers.ofString());
    }

    @Test
    void it_says_where_it_listens_and_for_whom() {
        assertThat(served.said())
                .containsExactly(
                        "Listening at " + served.address("/").toString().replaceAll("/$", "")
                                + " for mlops (early, late, once, open, slowly, team). Pushes: "
                                + served.address("/git/COURSE/ID/LAB.git") + ". Ctrl-C ends it.");
        assertThat(served.address("/").getHost()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({"/health, alive", "/ready, ready"})
    void it_is_alive_and_ready(String path, String word) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(word + "\n");
    }

    @Test
    void prometheus_gets_numbers_of_queue_and_process() throws Exception {
        assertThat(get("/metrics").body())
                .contains(
                        "# TYPE lab_gradings_waiting gauge",
                        "lab_gradings_waiting 0.0",
                        "lab_gradings_oldest_seconds 0.0",
                        "lab_gradings_stopped 0.0",
                        "lab_containers_alive 0.0",
                        "lab_environments_total{cache=\"hit\"} ",
                        "lab_environments_total{cache=\"miss\"} ",
                        "jvm_memory_used_bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing", "/reports/1-2-3", "/error", "/actuator", "/git", "/%2e%2e/x"})
    void errors_are_one_line_and_tell_nothing_of_the_program(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isBetween(400, 404);
        assertThat(answer.body()).doesNotContainIgnoringCase("tomcat", "spring", "exception", "java");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void what_tomcat_itself_refuses_tells_no_version() throws Exception {
        assertThat(raw("GET /\u0000 HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .doesNotContainIgnoringCase("tomcat")
                .doesNotContain("Exception");
    }

    @Test
    void browsers_are_told_to_run_nothing() throws Exception {
        HttpResponse<String> answer = get("/health");

        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none';")
                .contains("frame-ancestors 'none'");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void nobody_but_a_push_sends_much() throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(served.address("/health"))
                        .POST(BodyPublishers.ofByteArray(new byte[(1 << 20) + 1]))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    /** A filter that reads forms would take its body into memory, before anybody has asked who sends it. */
    @Test
    void what_calls_itself_a_form_is_not_read_as_one() throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(served.address("/dvc/mlops/s0/open/files/md5/5d/41402abc4b2a76b9719d911017c592"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        ("s0:" + served.token("s0")).getBytes(StandardCharsets.UTF_8)))
                        .PUT(BodyPublishers.ofString("hello"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/git/mlops/s0/open.git/info/refs?service=git-receive-pack",
                "/dvc/mlops/s0/open/files/md5/5d/41402abc4b2a76b9719d911017c592",
                "/staff"
            })
    void a_database_that_is_away_is_nobodys_fault(String path, @TempDir Path other) throws Exception {
        try (ServedClass broken = new ServedClass(other.resolve("broken")).start()) {
            String token = broken.token("s0");
            broken.database().close();

            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(broken.address(path))
                            .header(
                                    "Authorization",
                                    "Basic "
                                            + Base64.getEncoder()
                                                    .encodeToString(("s0:" + token).getBytes(StandardCharsets.UTF_8)))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body())
                    .startsWith("The system broke (")
                    .endsWith(" That is not your fault, and nothing was taken. Try again in some minutes.\n");
        }
    }

    @Test
    void headers_have_their_limit() throws Exception {
        assertThat(raw("GET /health HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("alive");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lab.push.pakc=1MiB      | There is no setting 'lab.push.pakc'. Did you mean 'lab.push.pack'?
            lab.push.pack=large     | The setting lab.push.pack is 'large'; expected an amount such as 200MiB.
            lab.push.per-hour=0     | The setting lab.push.per-hour is '0'; expected a number from 1.
            lab.push.answer=a while | The setting lab.push.answer is 'a while'; expected a time such as 45s.
            lab.url=lab.example.org | The setting lab.url is 'lab.example.org'; expected an address such as https://lab.example.org.
            """)
    void a_setting_that_cannot_be_stops_the_start(String line, String sentence, @TempDir Path other)
            throws IOException {
        try (ServedClass wrong = new ServedClass(other.resolve("wrong")).with(line)) {
            assertThatThrownBy(wrong::start).isInstanceOf(InvalidSettings.class).hasMessage(sentence);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            server.address=no-such-host.invalid     | this machine knows no such name
            server.servlet.session.timeout=long     | The setting server.servlet.session.timeout is 'long', which it cannot be.
            server.ssl.certificate=/nowhere.pem     | /nowhere.pem
            """)
    void a_setting_of_the_web_server_that_cannot_be_stops_the_start(String line, String part, @TempDir Path other)
            throws IOException {
        String all = line.contains("ssl") ? line + "\nserver.ssl.certificate-private-key=/nowhere.key" : line;
        try (ServedClass wrong = new ServedClass(other.resolve("wrong")).with(all)) {
            assertThatThrownBy(wrong::start)
                    .isInstanceOf(InvalidSettings.class)
                    .hasMessageContaining(part)
                    .hasMessageNotContaining("Exception");
        }
    }

    @Test
    void what_keeps_it_from_grading_is_said_at_the_start_and_asked_for_by_ready(@TempDir Path other) throws Exception {
        try (ServedClass without = new ServedClass(other.resolve("without"))
                .trouble(new SystemBroke(Breakdown.IMAGE_MISSING, "the image tracking is not here: run ./lab setup"))
                .start()) {
            Eventually.holds(() -> without.said()
                    .contains("note: nothing can be graded yet: the image tracking is not here:"
                            + " run ./lab setup. What is pushed is taken and waits."));
            HttpResponse<String> ready = client.send(
                    HttpRequest.newBuilder(without.address("/ready")).build(), BodyHandlers.ofString());
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).isEqualTo("not ready\nengine: image-missing\n");
        }
    }

    @Test
    void settings_that_are_no_yaml_are_named_with_their_line(@TempDir Path other) throws IOException {
        Path config = Files.writeString(other.resolve("serve.yaml"), "lab:\n  url: [1, 2\n");

        assertThatThrownBy(() -> StartProblems.requireReadable(config))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageStartingWith(config + " cannot be read as YAML: ")
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("\n");
    }

    @Test
    void a_port_that_is_taken_is_said(@TempDir Path other) throws IOException {
        int port = served.address("/").getPort();
        try (ServedClass second = new ServedClass(other.resolve("second"))) {
            assertThatThrownBy(() -> second.start(port))
                    .isInstanceOf(InvalidSettings.class)
                    .hasMessageContaining("port " + port)
                    .hasMessageContaining("Is another server running? Name another: --bind, --port.");
        }
    }

    @Test
    void people_are_told_the_address_that_the_settings_name(@TempDir Path other) throws IOException {
        try (ServedClass behind = new ServedClass(other.resolve("behind"))
                .with("lab.url=https://lab.example.org/")
                .start()) {
            assertThat(behind.said().getFirst())
                    .contains(", reached as https://lab.example.org for mlops")
                    .contains("Pushes: https://lab.example.org/git/COURSE/ID/LAB.git.");
        }
    }

    /** What is answered to something that no client would send. */
    private static String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), served.address("/").getPort())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            InputStream in = socket.getInputStream();
            byte[] answer = new byte[4_096];
            int count = in.read(answer);
            return new String(answer, 0, Math.max(0, count), StandardCharsets.ISO_8859_1);
        }
    }
}
