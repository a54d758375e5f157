package org.labharness.autograder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.Daemon;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.autograder.store.WebhookStore;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.sandbox.docker.Eventually;

/** A server in a process of its own that is killed as soon as a forge has its answer. */
class WebhookIT {
    private static final Duration LONGEST = Duration.ofMinutes(4);

    private static final CourseId COURSE = CourseId.parse("mlops");
    private static final String SECRET = "a-secret-of-the-course-2026";
    private static final List<String> STUDENTS = List.of("s01", "s02", "s03");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path home;
    private Daemon git;
    private String staff;
    /** Closed, repositories are opened by nobody: whoever works on a receipt is at it until it is killed. */
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private final AtomicInteger atTheGate = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Instant> received = new HashMap<>();

    @BeforeEach
    void aClassOnAForge() throws IOException {
        git = new Daemon(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        git.getService("git-upload-pack").setEnabled(true);
        git.setRepositoryResolver((who, name) -> {
            atTheGate.incrementAndGet();
            pass(gate);
            return repository(name.replaceFirst("^course/", ""));
        });
        git.start();
        home = RealHome.warm(folder.resolve("home"));
        Tiny.lab(folder.resolve("tiny"), "90s");
        Tiny.course(folder);
        StringBuilder table = new StringBuilder("id,name,repository\n");
        for (String student : STUDENTS) {
            Tiny.good(folder.resolve(student));
            table.append(student + "," + student + "," + address(student) + "\n");
        }
        Files.writeString(folder.resolve("students.csv"), table);
        done("roster", folder.resolve("students.csv").toString(), "--apply");
        staff = done("token", "issue", "--scope", "staff").out().strip();
    }

    @AfterEach
    void stop() {
        client.close();
        git.stop();
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Repository repository(String name) {
        try {
            return new FileRepositoryBuilder()
                    .setGitDir(folder.resolve(name).resolve(".git").toFile())
                    .build();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String address(String student) {
        return "git://127.0.0.1:" + git.getAddress().getPort() + "/course/" + student;
    }

    private Result done(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--course", folder.resolve("course.yaml").toString()));
        Result result = new Cli(home).with(System.getenv()).run(all.toArray(String[]::new));
        assertThat(result.exit()).as(result.words()).isZero();
        return result;
    }

    private Program serve() throws IOException {
        Program server = Program.start(
                folder,
                Map.of("LAB_HOME", home.toString(), "LAB_WEBHOOK_GITHUB", SECRET),
                "serve",
                "--course",
                folder.resolve("course.yaml").toString(),
                "--port",
                "0");
        Eventually.holds(
                LONGEST, "that the server listens", () -> server.err().contains("Listening at ") || !server.alive());
        return server;
    }

    private static String base(Program server) {
        Matcher address =
                Pattern.compile("Listening at (http://127\\.0\\.0\\.1:[0-9]+) ").matcher(server.err());
        assertThat(address.find()).as(server.err()).isTrue();
        return address.group(1);
    }

    /** A commit that the forge tells of; when it counts as received is kept. */
    private void push(Program server, String student) throws IOException, InterruptedException, GitAPIException {
        String commit;
        try (Git repository = Git.open(folder.resolve(student).toFile())) {
            commit = repository
                    .commit()
                    .setAllowEmpty(true)
                    .setSign(false)
                    .setAuthor(student, student + "@example.org")
                    .setMessage("push " + received.size())
                    .call()
                    .name();
        }
        String body = """
                {"ref": "refs/heads/main", "before": "%s", "after": "%s", "deleted": false,
                 "repository": {"git_url": "%s", "default_branch": "main"}}""".formatted("0".repeat(40), commit, address(student));
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(java.net.URI.create(base(server) + "/hooks/github"))
                        .header("Content-Type", "application/json")
                        .header("X-GitHub-Event", "push")
                        .header("X-GitHub-Delivery", commit)
                        .header("X-Hub-Signature-256", "sha256=" + hmac(body))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        received.put(
                commit,
                Instant.parse(JSON.readTree(answer.body()).get("received").asText())
                        .truncatedTo(ChronoUnit.MICROS));
    }

    private static String hmac(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private List<JsonNode> gradings(Program server) {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(java.net.URI.create(base(server) + "/api/v1/gradings"))
                            .header("Authorization", "Bearer " + staff)
                            .build(),
                    BodyHandlers.ofString());
            return StreamSupport.stream(
                            JSON.readTree(answer.body()).path("gradings").spliterator(), false)
                    .toList();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Until when whoever works on a receipt has it. */
    private List<Instant> leases() {
        try (Database database = Database.open(DatabaseAddress.file(home))) {
            return new WebhookStore(database)
                    .newest(COURSE, 100).stream()
                            .filter(one -> one.status() == WebhookStore.Status.WAITING && one.tries() == 0)
                            .map(WebhookStore.Receipt::due)
                            .filter(due -> due.isAfter(Instant.now()))
                            .toList();
        }
    }

    @Test
    void whatAForgeWasAnsweredIsGradedOnceThoughTheServerIsKilledAtOnce() throws Exception {
        for (int round = 1; round < STUDENTS.size(); round++) {
            try (Program server = serve()) {
                for (String student : STUDENTS.subList(0, round)) {
                    push(server, student);
                }
                server.kill();
            }
        }
        gate = new CountDownLatch(1);
        atTheGate.set(0);
        try (Program server = serve()) {
            for (String student : STUDENTS) {
                push(server, student);
            }
            Eventually.holds(LONGEST, "that a receipt is being worked off", () -> atTheGate.get() > 0);
            server.kill();
        }
        Instant lease = leases().stream().min(Instant::compareTo).orElseThrow(() -> new AssertionError("it had none"));
        gate.countDown();

        List<JsonNode> all = new ArrayList<>();
        try (Program server = serve()) {
            Eventually.holds(
                    Duration.between(Instant.now(), lease),
                    "that nobody waits for the leases of the dead",
                    () -> gradings(server).size() >= received.size());
            Eventually.holds(LONGEST, "that all that was told is over", () -> {
                List<JsonNode> now = gradings(server);
                all.clear();
                all.addAll(now);
                return now.size() >= received.size()
                        && now.stream().allMatch(one -> one.get("over").asBoolean());
            });
            server.kill();
        }

        assertThat(all).hasSize(received.size());
        try (Database database = Database.open(DatabaseAddress.file(home))) {
            List<SubmissionFact> submissions = all.stream()
                    .map(one -> new SubmissionStore(database)
                            .fact(COURSE, one.get("submission").asLong())
                            .orElseThrow())
                    .toList();
            assertThat(submissions).extracting(SubmissionFact::commit).doesNotHaveDuplicates();
            assertThat(submissions).allSatisfy(one -> assertThat(one.received()).isEqualTo(received.get(one.commit())));
            List<Attempt> attempts = new LedgerStore(database).read(COURSE).attempts();
            assertThat(attempts).allSatisfy(one -> {
                assertThat(one.state()).isInstanceOf(Attempt.Judged.class);
                assertThat(one.history()).hasSize(1);
            });
            assertThat(attempts).extracting(one -> one.owner().id()).containsAll(STUDENTS);
        }
    }
}
