package org.labharness.autograder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.autograder.token.TokenText;

/** The exit codes of {@code ./lab submit --wait} for whatever a server may answer, by one that answers as it is told. */
@Timeout(60)
class SubmitExitCodeTests {
    private static final String TAKEN = """
            {"submission": 7, "grading": 9, "ref": "main", "commit": "c0ffee", "links": {"report": "http://127.0.0.1/reports/7"}}
            """;

    @TempDir
    Path folder;

    private HttpServer server;
    private int taken = 202;
    private String submission = TAKEN;
    private String end = "";
    private String verdict = "{}";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.endsWith("/events")) {
                answer(exchange, 200, "text/event-stream", "event: end\ndata: " + end + "\n\n");
            } else if (path.endsWith("/verdict")) {
                answer(exchange, 200, "application/json", verdict);
            } else {
                answer(exchange, taken, "application/json", submission);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Result submit(int port) {
        return new Cli(folder.resolve("client"))
                .with(Map.of("LAB_TOKEN", TokenText.random().reveal()))
                .run(
                        "submit",
                        "--server",
                        "http://127.0.0.1:" + port,
                        "--lab",
                        "tiny",
                        "--wait",
                        "--timeout",
                        "3s",
                        "--min-score",
                        "5");
    }

    private Result submit() {
        return submit(server.getAddress().getPort());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            graded  | 5   | 0 | 5 of 10 points
            graded  | 4.5 | 1 | 4.5 of 10 points
            refused | 0   | 3 | Refused (too-large): It is too large.
            broken  | 0   | 4 | The system broke (too-large): It is too large.
            """)
    void whatCameOfIt(String outcome, String points, int exit, String words) {
        end = "{\"id\": 9, \"state\": \"done\", \"over\": true, \"message\": \"over\"}";
        verdict = """
                {"schema": "labharness/verdict/1", "outcome": "%s", "points": "%s", "of": "10", "checks": [],
                 "reason": {"code": "too-large", "message": "It is too large."}}""".formatted(outcome, points);

        Result result = submit();

        assertThat(result.exit()).as(result.words()).isEqualTo(exit);
        assertThat(result.out()).contains(words);
    }

    @ParameterizedTest
    @CsvSource({"superseded, Newer work took its place.", "cancelled, Cancelled by ada."})
    void whatWasTakenOutOfTheQueueIsNotGraded(String state, String words) {
        end = "{\"id\": 9, \"state\": \"" + state + "\", \"over\": true, \"message\": \"" + words + "\"}";

        Result result = submit();

        assertThat(result.exit()).as(result.words()).isEqualTo(3);
        assertThat(result.err()).contains(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | no-token         | 2
            403 | not-allowed      | 2
            404 | not-found        | 2
            400 | invalid-request  | 2
            409 | closed           | 3
            422 | ref-not-found    | 3
            422 | key-reused       | 2
            409 | key-in-progress  | 4
            500 | mistake          | 4
            503 | system-broke     | 4
            429 | too-many-requests | 4
            """)
    void whatIsNotTaken(int status, String code, int exit) {
        taken = status;
        submission = "{\"status\": %d, \"code\": \"%s\", \"detail\": \"Why.\", \"remedy\": \"Do this.\"}"
                .formatted(status, code);

        Result result = submit();

        assertThat(result.exit()).as(result.words()).isEqualTo(exit);
        String remedy = status == 401 ? "Put one that is good into LAB_TOKEN; staff give out another." : "Do this.";
        assertThat(result.err()).contains("(" + code + "): Why. " + remedy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                    | answers with what is no submission
            <html>Welcome</html>  | answers with what is no JSON
            """)
    void whatIsNoServerOfTheHarnessIsSaidToBeNone(String body, String words) {
        submission = body;

        Result result = submit();

        assertThat(result.exit()).as(result.words()).isEqualTo(4);
        assertThat(result.err()).contains(words, "Is it a server of the harness (--server)?");
    }

    @Test
    void aServerThatIsAwayIsTriedForAsLongAsWasSaidAndNoLonger() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        Result result = submit(port);

        assertThat(result.exit()).as(result.words()).isEqualTo(4);
        assertThat(result.err()).contains("does not answer (ConnectException)");
    }

    @Test
    void aServerThatTakesAndNeverAnswersIsTriedNoLongerEither() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Result result = submit(silent.getLocalPort());

            assertThat(result.exit()).as(result.words()).isEqualTo(4);
            assertThat(result.err()).contains("does not answer (HttpTimeoutException)");
        }
    }
}
