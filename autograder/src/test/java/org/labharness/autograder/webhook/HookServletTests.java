package org.labharness.autograder.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.labharness.autograder.webhook.HookCourse.DVC;
import static org.labharness.autograder.webhook.HookCourse.NOON;
import static org.labharness.autograder.webhook.HookCourse.TEAM;
import static org.labharness.autograder.webhook.Payloads.COMMIT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.sample.LoopbackTomcat;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.PersonStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.WebhookStore;
import org.labharness.autograder.store.WebhookStore.Receipt;
import org.labharness.lab.course.Course;
import org.labharness.pipeline.sandbox.docker.Eventually;

class HookServletTests {
    private static final String SECRET = "a secret of the course 2026".replace(' ', '-');
    private static final byte[] SIGNING_KEY = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
    private static final String SIGNING = "whsec_" + Base64.getEncoder().encodeToString(SIGNING_KEY);

    @TempDir
    Path folder;

    private final Course course = HookCourse.named("mlops");
    private volatile Instant now = NOON.minusSeconds(60);
    private final AtomicInteger noted = new AtomicInteger();
    private Database database;
    private LoopbackTomcat tomcat;
    private HttpClient client;

    @BeforeEach
    void serve() throws LifecycleException {
        database = Database.open(DatabaseAddress.file(folder.resolve("database")));
        HookCourse.enrol(database, course);
        HookSecrets secrets = HookSecrets.from(
                Map.of(
                        "LAB_WEBHOOK_GITHUB", SECRET,
                        "LAB_WEBHOOK_MLOPS_GITLAB", SECRET + " " + SIGNING,
                        "LAB_WEBHOOK_MLOPS_GITEA", "another-secret-of-the-course " + SECRET),
                List.of(course.id()));
        Hooks hooks = new Hooks(
                () -> List.of(course), secrets, database, folder.resolve("hooks"), noted::incrementAndGet, () -> now);
        tomcat = LoopbackTomcat.serving(folder, "/hooks/*", new HookServlet(hooks));
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() throws LifecycleException {
        client.close();
        tomcat.close();
        database.close();
    }

    private record Answer(int status, JsonNode body, HttpResponse<String> response) {
        String detail() {
            return body.path("detail").asText();
        }
    }

    private Answer post(String path, String type, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(tomcat.url() + path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), new ObjectMapper().readTree(response.body()), response);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(hmac(SECRET.getBytes(UTF_8), text));
    }

    private Answer github(String event, String delivery, String body) throws IOException, InterruptedException {
        return post(
                "/hooks/github",
                "application/json",
                body.getBytes(UTF_8),
                "X-GitHub-Event",
                event,
                "X-GitHub-Delivery",
                delivery,
                "X-Hub-Signature-256",
                "sha256=" + hex(body));
    }

    private Answer gitlab(String event, String delivery, String body) throws IOException, InterruptedException {
        return post(
                "/hooks/gitlab",
                "application/json",
                body.getBytes(UTF_8),
                "X-Gitlab-Event",
                event,
                "Idempotency-Key",
                delivery,
                "X-Gitlab-Token",
                SECRET);
    }

    private List<Receipt> receipts() {
        return new WebhookStore(database).newest(course.id(), 100);
    }

    @Nested
    class Pushes {
        @Test
        void gitHubsIsNotedForEveryOpenLabOfTheRepository() throws Exception {
            Answer answer =
                    github("push", "72d3162e-cc78-11e3-81ab-4c9367dc0958", Payloads.github("refs/heads/main", COMMIT));

            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.response().headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(answer.body().toString())
                    .isEqualTo("{\"status\":\"accepted\",\"received\":\"2026-09-10T11:59:00Z\",\"commit\":\"" + COMMIT
                            + "\",\"labs\":[{\"course\":\"mlops\",\"lab\":\"dvc-pipeline\"},"
                            + "{\"course\":\"mlops\",\"lab\":\"teamwork\"}]}");
            assertThat(receipts())
                    .extracting(
                            one -> one.pushed().lab(),
                            one -> one.pushed().owner().toString(),
                            one -> one.pushed().repository(),
                            one -> one.pushed().commit(),
                            one -> one.pushed().head(),
                            Receipt::received)
                    .containsExactlyInAnyOrder(
                            tuple(DVC, "student:s01", "https://github.com/course-2026/Ada-Labs", COMMIT, true, now),
                            tuple(TEAM, "student:s01", "https://github.com/course-2026/Ada-Labs", COMMIT, true, now));
            assertThat(noted).hasValue(1);
        }

