package org.labharness.autograder.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.autograder.grading.Facts;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.autograder.score.Scorecard;
import org.labharness.autograder.serve.ServedClass;
import org.labharness.autograder.store.GradingStore;
import org.labharness.autograder.store.QueueStore;
import org.labharness.autograder.store.ReleaseStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.RunStore;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.autograder.store.VerdictStore;
import org.labharness.autograder.token.Scope;
import org.labharness.lab.Lab;
import org.labharness.lab.Points;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.sandbox.docker.Eventually;

/** Programs that ask a server on loopback; what runs is scripted. */
@Timeout(120)
class ApiTests {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private ServedClass served;
    private HttpClient client;
    private RepositoryBuilder work;
    private String commit;

    @BeforeEach
    void serve() throws IOException {
        served = new ServedClass(folder.resolve("class"));
        work = RepositoryBuilder.create(folder.resolve("work"));
        commit = work.write("train.py", "print(1)\n").commit("one", Instant.parse("2026-03-02T10:00:00Z"));
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        client.close();
        served.close();
        work.close();
    }

    private void start() {
        served.start();
        worksAt("ada", "alpha");
        worksAt("cy", null);
    }

    private void worksAt(String id, @Nullable String team) {
        RosterStore store = new RosterStore(served.database());
        Roster before = store.read(served.course().id());
        Student student = new Student(
                StudentId.parse(id),
                id,
                null,
                team == null ? null : TeamId.parse(team),
                null,
                folder.resolve("work").toString(),
                Map.of(),
                Map.of(),
                Set.of(),
                false);
        store.apply(
                served.course().id(),
                RosterChange.between(before, before.with(student)),
                "test",
                "staff",
                Instant.now());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            return answer.uri().getPath().startsWith("/api/") ? DescribedAnswers.requireDescribed(answer) : answer;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpRequest.Builder at(String path, String token) {
        return HttpRequest.newBuilder(served.address(path)).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> get(String path, String token) {
        return send(at(path, token));
    }

    private HttpResponse<String> submit(String token, String body, String... headers) {
        HttpRequest.Builder request = at("/api/v1/submissions", token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(answer).get("code").asText()).isEqualTo(code);
        assertThat(json(answer).get("type").asText()).isEqualTo("urn:labharness:problem:" + code);
        assertThat(OpenApiTests.complaints("Problem", answer.body())).isEmpty();
    }

    private void over(String token, long grading) {
        Eventually.holds(
                ServedClass.patience(),
                "that it is over",
                () -> json(get("/api/v1/gradings/" + grading, token))
                        .get("over")
                        .asBoolean());
    }

    @Test
    void whatIsHandedInIsGradedAndItsVerdictIsTheDocumentThatGradeWrites() throws IOException {
        start();
        String token = served.token("ada");

        HttpResponse<String> taken = submit(token, "{\"lab\": \"open\", \"commit\": \"" + commit + "\"}");

        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        assertThat(OpenApiTests.complaints("Submission", taken.body())).isEmpty();
        long grading = json(taken).get("grading").asLong();
        assertThat(taken.headers().firstValue("Location"))
                .hasValue(served.address("/api/v1/gradings/" + grading).toString());
        assertThat(json(taken).get("commit").asText()).isEqualTo(commit);
        over(token, grading);
        HttpResponse<String> state = get("/api/v1/gradings/" + grading, token);
        assertThat(OpenApiTests.complaints("Grading", state.body())).isEmpty();
        assertThat(json(state).get("state").asText()).isEqualTo("done");
        HttpResponse<String> verdict = get("/api/v1/gradings/" + grading + "/verdict", token);
        assertThat(verdict.statusCode()).as(verdict.body()).isEqualTo(200);
        assertThat(OpenApiTests.complaints("Verdict", verdict.body())).isEmpty();
        assertThat(json(verdict).get("schema").asText()).isEqualTo("labharness/verdict/1");
        assertThat(json(verdict).get("outcome").asText()).isEqualTo("graded");
        assertThat(send(at("/api/v1/gradings/" + grading + "/verdict", token).header("Accept", "application/xml"))
                        .body())
                .contains("<testsuite");
        assertThat(send(at("/api/v1/gradings/" + grading + "/verdict", token).header("Accept", "text/markdown"))
                        .body())
                .contains("| Check | Points |");
        HttpResponse<String> all = get("/api/v1/gradings?lab=open", token);
        assertThat(OpenApiTests.complaints("Gradings", all.body())).isEmpty();
        assertThat(json(all).get("gradings")).hasSize(1);
    }

    @Test
    void aGradingIsFollowedToItsEnd() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        served.grading((request, progress) -> {
            await(go);
            return served.graded(request, progress);
        });
        start();
        String token = served.token("ada");
        long grading = json(submit(token, "{\"lab\": \"open\"}")).get("grading").asLong();
        String path = "/api/v1/gradings/" + grading;
        Eventually.holds(
                ServedClass.patience(),
                "that it runs",
                () -> json(get(path, token)).get("state").asText().equals("running"));

        assertProblem(get(path + "/verdict", token), 409, "not-over");
        assertProblem(send(at(path, token).DELETE()), 409, "not-waiting");
        List<String> lines = new ArrayList<>();
        client.send(at(path + "/events", token).build(), BodyHandlers.ofLines())
                .body()
                .forEach(line -> {
                    lines.add(line);
                    if (line.startsWith("event: state")) {
                        go.countDown();
                    }
                });

        assertThat(lines).contains("event: state", "event: progress", "event: end");
        assertThat(lines).anyMatch(line -> line.startsWith("data: {\"line\":\"stage train"));
        String last = lines.stream()
                .filter(line -> line.startsWith("data: "))
                .reduce("", (before, line) -> line.substring(6));
        assertThat(OpenApiTests.complaints("Grading", last)).isEmpty();
        assertThat(JSON.readTree(last).get("state").asText()).isEqualTo("done");
    }

    @Test
    void soManyFollowAtOnceAndNoMoreAndTheirPlacesComeBack() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        served.with("lab.api.listeners-of-token=1\n").grading((request, progress) -> {
            await(go);
            return served.graded(request, progress);
        });
        start();
        String token = served.token("ada");
        String path = "/api/v1/gradings/"
                + json(submit(token, "{\"lab\": \"open\"}")).get("grading").asLong() + "/events";
        try (InputStream first = client.send(at(path, token).build(), BodyHandlers.ofInputStream())
                .body()) {
            assertThat(first.read()).isEqualTo(':');

            assertProblem(get(path, token), 503, "busy");

            go.countDown();
            first.readAllBytes();
        }
        Eventually.holds(
                ServedClass.patience(),
                "that the place is free",
                () -> get(path, token).body().contains("event: end"));
    }

