package org.labharness.autograder.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.Daemon;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.dvcremote.DvcFolders;
import org.labharness.autograder.forge.ForgeStandIn;
import org.labharness.autograder.forge.ForgeStandIn.Asked;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.store.ForgeReportStore;
import org.labharness.autograder.store.ForgeReportStore.Outgoing;
import org.labharness.autograder.store.ForgeReportStore.Progress;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.WebhookStore;
import org.labharness.autograder.store.WebhookStore.Receipt;
import org.labharness.autograder.webhook.AnnouncedBody;
import org.labharness.lab.LabId;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.sandbox.docker.Eventually;

/** The whole server: what a forge tells of is graded and told to it, and data lies where students put it. */
@Timeout(120)
class ForgesAndDataTests {
    private static final String SECRET = "a-secret-of-the-course-2026";
    private static final String ONE = "f97c5d29941bfb1b2fdab0874906ab82";

    @TempDir
    Path folder;

    /** What the repository's address leads to. */
    private volatile Path work;

    private ServedClass served;
    private ForgeStandIn forge;
    private Daemon git;
    private HttpClient client;

    @BeforeEach
    void serve() throws IOException {
        forge = new ForgeStandIn();
        work = folder.resolve("ada");
        try (RepositoryBuilder builder = RepositoryBuilder.create(folder.resolve("ada"))) {
            builder.write("train.py", "print(1)\n").commit("one", Instant.parse("2026-03-02T10:00:00Z"));
        }
        git = new Daemon(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        git.getService("git-upload-pack").setEnabled(true);
        git.setRepositoryResolver((who, name) -> {
            try {
                return repository();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        git.start();
        served = new ServedClass(folder.resolve("class"))
                .variables(Map.of(
                        "LAB_WEBHOOK_GITHUB",
                        SECRET,
                        "LAB_FORGES",
                        "http://" + forge.host() + "=github",
                        "LAB_STATUS_TOKEN_127_0_0_1",
                        "token"))
                .start();
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        client.close();
        served.close();
        git.stop();
        forge.close();
    }

    private Repository repository() throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(work.resolve(".git").toFile())
                .build();
    }

    private String address() {
        return "git://127.0.0.1:" + git.getAddress().getPort() + "/course/ada.git";
    }

    private void adaWorksAt(String address) {
        RosterStore store = new RosterStore(served.database());
        Roster before = store.read(served.course().id());
        Student ada = new Student(
                StudentId.parse("ada"),
                "ada",
                null,
                null,
                null,
                null,
                Map.of(LabId.parse("open"), address),
                Map.of(),
                Set.of(),
                false);
        store.apply(
                served.course().id(), RosterChange.between(before, before.with(ada)), "test", "staff", Instant.now());
    }

    private HttpResponse<String> deliver(String body) throws Exception {
        return deliver("push", "application/json", body);
    }

    private HttpResponse<String> deliver(String event, String type, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(served.address("/hooks/github"))
                        .header("Content-Type", type)
                        .header("X-GitHub-Event", event)
                        .header("X-GitHub-Delivery", "one")
                        .header("X-Hub-Signature-256", "sha256=" + hmac(body))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String hmac(String body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
    }

    private List<Receipt> receipts() {
        return new WebhookStore(served.database()).newest(served.course().id(), 9);
    }

    @Test
    void a_push_that_a_forge_tells_of_is_frozen_graded_and_told_to_the_forge() throws Exception {
        forge.then(201, "{}").then(201, "{}");
        adaWorksAt(address());
        String commit;
        try (Repository ada = repository()) {
            commit = Objects.requireNonNull(ada.resolve("HEAD")).name();
        }

        HttpResponse<String> answer = deliver("""
                {"ref": "refs/heads/main", "before": "%s", "after": "%s", "deleted": false,
                 "repository": {"git_url": "%s", "default_branch": "main"}}""".formatted("0".repeat(40), commit, address()));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        Eventually.holds(
                () -> served.attempts().stream().anyMatch(attempt -> attempt.state() instanceof Attempt.Judged));
        assertThat(served.attempts().getFirst().received())
                .isEqualTo(receipts().getFirst().received());
        Eventually.holds(
                () -> forge.asked().stream().anyMatch(asked -> asked.body().contains("\"state\":\"success\"")));
        assertThat(forge.asked()).extracting(Asked::path).containsOnly("/api/v3/repos/course/ada/statuses/" + commit);
        assertThat(forge.asked().getLast().body())
                .contains("\"context\":\"labharness/mlops/open\",\"description\":\"Graded.\",\"target_url\":\""
                        + served.address("/reports/"));
    }

    @Test
    void a_push_that_comes_to_nothing_is_told_to_the_forge_once_though_the_server_begins_anew_meanwhile()
            throws Exception {
        String commit = "6113728f27ae82c7b1a177c8d03f9e96e0adf246";
        FileRepositoryBuilder.create(folder.resolve("empty/.git").toFile()).create();
        work = folder.resolve("empty");
        adaWorksAt(address());
        forge.then(201, "hang-up"); // so that nobody knows whether it was told

        HttpResponse<String> answer = deliver("""
                {"ref": "refs/heads/main", "before": "%s", "after": "%s", "deleted": false,
                 "repository": {"git_url": "%s", "default_branch": "main"}}""".formatted("0".repeat(40), commit, address()));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        Eventually.holds(() -> forge.asked().size() == 1);
        served.stop();
        Asked told = forge.asked().getFirst();
        JsonNode body = new ObjectMapper().readTree(told.body());
        assertThat(told.path()).isEqualTo("/api/v3/repos/course/ada/statuses/" + commit);
        assertThat(body.get("state").asText()).isEqualTo("failure");
        assertThat(body.get("description").asText())
                .isEqualTo("Not graded: The repository '" + address()
                        + "' holds no commit yet. Commit and push the work, then try again.");
        assertThat(body.has("target_url")).isFalse();
        forge.then(200, "[" + told.body() + "]");

        served.start();

        Eventually.holds(() -> reports().getFirst().progress() == Progress.TOLD);
        assertThat(reports()).hasSize(1);
        assertThat(receipts().getFirst().status()).isEqualTo(WebhookStore.Status.REFUSED);
        assertThat(forge.asked()).extracting(Asked::method).containsExactly("POST", "GET");
    }

    private List<Outgoing> reports() {
        return new ForgeReportStore(served.database()).newest(served.course().id(), 9);
    }

    @Test
    void a_form_and_a_long_delivery_come_through_and_one_that_is_too_long_is_told_so() throws Exception {
        String form = "payload=" + URLEncoder.encode("{\"zen\": \"Keep it logically awesome.\"}", UTF_8);
        assertThat(deliver("ping", "application/x-www-form-urlencoded", form).body())
                .contains("The webhook works");
        String padding = "\"" + "y".repeat(900_000) + "\"";
        String long3 = "{\"x\": [" + String.join(", ", padding, padding, padding)
                + "], \"ref\": \"refs/heads/main\", \"after\": \"" + "a".repeat(40) + "\"}";
        assertThat(deliver(long3).body()).contains("The roster names no such repository");
        assertThat(AnnouncedBody.status(served.address("/hooks/github"), (25 << 20) + 1))
                .isEqualTo(413);
    }

    @Test
    void data_that_is_larger_than_any_other_request_comes_through() throws Exception {
        byte[] large = new byte[5_000_000];
        String sum = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(large));
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(served.address(
                                "/dvc/mlops/ada/open/files/md5/" + sum.substring(0, 2) + "/" + sum.substring(2)))
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(("ada:" + served.token("ada")).getBytes(UTF_8)))
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(201);
    }

    private HttpResponse<String> data(String method, String who, String token, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(served.address("/dvc/mlops/" + who + "/open/files/md5/f9/" + ONE.substring(2)))
                        .header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString((who + ":" + token).getBytes(UTF_8)))
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void students_keep_data_under_their_token_and_the_grader_knows_where() throws Exception {
        String token = served.token("ada");

        assertThat(data("POST", "ada", token, "one").statusCode()).isEqualTo(201);
        assertThat(data("GET", "ada", token, "").body()).isEqualTo("one");
        assertThat(data("POST", "cy", token, "one").statusCode()).isEqualTo(403);
        assertThat(data("GET", "ada", "lab_x", "").statusCode()).isEqualTo(401);
        served.revoke(token);
        assertThat(data("GET", "ada", token, "").statusCode()).isEqualTo(401);

        assertThat(new DvcFolders(served.home(), "")
                        .remote(served.course().id(), Owner.parse("student:ada"), LabId.parse("open")))
                .hasValueSatisfying(remote -> {
                    assertThat(remote.holds(ONE, false)).isTrue();
                    assertThat(remote.address())
                            .isEqualTo(served.address("/dvc/mlops/ada/open").toString());
                });
    }
}