        @Test
        void gitHubsAsAFormWhichIsWhatItProposes() throws Exception {
            String body = "payload=" + URLEncoder.encode(Payloads.github("refs/heads/main", COMMIT), UTF_8);

            Answer answer = post(
                    "/hooks/github",
                    "application/x-www-form-urlencoded",
                    body.getBytes(UTF_8),
                    "X-GitHub-Event",
                    "push",
                    "X-GitHub-Delivery",
                    "one",
                    "X-Hub-Signature-256",
                    "sha256=" + hex(body));

            assertThat(answer.status()).isEqualTo(202);
        }

        @Test
        void gitLabsForATeamNotesTheTeamOnce() throws Exception {
            assertThat(gitlab("Push Hook", "one", Payloads.GITLAB_PUSH).status())
                    .isEqualTo(202);

            assertThat(receipts())
                    .extracting(
                            one -> one.pushed().lab(),
                            one -> one.pushed().owner().toString())
                    .containsExactlyInAnyOrder(tuple(DVC, "student:s02"), tuple(DVC, "student:s03"));

            assertThat(gitlab("Tag Push Hook", "two", Payloads.GITLAB_TAG).status())
                    .isEqualTo(202);
            assertThat(receipts().getFirst().pushed())
                    .extracting(one -> one.owner().toString(), one -> one.ref(), one -> one.commit(), one -> one.head())
                    .containsExactly("team:alpha", "refs/tags/v1.0.0", COMMIT, false);
            assertThat(receipts()).hasSize(3);
        }

        @Test
        void gitLabsSystemHookTellsOfPushesAndOfOtherThings() throws Exception {
            assertThat(gitlab("System Hook", "one", Payloads.GITLAB_PUSH).status())
                    .isEqualTo(202);
            assertThat(gitlab("System Hook", "two", "{\"event_name\": \"project_create\"}")
                            .detail())
                    .startsWith("Only pushes of branches and tags are graded");
        }

        @Test
        void giteasByTheAddressForSshAndNotByTheWebSiteThatAStudentNames() throws Exception {
            Answer answer = post(
                    "/hooks/gitea",
                    "application/json",
                    Payloads.GITEA_PUSH.getBytes(UTF_8),
                    "X-Gitea-Event",
                    "push",
                    "X-Gitea-Delivery",
                    "f6266f16-1bf3-46a5-9ea4-602e06ead473",
                    "X-Gitea-Signature",
                    hex(Payloads.GITEA_PUSH));

            assertThat(answer.status()).isEqualTo(202);
            assertThat(receipts())
                    .extracting(one -> one.pushed().owner().toString())
                    .containsOnly("student:s04");
        }

        @Test
        void ofADeletedBranchOrAnotherRepositoryOrAClosedLabAreInOrderAndNotNoted() throws Exception {
            assertThat(github("push", "1", Payloads.github("refs/heads/old", Payloads.NONE))
                            .detail())
                    .isEqualTo("A branch or tag was deleted; nothing was handed in.");
            assertThat(github(
                                    "push",
                                    "2",
                                    Payloads.github("refs/heads/main", COMMIT).replace("ada-labs", "eve-labs"))
                            .detail())
                    .startsWith("The roster names no such repository.");
            now = NOON.plus(Duration.ofHours(2));
            assertThat(gitlab("Push Hook", "3", Payloads.GITLAB_PUSH).status()).isEqualTo(202);
            assertThat(receipts())
                    .as("only who has more time")
                    .extracting(one -> one.pushed().owner().toString())
                    .containsExactly("student:s02");
            now = NOON.plus(Duration.ofDays(4));
            Answer closed = gitlab("Push Hook", "4", Payloads.GITLAB_PUSH);
            assertThat(closed.status()).isEqualTo(200);
            assertThat(closed.detail()).isEqualTo("No lab of this repository is open now.");
            assertThat(receipts()).hasSize(1);
        }