    @Test
    void theSameRequestThatComesManyTimesAtOnceCountsOnce() {
        start();
        String token = served.token("cy");

        List<Integer> statuses = IntStream.range(0, 6)
                .mapToObj(i -> client.sendAsync(
                        at("/api/v1/submissions", token)
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", "same")
                                .POST(BodyPublishers.ofString("{\"lab\": \"open\"}"))
                                .build(),
                        BodyHandlers.ofString()))
                .toList()
                .stream()
                .map(answer -> answer.join().statusCode())
                .toList();

        assertThat(statuses).contains(202).allMatch(status -> status == 202 || status == 409);
        assertThat(served.attempts("cy")).hasSize(1);
        assertThat(json(get("/api/v1/gradings", token)).get("gradings")).hasSize(1);
    }

    @Test
    void theSameRequestWithTheSameKeyCountsOnce() throws IOException {
        start();
        String token = served.token("cy");

        HttpResponse<String> first = submit(token, "{\"lab\": \"once\"}", "Idempotency-Key", "run-1");
        HttpResponse<String> again = submit(token, "{\"lab\":\"once\"}", "Idempotency-Key", "run-1");

        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
        assertThat(json(again).get("grading")).isEqualTo(json(first).get("grading"));
        assertThat(served.attempts("cy")).hasSize(1);
        assertProblem(submit(token, "{\"lab\": \"open\"}", "Idempotency-Key", "run-1"), 422, "key-reused");
        over(token, json(first).get("grading").asLong());
        assertProblem(submit(token, "{\"lab\": \"once\"}", "Idempotency-Key", "run-2"), 409, "attempts-used-up");
        assertProblem(submit(token, "{\"lab\": \"open\"}", "Idempotency-Key", "two words"), 400, "invalid-request");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"lab": "early"}                          | 409 | not-open
            {"lab": "late"}                           | 409 | closed
            {"lab": "nothing"}                        | 404 | not-found
            {"lab": "open", "course": "other"}        | 404 | not-found
            {"lab": "open", "student": "cy"}          | 404 | not-found
            {"lab": "team", "team": "beta"}           | 404 | not-found
            {"lab": "open", "repository": "https://example.org/a.git"} | 403 | not-allowed
            {"lab": "open", "ref": "no-such-branch"}  | 422 | ref-not-found
            {"lab": "open", "commit": "abc"}          | 400 | invalid-request
            {"lab": "open", "ref": "-x"}              | 400 | invalid-request
            {"lab": "open", "points": 100}            | 400 | invalid-request
            {"lab": 5}                                | 400 | invalid-request
            {}                                        | 400 | invalid-request
            {"lab": "open", "lab": "open"}            | 400 | invalid-request
            {"lab": [[[[[[[[[[["open"]]]]]]]]]]]}     | 400 | invalid-request
            {"lab": "open"} {}                        | 400 | invalid-request
            null                                      | 400 | not-json
            lab=open                                  | 400 | not-json
            """)
    void whatIsNotTakenSaysWhy(String body, int status, String code) throws IOException {
        start();

        HttpResponse<String> answer = submit(served.token("ada"), body);

        if (status == 400) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(json(answer).get("code").asText()).isIn("invalid-request", "not-json");
            assertThat(answer.body()).doesNotContain("jackson", "Exception");
        } else {
            assertProblem(answer, status, code);
        }
        assertThat(served.attempts()).isEmpty();
    }

    @Test
    void nobodyIsLetInWithoutAGoodToken() throws IOException {
        start();
        String revoked = served.token("ada");
        served.revoke(revoked);

        HttpResponse<String> none = send(HttpRequest.newBuilder(served.address("/api/v1/gradings/1")));
        assertProblem(none, 401, "no-token");
        assertThat(none.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"lab\"");
        assertProblem(get("/api/v1/gradings/1", revoked), 401, "no-token");
        assertProblem(get("/api/v1/gradings/1", "lab_nonsense"), 401, "no-token");
        assertThat(send(HttpRequest.newBuilder(served.address("/api/v1/openapi.json")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsOthersIsNotThereAndTeamsShare() throws IOException {
        start();
        long cys = json(submit(served.token("cy"), "{\"lab\": \"open\"}"))
                .get("grading")
                .asLong();
        long teams = json(submit(served.token("ada"), "{\"lab\": \"team\"}"))
                .get("grading")
                .asLong();

        assertProblem(get("/api/v1/gradings/" + cys, served.token("ada")), 404, "not-found");
        assertProblem(get("/api/v1/gradings/" + cys + "/events", served.token("ada")), 404, "not-found");
        assertProblem(get("/api/v1/gradings/" + cys + "/verdict", served.token("ada")), 404, "not-found");
        assertProblem(send(at("/api/v1/gradings/" + cys, served.token("ada")).DELETE()), 404, "not-found");
        assertProblem(get("/api/v1/gradings/99999", served.token("ada")), 404, "not-found");
        assertProblem(get("/api/v1/gradings/x%0Ay", served.token("ada")), 404, "not-found");
        assertThat(get("/api/v1/gradings/" + teams, served.token("bo")).statusCode())
                .isEqualTo(200);
        assertThat(get("/api/v1/gradings/" + cys, served.token((StudentId) null, Scope.STAFF))
                        .statusCode())
                .isEqualTo(200);
        assertThat(json(get("/api/v1/gradings", served.token("ada"))).get("gradings"))
                .hasSize(1);
    }

    @Test
    void aPipelineHandsInForWhomItSaysAndSeesWhatItHandedIn() throws IOException {
        start();
        String pipeline = served.token((StudentId) null, Scope.CI);
        String other = served.token((StudentId) null, Scope.CI);
        String bound = served.token(StudentId.parse("ada"), Scope.CI);

        assertProblem(submit(pipeline, "{\"lab\": \"open\"}"), 400, "invalid-request");
        HttpResponse<String> taken = submit(pipeline, "{\"lab\": \"open\", \"student\": \"ada\"}");

        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        String path = "/api/v1/gradings/" + json(taken).get("grading").asLong();
        assertThat(get(path, pipeline).statusCode()).isEqualTo(200);
        assertThat(get(path, bound).statusCode()).isEqualTo(200);
        assertProblem(get(path, other), 404, "not-found");
        assertProblem(submit(bound, "{\"lab\": \"open\", \"student\": \"cy\"}"), 404, "not-found");
    }

    @Test
    void whatIsTooLargeOrOfAnotherTypeIsNotRead() throws IOException {
        start();
        String token = served.token("ada");

        assertProblem(submit(token, "{\"lab\": \"" + "x".repeat(70_000) + "\"}"), 413, "body-too-large");
        HttpResponse<String> huge = submit(token, " ".repeat(2 << 20));
        assertThat(huge.statusCode()).isEqualTo(413);
        assertThat(huge.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertProblem(
                send(at("/api/v1/submissions", token)
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{}"))),
                415,
                "no-json-type");
        assertProblem(get("/api/v1/nothing", token), 404, "not-found");
    }

    @Test
    void whoAsksTooOftenIsToldHowLongToWait() throws IOException {
        served.with("lab.api.per-minute=5\n");
        start();
        String token = served.token("ada");

        List<HttpResponse<String>> answers = IntStream.range(0, 8)
                .mapToObj(i -> get("/api/v1/courses/mlops/labs", token))
                .toList();

        assertThat(answers.getFirst().statusCode()).isEqualTo(200);
        assertThat(answers.getFirst().headers().firstValue("RateLimit")).isPresent();
        assertProblem(answers.getLast(), 429, "too-many-requests");
        assertThat(answers.getLast().headers().firstValueAsLong("Retry-After").orElse(0))
                .isPositive();
        assertThat(get("/api/v1/courses/mlops/labs", served.token("cy")).statusCode())
                .as("others are not kept waiting")
                .isEqualTo(200);
    }

    @Test
    void labsSayWhetherTheyAreOpen() throws IOException {
        start();

        HttpResponse<String> labs = get("/api/v1/courses/mlops/labs", served.token("ada"));

        assertThat(OpenApiTests.complaints("Labs", labs.body())).isEmpty();
        assertThat(json(labs).get("labs").findValuesAsText("state"))
                .containsExactly("open", "open", "open", "not-open", "closed", "open");
        assertProblem(get("/api/v1/courses/other/labs", served.token("ada")), 404, "not-found");
    }

    @Test
    void whatWaitsIsTakenBack() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        served.grading((request, progress) -> {
            await(end);
            return served.graded(request, progress);
        });
        start();
        String staff = served.token((StudentId) null, Scope.STAFF);
        IntStream.range(0, 6).forEach(i -> worksAt("s" + i, null));
        List<Long> gradings = IntStream.range(0, 6)
                .mapToObj(i -> submit(staff, "{\"lab\": \"open\", \"student\": \"s" + i + "\"}"))
                .map(answer -> json(answer).get("grading").asLong())
                .toList();
        String last = "/api/v1/gradings/" + gradings.getLast();

        HttpResponse<String> cancelled = send(at(last, staff).DELETE());

        end.countDown();
        assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(200);
        assertThat(json(cancelled).get("state").asText()).isEqualTo("cancelled");
        assertProblem(get(last + "/verdict", staff), 409, "no-verdict");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /api/v1/submissions | POST
            PUT    | /api/v1/submissions | POST
            POST   | /api/v1/gradings/1  | DELETE, GET
            PATCH  | /api/v1/gradings    | GET
            """)
    void whatIsAskedForByAnotherMethodSaysByWhich(String method, String path, String allowed) throws IOException {
        start();

        HttpResponse<String> answer = send(at(path, served.token("ada")).method(method, BodyPublishers.noBody()));

        assertProblem(answer, 405, "method-not-allowed");
        assertThat(answer.headers().firstValue("Allow")).hasValue(allowed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/v1/gradings?lab=%zz     | 400
            /api/v1/gradings/1%2F..      | 400
            /api/v1/gradings/%00         | 400
            /api/v1/gradings?lab=%ff     | 400
            /api                         | 404
            /api/v1                      | 404
            /api/v1/gradings/            | 404
            """)
    void whatNoProgramWouldAskForIsAProblemTooAlsoWhereTheServerItselfRefusesIt(String path, int status)
            throws IOException {
        start();

        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + served.token("ada")
                + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status).containsIgnoringCase("application/problem+json");
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(OpenApiTests.complaints("Problem", body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1)))
                .isEmpty();
    }

    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), served.address("/").getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text/markdown, */*;q=0.1             | text/markdown
            application/xml, application/json;q=0 | application/xml
            text/*                               | text/markdown
            application/json;q=0.2, text/markdown;q=0.9 | text/markdown
            */*                                  | application/json
            application/*                        | application/json
            text/html, */*;q=0                   |
            text/html                            |
            nonsense                             |
            """)
    void aVerdictIsWrittenAsWhoAsksLikesItBest(String accept, @Nullable String type) throws IOException {
        start();
        String token = served.token("ada");
        long grading = json(submit(token, "{\"lab\": \"open\"}")).get("grading").asLong();
        over(token, grading);

        HttpResponse<String> answer =
                send(at("/api/v1/gradings/" + grading + "/verdict", token).header("Accept", accept));

        if (type == null) {
            assertProblem(answer, 406, "not-accepted");
        } else {
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc", "/srv/pushed/other/bo/open.git", "/tmp/x@y", "C:\\\\work@home"})
    void notEvenStaffHaveFoldersOfTheServerRead(String folder) throws IOException {
        start();

        HttpResponse<String> answer = submit(
                served.token((StudentId) null, Scope.STAFF),
                "{\"lab\": \"open\", \"student\": \"ada\", \"repository\": \"" + folder + "\"}");

        assertProblem(answer, 400, "invalid-request");
    }

    @Test
    void aBodyThatIsEmptyOrOfNoTypeIsToldSo() throws IOException {
        start();
        String token = served.token("ada");

        assertThat(json(submit(token, "")).get("detail").asText()).isEqualTo("The body is empty; expected an object.");
        assertThat(json(send(at("/api/v1/submissions", token).POST(BodyPublishers.ofString("{}"))))
                        .get("detail")
                        .asText())
                .isEqualTo("The request does not say of which type its body is; expected application/json.");
    }

    @Test
    void whatIsHandedInTakesThePlaceOfWhatWaitsAndWhatStaffHandInDoesNot() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        served.grading((request, progress) -> {
            await(end);
            return served.graded(request, progress);
        });
        start();
        String staff = served.token((StudentId) null, Scope.STAFF);
        IntStream.range(0, 4).forEach(i -> {
            worksAt("s" + i, null);
            submit(staff, "{\"lab\": \"open\", \"student\": \"s" + i + "\"}");
        });
        Eventually.holds(
                ServedClass.patience(),
                "that nobody is free",
                () -> new QueueStore(served.database()).load().running() == 4);
        String token = served.token("ada");
        long first = json(submit(token, "{\"lab\": \"open\"}")).get("grading").asLong();
        long elsewhere =
                json(submit(token, "{\"lab\": \"once\"}")).get("grading").asLong();
        work.write("two", "2\n").commit("two", Instant.parse("2026-03-03T10:00:00Z"));
        long second = json(submit(token, "{\"lab\": \"open\"}")).get("grading").asLong();
        long ofStaff = json(submit(staff, "{\"lab\": \"open\", \"student\": \"ada\", \"commit\": \"" + commit + "\"}"))
                .get("grading")
                .asLong();

        JsonNode superseded = json(get("/api/v1/gradings/" + first, token));
        assertThat(superseded.get("state").asText()).isEqualTo("superseded");
        assertThat(superseded.get("message").asText())
                .isEqualTo("Newer work that was pushed or handed in took its place.");
        for (long waiting : new long[] {elsewhere, second, ofStaff}) {
            assertThat(json(get("/api/v1/gradings/" + waiting, token))
                            .get("state")
                            .asText())
                    .isEqualTo("waiting");
        }
        end.countDown();
        over(token, second);
    }

    @Test
    void anotherVerdictOfStaffIsShownWhenGradesAreReleased() throws IOException {
        start();
        String token = served.token("cy");
        String staff = served.token((StudentId) null, Scope.STAFF);
        JsonNode taken = json(submit(token, "{\"lab\": \"open\"}"));
        long grading = taken.get("grading").asLong();
        long submission = taken.get("submission").asLong();
        over(token, grading);
        String earned = points(grading, token);
        String report = taken.get("links").get("report").asText();
        String page = send(HttpRequest.newBuilder(URI.create(report))).body();

        judgedAnew(grading, submission);

        assertThat(points(grading, staff)).as("staff").isEqualTo("0");
        assertThat(points(grading, token)).as("the student").isEqualTo(earned).isNotEqualTo("0");
        assertThat(send(HttpRequest.newBuilder(URI.create(report))).body()).isEqualTo(page);
        new ReleaseStore(served.database()).release(served.course().id(), "open", "staff", "", Instant.now(), Map.of());
        assertThat(points(grading, token)).as("the student").isEqualTo("0");
        assertThat(send(HttpRequest.newBuilder(URI.create(report))).body()).isNotEqualTo(page);
    }

    private String points(long grading, String token) {
        return json(get("/api/v1/gradings/" + grading + "/verdict", token))
                .get("points")
                .asText();
    }

    /** As a regrade does: no check gives points any more. */
    private void judgedAnew(long grading, long submission) {
        Lab lab = served.lab("open");
        List<Verdict> none = new VerdictStore(served.database())
                .current(submission).orElseThrow().verdicts().stream()
                        .map(one -> new Verdict(
                                one.id(),
                                one.title(),
                                Points.ZERO,
                                one.of(),
                                one.support(),
                                one.untestable(),
                                one.message(),
                                one.hint(),
                                one.where(),
                                one.bonus()))
                        .toList();
        SubmissionStore store = new SubmissionStore(served.database());
        long run =
                new RunStore(served.database()).ofGrading(grading).orElseThrow().id();
        Instant now = Instant.now();
        store.stands(
                submission,
                store.evaluation(run, Facts.evaluation(Scorecard.of(lab, none), lab, "another", now)),
                "staff",
                "another rubric",
                now);
    }

    @Test
    void whatWasGradedWithItsClassIsNoStudentsToSee() {
        start();
        String token = served.token("cy");
        String pipeline = served.token((StudentId) null, Scope.CI);
        JsonNode taken = json(submit(pipeline, "{\"lab\": \"open\", \"student\": \"cy\"}"));
        long submission = taken.get("submission").asLong();
        over(token, taken.get("grading").asLong());
        long batch = new GradingStore(served.database())
                .ask(submission, Way.BATCH, "staff", "", false, 0, Instant.now())
                .grading();

        assertThat(get("/api/v1/gradings/" + batch, token).statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/gradings/" + batch, pipeline).statusCode()).isEqualTo(404);
        for (String one : List.of(token, pipeline)) {
            assertThat(json(get("/api/v1/gradings?submission=" + submission, one))
                            .at("/gradings/0/id")
                            .asLong())
                    .as("the newest that they may see")
                    .isEqualTo(taken.get("grading").asLong());
        }
    }

    @Test
    void withoutARepositoryItSaysWhereToPush() throws IOException {
        start();

        HttpResponse<String> answer = submit(served.token("bo"), "{\"lab\": \"open\"}");

        assertProblem(answer, 422, "no-repository");
        assertThat(json(answer).get("detail").asText()).contains("/git/mlops/bo/open.git");
    }

    @Test
    void whatWasRefusedIsJudgedAnewWhenTheSameRequestComesAgain() throws IOException {
        start();
        String token = served.token("cy");
        String body = "{\"lab\": \"open\", \"ref\": \"v1\"}";
        assertProblem(submit(token, body, "Idempotency-Key", "run-1"), 422, "ref-not-found");

        work.tag("v1");

        HttpResponse<String> taken = submit(token, body, "Idempotency-Key", "run-1");
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        assertThat(json(submit(token, body, "Idempotency-Key", "run-1")).get("grading"))
                .isEqualTo(json(taken).get("grading"));
    }

    @Test
    void ofSeveralRepositoriesOfATeamNoneIsChosen() throws IOException {
        start();
        RosterStore store = new RosterStore(served.database());
        Roster before = store.read(served.course().id());
        Student bo = new Student(
                StudentId.parse("bo"),
                "bo",
                null,
                TeamId.parse("alpha"),
                null,
                "https://git.example.org/mlops/bo.git",
                Map.of(),
                Map.of(),
                Set.of(),
                false);
        store.apply(
                served.course().id(), RosterChange.between(before, before.with(bo)), "test", "staff", Instant.now());

        HttpResponse<String> answer = submit(served.token("ada"), "{\"lab\": \"team\"}");

        assertProblem(answer, 422, "no-repository");
        assertThat(json(answer).get("detail").asText())
                .startsWith("alpha: Its members have different repositories in the roster: ")
                .endsWith(". Give all of them the one that counts.");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