        @Test
        void aPingSaysThatItWorks() throws Exception {
            Answer answer = github("ping", "one", Payloads.GITHUB_PING);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.detail())
                    .isEqualTo("The webhook works: the secret is right. Pushes are graded from now on.");
        }
    }

    @Nested
    class Proofs {
        @ParameterizedTest
        @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                -                                                                       | the header X-Hub-Signature-256 is missing. Set a secret for the webhook
                sha256=00                                                               | the signature is no HMAC-SHA256: expected 64 hexadecimal digits
                sha256=ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff | it was made with none of the secrets that the harness knows
                """)
        void withoutARightSignatureNothingIsRead(String signature, String why) throws Exception {
            String body = Payloads.github("refs/heads/main", COMMIT);
            List<String> headers = new ArrayList<>(List.of("X-GitHub-Event", "push", "X-GitHub-Delivery", "one"));
            if (signature != null) {
                Collections.addAll(headers, "X-Hub-Signature-256", signature);
            }

            Answer answer =
                    post("/hooks/github", "application/json", body.getBytes(UTF_8), headers.toArray(String[]::new));

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.response().headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.detail()).isEqualTo("It is not believed: " + why + ".");
            assertThat(receipts()).isEmpty();
        }

        @Test
        void oneByteMoreIsAnotherBody() throws Exception {
            String body = Payloads.github("refs/heads/main", COMMIT);

            assertThat(post(
                                    "/hooks/github",
                                    "application/json",
                                    (body + " ").getBytes(UTF_8),
                                    "X-GitHub-Event",
                                    "push",
                                    "X-Hub-Signature-256",
                                    "sha256=" + hex(body))
                            .status())
                    .isEqualTo(401);
        }

        @Test
        void gitLabsWrongTokenIsNone() throws Exception {
            assertThat(post(
                                    "/hooks/gitlab",
                                    "application/json",
                                    Payloads.GITLAB_PUSH.getBytes(UTF_8),
                                    "X-Gitlab-Event",
                                    "Push Hook",
                                    "X-Gitlab-Token",
                                    SIGNING)
                            .status())
                    .as("a key for signing is no token")
                    .isEqualTo(401);
        }

        @Test
        void gitLabsSignatureCoversIdAndTime() throws Exception {
            String time = Long.toString(now.getEpochSecond());
            String signature = "v1,"
                    + Base64.getEncoder()
                            .encodeToString(hmac(SIGNING_KEY, "msg-1." + time + "." + Payloads.GITLAB_PUSH));

            assertThat(signed("msg-1", time, "v1,AAAA " + signature).status()).isEqualTo(202);
            assertThat(signed("msg-2", time, signature).status()).isEqualTo(401);
            assertThat(signed("msg-1", "1", signature).detail()).contains("webhook-timestamp");
            assertThat(signed("msg-1", time, signature).status()).isEqualTo(409);
        }

        private Answer signed(String id, String time, String signature) throws IOException, InterruptedException {
            return post(
                    "/hooks/gitlab",
                    "application/json",
                    Payloads.GITLAB_PUSH.getBytes(UTF_8),
                    "X-Gitlab-Event",
                    "Push Hook",
                    "webhook-id",
                    id,
                    "webhook-timestamp",
                    time,
                    "webhook-signature",
                    signature);
        }
    }

    @Nested
    class Replays {
        @Test
        void aDeliveryIsRefusedTheSecondTimeAlsoUnderAnotherId() throws Exception {
            String body = Payloads.github("refs/heads/main", COMMIT);
            github("push", "one", body);

            Answer again = github("push", "one", body);
            assertThat(again.status()).isEqualTo(409);
            assertThat(again.detail()).isEqualTo("It was accepted already (one) and is not graded a second time.");
            assertThat(github("push", "two", body).status())
                    .as("the signature does not cover the id")
                    .isEqualTo(409);
            assertThat(receipts()).hasSize(2);
        }

        @Test
        void gitLabMayPushTheSameTwiceAndSendsNoIdInOldVersions() throws Exception {
            assertThat(gitlab("Push Hook", "one", Payloads.GITLAB_PUSH).status())
                    .isEqualTo(202);
            assertThat(gitlab("Push Hook", "two", Payloads.GITLAB_PUSH).status())
                    .isEqualTo(202);
            assertThat(gitlab("Push Hook", " ", Payloads.GITLAB_PUSH).status()).isEqualTo(202);
            assertThat(gitlab("Push Hook", " ", Payloads.GITLAB_PUSH).status()).isEqualTo(409);
        }
    }

    @Test
    void whatTheRosterSaysCountsFromTheNextDeliveryOn() throws Exception {
        String moved = Payloads.github("refs/heads/main", COMMIT).replace("ada-labs", "ada-moved");
        assertThat(github("push", "one", moved).detail()).startsWith("The roster names no such repository.");

        RosterStore rosters = new RosterStore(database);
        Roster before = rosters.read(course.id());
        Student ada = before.student(StudentId.parse("s01")).orElseThrow();
        rosters.apply(
                course.id(),
                RosterChange.between(
                        before,
                        before.with(new Student(
                                ada.id(),
                                ada.name(),
                                null,
                                null,
                                null,
                                "https://github.com/course-2026/ada-moved",
                                Map.of(),
                                Map.of(),
                                Set.of(),
                                false))),
                "roster.csv",
                "staff",
                now);

        assertThat(github("push", "two", moved).status()).isEqualTo(202);
        assertThat(github("push", "three", Payloads.github("refs/heads/main", COMMIT))
                        .detail())
                .startsWith("The roster names no such repository.");
    }

    @Test
    void whoWasForgottenIsNotNotedAgain() throws Exception {
        assertThat(github("push", "one", Payloads.github("refs/heads/main", COMMIT))
                        .status())
                .isEqualTo(202);
        PersonStore people = new PersonStore(database);
        people.forget(people.find(course.id(), StudentId.parse("s01")).orElseThrow(), StudentId.parse("forgotten-1"));

        assertThat(github("push", "two", Payloads.github("refs/heads/dev", COMMIT))
                        .detail())
                .startsWith("The roster names no such repository.");
    }

    @Test
    void aCommitWithMegabytesOfWordsIsAPushLikeAnyOther() throws Exception {
        String wordy = Payloads.github("refs/heads/main", COMMIT).replace("Train \\\"all", "t".repeat(3_000_000));

        assertThat(github("push", "one", wordy).status()).isEqualTo(202);
    }

    @Nested
    class Hostile {
        @Test
        void whatAKillLeftIsRemovedAtTheNextStartAndWhatIsBeingReadIsNot() throws Exception {
            Path hooks = Files.createDirectories(folder.resolve("hooks"));
            Path left = Files.writeString(hooks.resolve("delivery-1.json"), "{");
            Files.setLastModifiedTime(left, FileTime.from(now.minus(Duration.ofHours(2))));
            Path read = Files.writeString(hooks.resolve("delivery-2.json"), "{");
            Files.setLastModifiedTime(read, FileTime.from(now));

            HookBody.sweep(hooks, now);
            HookBody.sweep(folder.resolve("nothing"), now);

            assertThat(left).doesNotExist();
            assertThat(read).exists();
        }

        @Test
        void manySlowLargeDeliveriesThatProveNothingDoNotKeepOthersOut() throws Exception {
            List<Socket> slow = new ArrayList<>();
            try {
                // One that is asked for before all slow ones are in may have taken the place of one of them: one more
                // comes each time.
                Eventually.holds(Duration.ofSeconds(20), "that no place for large ones is left", () -> {
                    do {
                        slow.add(slowDelivery());
                    } while (slow.size() < 32);
                    return large().status() == 503;
                });

                assertThat(github("push", "x", Payloads.github("refs/heads/main", COMMIT))
                                .status())
                        .isEqualTo(202);
            } finally {
                for (Socket socket : slow) {
                    socket.close();
                }
            }
        }

        private Socket slowDelivery() {
            try {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(),
                        URI.create(tomcat.url()).getPort());
                socket.getOutputStream()
                        .write(("POST /hooks/github HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                        + "X-Hub-Signature-256: sha256=" + "0".repeat(64)
                                        + "\r\nContent-Length: 20000000\r\n\r\n{")
                                .getBytes(UTF_8));
                return socket;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private Answer large() {
            try {
                return github("push", "y", " ".repeat(200_000) + Payloads.github("refs/heads/other", COMMIT));
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void aDeepOrBrokenOrStrangeBodyIsRefusedInASentence() throws Exception {
            for (String body : List.of(
                    "{\"repository\": " + "[".repeat(100_000),
                    "{\"ref\": ",
                    Payloads.github("refs/heads/main", COMMIT)
                            .replace("\"created\":", "\"repository\": {}, \"created\":"),
                    Payloads.github("refs/heads/main", COMMIT)
                            .replace("\"clone_url\":", "\"ssh_url\": \"a\", \"clone_url\":"),
                    "[1]",
                    "",
                    "{\"ref\": \"refs/heads/main\", \"after\": {\"a\": 1}}",
                    "{\"ref\": \"refs/heads/a b\", \"after\": \"" + COMMIT + "\"}",
                    "{\"ref\": \"main\", \"after\": \"../../etc\"}")) {
                Answer answer = github("push", "x", body);
                assertThat(answer.status()).as(body).isEqualTo(400);
                assertThat(answer.detail()).startsWith("Expected ");
            }
            assertThat(receipts()).isEmpty();
        }

        @Test
        void twentyMegabytesAreReadInLittleMemoryAndLeaveNoFile() throws Exception {
            String many = "\"" + "x".repeat(100) + "\",";
            String body = Payloads.github("refs/heads/main", COMMIT)
                    .replace("\"added\": [", "\"added\": [" + many.repeat(210_000));
            assertThat(body.length()).isGreaterThan(20 << 20);

            assertThat(github("push", "one", body).status()).isEqualTo(202);
            URI place = URI.create(tomcat.url() + "/hooks/github");
            assertThat(AnnouncedBody.status(place, (25 << 20) + 1)).isEqualTo(413);
            assertThat(folder.resolve("hooks")).isEmptyDirectory();
        }

        @Test
        void methodsPathsAndTypesThatAreNoneOfAWebhook() throws Exception {
            assertThat(post("/hooks/bitbucket", "application/json", new byte[0]).status())
                    .isEqualTo(404);
            assertThat(post("/hooks/github", "text/plain", new byte[0]).status())
                    .isEqualTo(415);
            HttpResponse<String> read = client.send(
                    HttpRequest.newBuilder(URI.create(tomcat.url() + "/hooks/github"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(read.statusCode()).isEqualTo(405);
            assertThat(read.headers().firstValue("Allow")).hasValue("POST");
        }
    }

    @Test
    void anAnswerTakesLessThanFiftyMillisecondsInALargeCourse() throws Exception {
        HookCourse.enrolMany(database, course, 2_000);
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String body = Payloads.github("refs/heads/b" + i, COMMIT);
            long start = System.nanoTime();
            assertThat(github("push", "id-" + i, body).status()).isEqualTo(202);
            times.add(Duration.ofNanos(System.nanoTime() - start));
        }
        Collections.sort(times);

        assertThat(times.get(5)).as("a tenth, beside other tests").isLessThan(Duration.ofMillis(50));
    }
}
