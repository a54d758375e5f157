package org.labharness.autograder.gitserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.PushCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.PushFact;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.serve.ServedClass;
import org.labharness.autograder.store.PushStore;
import org.labharness.autograder.token.Scope;
import org.labharness.lab.LabId;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.checkout.HostilePack;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.sandbox.docker.Eventually;

/** Pushes by JGit's own client to a server on loopback; what runs is scripted. */
class GitServerTests {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant COMMITTED = Instant.parse("2026-09-10T12:00:00Z");

    @TempDir
    Path folder;

    @TempDir
    static Path place;

    private static ServedClass usual;
    private static final AtomicInteger STUDENTS = new AtomicInteger();

    /** The usual one for all tests, or one of the test's own. */
    private ServedClass served;

    /** Whoever has not pushed yet. */
    private final String who = "s" + STUDENTS.getAndIncrement();

    @BeforeAll
    static void serveAll() throws IOException {
        usual = new ServedClass(place.resolve("served")).start();
    }

    @AfterAll
    static void endAll() {
        usual.close();
    }

    @BeforeEach
    void serve() {
        served = usual;
    }

    @AfterEach
    void end() {
        if (served != usual) {
            served.close();
        }
    }

    /** A server with settings of its own. */
    private ServedClass own(String settings) {
        try {
            served = new ServedClass(folder.resolve("served")).with(settings);
            return served;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Git shows of a push. */
    private record Shown(String text, List<RemoteRefUpdate> updates) {
        Shown refused(String code) {
            assertThat(text).contains("Refused (" + code + "): ").contains("What to do: ");
            assertThat(updates).allMatch(one -> one.getStatus() != Status.OK);
            return this;
        }

        Shown taken() {
            assertThat(updates).as(text).allMatch(one -> one.getStatus() == Status.OK);
            return this;
        }
    }

    private Path work(String name) {
        Path repository = folder.resolve(name);
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            builder.write("dvc.yaml", "stages:\n  train:\n    cmd: python train.py\n    outs: [model.pkl]\n");
            builder.write("train.py", "print('" + name + "')\n");
            builder.commit("work", COMMITTED);
        }
        return repository;
    }

    private static void commitMore(Path repository, String path, byte[] content) throws Exception {
        try (Git git = Git.open(repository.toFile())) {
            Files.write(repository.resolve(path), content);
            git.add().addFilepattern(".").call();
            git.commit()
                    .setMessage("more")
                    .setAuthor("s", "s@x")
                    .setCommitter("s", "s@x")
                    .setSign(false)
                    .call();
        }
    }

    private Shown push(Path repository, String who, String lab, String token, String... refs) {
        return push(repository, who, lab, token, false, refs);
    }

    private Shown push(Path repository, String who, String lab, String token, boolean force, String... refs) {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try (Git git = Git.open(repository.toFile())) {
            PushCommand command = git.push()
                    .setRemote(served.repository(who, lab))
                    .setForce(force)
                    .setCredentialsProvider(new UsernamePasswordCredentialsProvider("anybody", token))
                    .setRefSpecs(Arrays.stream(refs).map(RefSpec::new).toList());
            command.setOutputStream(heard);
            List<RemoteRefUpdate> updates = new ArrayList<>();
            for (PushResult result : command.call()) {
                updates.addAll(result.getRemoteUpdates());
            }
            return new Shown(heard.toString(StandardCharsets.UTF_8), updates);
        } catch (IOException | GitAPIException problem) {
            String messages = Stream.iterate((Throwable) problem, one -> one != null, Throwable::getCause)
                    .map(Throwable::getMessage)
                    .collect(Collectors.joining(" / "));
            return new Shown(heard.toString(StandardCharsets.UTF_8) + messages, List.of());
        }
    }

    private Shown push(Path repository, String lab) {
        return push(repository, who, lab, served.token(who), "HEAD:refs/heads/main");
    }

    private static String plain(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @Nested
    class A_push {
        @Test
        void is_kept_noted_graded_and_told() {
            Shown shown = push(work("ada"), "open").taken();

            assertThat(plain(shown.text()))
                    .contains("received 1 ref for mlops/" + who + "/open at ")
                    .containsPattern("submission [0-9]+: main at ")
                    .contains("There is no dvc.lock in Git")
                    .contains("stage train ...")
                    .containsPattern("[0-9.]+ of 10 points")
                    .contains("report: " + served.address("/reports/"));
            Attempt attempt = served.attempts(who).getFirst();
            assertThat(attempt.owner()).isEqualTo(new Owner.OfStudent(StudentId.parse(who)));
            assertThat(attempt.state()).isInstanceOf(Attempt.Judged.class);
            assertThat(attempt.received()).isNotNull();
        }

        @Test
        void of_refs_alone_is_another_submission() throws Exception {
            Path repository = work("ada");
            String token = served.token(who);
            push(repository, who, "open", token, "HEAD:refs/heads/main").taken();
            try (Git git = Git.open(repository.toFile())) {
                git.tag().setName("v1").setAnnotated(false).call();
            }

            push(repository, who, "open", token, "refs/tags/v1").taken();
            push(repository, who, "open", token, "HEAD:refs/exps/ab/cd/exp-1").taken();

            assertThat(served.attempts(who))
                    .hasSize(3)
                    .extracting(Attempt::commit)
                    .containsOnly(head(repository));
        }

        @Test
        void of_a_team_lands_in_the_teams_repository_by_either_name() throws Exception {
            Path repository = work("team");
            push(repository, "alpha", "team", served.token("ada"), "HEAD:refs/heads/main")
                    .taken();
            commitMore(repository, "more.txt", new byte[] {1});

            push(repository, "bo", "team", served.token("bo"), "HEAD:refs/heads/main")
                    .taken();

            assertThat(served.attempts())
                    .hasSize(2)
                    .allMatch(one -> one.owner().toString().equals("team:alpha"));
            assertThat(push(repository, "alpha", "team", served.token("cy"), "HEAD:refs/heads/x")
                            .text())
                    .contains("not found");
        }

        @Test
        void without_anything_to_grade_says_so_and_is_kept() {
            Path repository = work("ada");
            String token = served.token(who);

            Shown shown = push(repository, who, "open", token, "HEAD:refs/heads/one", "HEAD:refs/heads/two")
                    .taken();

            assertThat(plain(shown.text()))
                    .contains("Not graded (ref-not-found): The repository's HEAD names no branch that exists.")
                    .contains("What you pushed is kept; nothing was counted.");
            assertThat(served.attempts(who)).isEmpty();
            push(repository, who, "open", token, "HEAD:refs/heads/main").taken();
            assertThat(served.attempts(who)).hasSize(1);
        }

        @Test
        void that_takes_long_is_answered_with_where_to_look() {
            CountDownLatch end = new CountDownLatch(1);
            own("lab.push.answer=300ms")
                    .grading((request, progress) -> {
                        await(end);
                        return served.graded(request, progress);
                    })
                    .start();

            Shown shown = push(work("ada"), "open").taken();
            end.countDown();

            assertThat(plain(shown.text()))
                    .contains("It goes on without this answer; you may close the terminal.")
                    .contains("report: http://127.0.0.1:")
                    .containsPattern("or: ./lab status --server http://127.0.0.1:[0-9]+ [0-9]+");
            Eventually.holds(
                    ServedClass.patience(),
                    "the end of the grading",
                    () -> served.attempts(who).getFirst().state() instanceof Attempt.Judged);
        }

        @Test
        void is_counted_with_whether_its_environment_was_there() throws Exception {
            own("").grading((request, progress) -> {
                        progress.on(new Progress.Event.EnvironmentFound(false));
                        return served.graded(request, progress);
                    })
                    .start();

            push(work("ada"), "open").taken();

            try (HttpClient client = HttpClient.newHttpClient()) {
                assertThat(client.send(
                                        HttpRequest.newBuilder(served.address("/metrics"))
                                                .build(),
                                        HttpResponse.BodyHandlers.ofString())
                                .body())
                        .contains("lab_environments_total{cache=\"hit\"} 0.0")
                        .contains("lab_environments_total{cache=\"miss\"} 1.0");
            }
        }

        @Test
        void is_noted_with_who_pushed_and_how_it_went() {
            push(work("ada"), "open").taken();
            push(work("other"), who, "open", served.token(who), "HEAD:refs/notes/x")
                    .refused("other-ref");

            List<PushFact> pushes =
                    new PushStore(served.database(), served.course().id()).all(LabId.parse("open"));

            List<PushFact> hers =
                    pushes.stream().filter(one -> one.owner().id().equals(who)).toList();
            assertThat(hers).extracting(PushFact::code).containsExactly("accepted", "other-ref");
            assertThat(hers.getFirst().submission()).isNotNull();
            assertThat(hers.getLast().submission()).isNull();
            assertThat(hers).allMatch(one -> StudentId.parse(who).equals(one.by()));
        }
    }

    @Nested
    class A_restart {
        @Test
        void keeps_repositories_and_notes_what_had_come_but_was_not_noted() throws Exception {
            own("").start();
            Path repository = work("ada");
            push(repository, "open").taken();
            served.stop();
            // as a kill between taking a push and noting it leaves it: the branch moved, its arrival lies beside it
            commitMore(repository, "more.txt", new byte[] {1});
            Path bare = served.home().resolve("pushed/mlops/student-" + who + "/open.git");
            try (Git git = Git.open(repository.toFile())) {
                git.push()
                        .setRemote(bare.toUri().toString())
                        .setRefSpecs(new RefSpec("HEAD:refs/heads/main"))
                        .call();
            }
            Instant arrived = Instant.parse("2026-09-10T12:00:00Z");
            new Arrival(
                            served.course().id(),
                            LabId.parse("open"),
                            new Owner.OfStudent(StudentId.parse(who)),
                            StudentId.parse(who),
                            "k7f3m2qd",
                            arrived)
                    .write(bare);

            served.start();

            assertThat(served.attempts(who)).hasSize(2);
            assertThat(served.attempts(who).getLast().commit()).isEqualTo(head(repository));
            assertThat(served.attempts(who).getLast().received()).isEqualTo(arrived);
            Eventually.holds(
                    ServedClass.patience(),
                    "its grading",
                    () -> served.attempts(who).getLast().state() instanceof Attempt.Judged);
            assertThat(Arrival.read(bare)).isEmpty();
        }
    }

    @Nested
    class Nobody_gets_in {
        @Test
        void without_a_token_that_is_good() {
            Path repository = work("ada");
            String token = served.token(who);
            String revoked = served.token(who);
            served.revoke(revoked);

            assertThat(push(repository, who, "open", "nonsense", "HEAD:refs/heads/main")
                            .text())
                    .contains("not authorized");
            assertThat(push(repository, who, "open", revoked, "HEAD:refs/heads/main")
                            .text())
                    .contains("not authorized");
            served.leaves(who);
            assertThat(push(repository, who, "open", token, "HEAD:refs/heads/main")
                            .text())
                    .contains("not authorized");
            assertThat(served.home().resolve("pushed/mlops/student-" + who + "/open.git"))
                    .doesNotExist();
        }

        @ParameterizedTest
        @CsvSource({"NEIGHBOUR, open", "nobody, open", "alpha, open", "OWN, nothing", ".., open"})
        void to_what_is_not_theirs_whether_it_is_there_or_not(String whose, String lab) {
            String neighbour = "s" + STUDENTS.getAndIncrement();
            push(work("neighbour"), neighbour, "open", served.token(neighbour), "HEAD:refs/heads/main")
                    .taken();
            String path = whose.replace("NEIGHBOUR", neighbour).replace("OWN", who);

            Shown shown = push(work("ada"), path, lab, served.token(who), "HEAD:refs/heads/main");

            assertThat(shown.updates()).isEmpty();
            assertThat(shown.text()).containsAnyOf("not found", "400", "404");
            assertThat(served.attempts(who)).isEmpty();
            assertThat(served.attempts(neighbour)).hasSize(1);
        }

        @Test
        void to_read_the_work_of_others_but_staff() throws Exception {
            String bo = "s" + STUDENTS.getAndIncrement();
            push(work("bo"), bo, "open", served.token(bo), "HEAD:refs/heads/main")
                    .taken();

            assertThatThrownBy(() -> cloneOf(bo, served.token(who))).hasStackTraceContaining("not found");
            assertThatThrownBy(() -> cloneOf(bo, served.token(StudentId.parse(bo), Scope.CI)))
                    .hasStackTraceContaining("not found");
            assertThat(cloneOf(bo, served.token(null, Scope.STAFF)).resolve("train.py"))
                    .exists();
            assertThat(cloneOf(bo, served.token(bo)).resolve("train.py")).exists();
        }

        @Test
        void to_read_what_nobody_has_pushed_and_nothing_is_made_of_it() {
            assertThatThrownBy(() -> cloneOf(who, served.token(null, Scope.STAFF)))
                    .hasStackTraceContaining("not found");
            assertThat(served.home().resolve("pushed/mlops/student-" + who)).doesNotExist();
        }

        private Path cloneOf(String who, String token) throws Exception {
            Path copy = folder.resolve("clone-" + Long.toHexString(System.nanoTime()));
            Git.cloneRepository()
                    .setURI(served.repository(who, "open"))
                    .setDirectory(copy.toFile())
                    .setCredentialsProvider(new UsernamePasswordCredentialsProvider("x", token))
                    .call()
                    .close();
            return copy;
        }
    }

    @Nested
    class Refused {
        @Test
        void by_the_course_as_it_was_edited_while_the_server_runs() throws Exception {
            own("").start();
            String good = Files.readString(served.description());
            Path work = work("ada");
            assertThat(push(work, "late").text()).contains("refused (closed)");

            Files.writeString(served.description(), good.replace("due: 2020-01-01", "due: 2099-01-01"));
            Eventually.holds(
                    PATIENCE,
                    "that the server takes it up",
                    () -> served.said()
                            .contains("An edit of the course mlops counts from now on:\n  late: due the end of"
                                    + " 2099-01-01, was the end of 2020-01-01"));
            push(work, "late").taken();

            Files.writeString(served.description(), good.replace("labs/open", "labs/nowhere"));
            Eventually.holds(
                    PATIENCE,
                    "that it is refused",
                    () -> served.said().getLast().contains("goes on by what was read"));
            push(work, "open").taken();
        }

        @Test
        void before_it_opens_and_after_it_closed() {
            assertThat(push(work("ada"), "early").text())
                    .contains("refused (not-open): early opens 2099-01-01 00:00 Asia/Kolkata; it is ");
            assertThat(push(work("bo"), "late").text())
                    .contains(
                            "refused (closed): late is closed for " + who + " since the end of 2020-01-01; this came ")
                    .contains("Ask staff if you think that you have more time.");
            assertThat(served.attempts(who)).isEmpty();
        }

        @Test
        void when_attempts_are_used_up() throws Exception {
            Path repository = work("ada");
            push(repository, "once").taken();
            commitMore(repository, "more.txt", new byte[] {1});

            Shown shown = push(repository, "once");

            assertThat(shown.text()).contains("refused (attempts-used-up): All attempts at once are used up: 1 of 1.");
            assertThat(served.attempts(who)).hasSize(1);
        }

        @Test
        void while_the_last_attempt_cools_down() throws Exception {
            Path repository = work("ada");
            push(repository, "slowly").taken();
            commitMore(repository, "more.txt", new byte[] {1});

            assertThat(push(repository, "slowly").text())
                    .contains("refused (cooling-down): The next attempt at slowly is taken from ");
        }

        @Test
        void unless_staff_push() {
            push(work("ada"), who, "late", served.token(null, Scope.STAFF), "HEAD:refs/heads/main")
                    .taken();
        }

        @Test
        void where_what_was_graded_would_be_rewritten() throws Exception {
            Path repository = work("ada");
            String token = served.token(who);
            push(repository, who, "open", token, "HEAD:refs/heads/main", "HEAD:refs/tags/v1", "HEAD:refs/exps/a/b/c")
                    .taken();
            Path other = work("other");

            assertThat(plain(push(other, who, "open", token, true, "HEAD:refs/heads/main")
                            .refused("rewritten")
                            .text()))
                    .contains("'main' was graded at " + head(repository).substring(0, 10)
                            + ", and this push takes that out of it.");
            assertThat(plain(push(other, who, "open", token, true, ":refs/heads/main")
                            .refused("rewritten")
                            .text()))
                    .contains("and this push deletes it.");
            push(other, who, "open", token, true, "HEAD:refs/tags/v1").refused("rewritten");
            push(other, who, "open", token, true, "HEAD:refs/exps/a/b/c").taken();
            push(other, who, "open", token, true, "HEAD:refs/heads/other").taken();
            assertThat(served.attempts(who)).hasSize(3);
        }

        @ParameterizedTest
        @ValueSource(strings = {"..", ".git", ".GIT", "aux.txt", "a:b", "nul", "ends."})
        void for_names_that_are_not_safe_everywhere(String name) throws Exception {
            Path repository = work("ada");
            commitTree(repository, name);

            Shown shown = push(repository, who, "open", served.token(who), "refs/heads/hostile:refs/heads/main")
                    .refused("unsafe-path");

            assertThat(shown.text()).contains("The push sends what no machine should unpack:");
            assertThat(served.attempts(who)).isEmpty();
            assertThat(packs()).isEmpty();
        }

        @Test
        void where_a_file_or_the_whole_is_too_large() throws Exception {
            own("lab.push.object=64KiB\nlab.push.pack=128KiB").start();
            Path repository = work("ada");
            String token = served.token(who);
            commitMore(repository, "large.bin", random(100_000));

            assertThat(plain(push(repository, who, "open", token, "HEAD:refs/heads/main")
                            .refused("too-large")
                            .text()))
                    .contains("The push sends a file larger than 64KiB, the limit for one");

            Path many = work("many");
            for (int i = 0; i < 5; i++) {
                commitMore(many, "part" + i, random(60_000 + i));
            }
            assertThat(plain(push(many, who, "open", token, "HEAD:refs/heads/main")
                            .refused("too-large")
                            .text()))
                    .contains("The push sends more than 128KiB (compressed), the limit.");
            assertThat(packs()).isEmpty();
        }

        @Test
        void where_it_unpacks_to_too_much_or_is_too_many() throws Exception {
            own("lab.push.unpacked=64KiB\nlab.push.objects=20\nlab.push.refs=3").start();
            String token = served.token(who);
            Path bomb = work("bomb");
            commitMore(bomb, "zeros", new byte[1 << 20]);
            push(bomb, who, "open", token, "HEAD:refs/heads/main").refused("too-large");

            Path many = work("many");
            for (int i = 0; i < 10; i++) {
                commitMore(many, "part" + i, random(10));
            }
            assertThat(plain(push(many, who, "open", token, "HEAD:refs/heads/main")
                            .refused("too-many-objects")
                            .text()))
                    .contains("objects (commits, folders, file versions), the limit is 20.");

            Path refs = work("refs");
            push(
                            refs,
                            who,
                            "open",
                            token,
                            "HEAD:refs/heads/a",
                            "HEAD:refs/heads/b",
                            "HEAD:refs/heads/c",
                            "HEAD:refs/heads/d")
                    .refused("too-many-refs");
            assertThat(packs()).isEmpty();
        }

        @Test
        void where_a_small_pack_would_take_all_memory() throws Exception {
            HostilePack pack = new HostilePack();
            int base = pack.blob(60_000, new byte[60_000]);
            int size = 40 << 20;
            int level = pack.copies(base, 60_000, size, size);
            for (int depth = 0; depth < 8; depth++) {
                pack.copies(level, size, size - 1 - depth, size - 1 - depth); // keeps the level above open
                level = pack.copies(level, size, size, size);
            }

            assertThat(post(pack.toBytes()))
                    .contains("Refused (too-large): What the push sends as changes to large files is more than can be");
            assertThat(post("no pack at all".getBytes(StandardCharsets.UTF_8)))
                    .contains("Refused (damaged): What the push sends cannot be read: ");
            assertThat(packs()).isEmpty();
            push(work("ada"), "open").taken();
        }

        /** Sends bytes in the place of a pack. */
        private String post(byte[] pack) throws Exception {
            String command = "0".repeat(40) + " " + "1".repeat(40) + " refs/heads/main\0 report-status side-band-64k";
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.write("%04x%s0000".formatted(command.length() + 4, command).getBytes(StandardCharsets.UTF_8));
            body.write(pack);
            String login =
                    Base64.getEncoder().encodeToString(("x:" + served.token(who)).getBytes(StandardCharsets.UTF_8));
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(
                                HttpRequest.newBuilder(URI.create(served.repository(who, "open") + "/git-receive-pack"))
                                        .header("Content-Type", "application/x-git-receive-pack-request")
                                        .header("Authorization", "Basic " + login)
                                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
            }
        }

        @Test
        void where_the_repository_is_full() throws Exception {
            own("lab.push.repository=100KiB").start();
            Path repository = work("ada");
            String token = served.token(who);
            commitMore(repository, "a", random(60_000));
            push(repository, who, "open", token, "HEAD:refs/heads/main").taken();
            commitMore(repository, "b", random(60_001));

            assertThat(plain(push(repository, who, "open", token, "HEAD:refs/heads/main")
                            .refused("no-room")
                            .text()))
                    .contains("With this push the repository would take up more than 100KiB, the limit.");
        }

        @Test
        void when_somebody_pushes_all_the_time() throws Exception {
            own("lab.push.per-hour=2").start();
            Path repository = work("ada");
            String token = served.token(who);
            push(repository, who, "open", token, "HEAD:refs/heads/main").taken();
            push(repository, who, "open", token, "HEAD:refs/notes/x").refused("other-ref");
            commitMore(repository, "b", random(10));

            assertThat(push(repository, who, "open", token, "HEAD:refs/heads/main")
                            .text())
                    .contains("refused (too-often): mlops/" + who
                            + "/open was pushed to 2 times within an hour, the limit is 2.");
            push(work("bo"), "bo", "open", served.token("bo"), "HEAD:refs/heads/main")
                    .taken();
        }
    }

    private List<String> packs() {
        Path packs = served.home().resolve("pushed/mlops/student-" + who + "/open.git/objects/pack");
        return Files.exists(packs) ? Arrays.asList(packs.toFile().list()) : List.of();
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new Random(bytes + 7L).nextBytes(random);
        return random;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String head(Path repository) throws IOException {
        try (Git git = Git.open(repository.toFile())) {
            return git.getRepository().resolve("HEAD").name();
        }
    }

    /** A branch {@code hostile} with a file of a name that Git itself would not write. */
    private static void commitTree(Path repository, String name) throws IOException {
        try (Git git = Git.open(repository.toFile());
                ObjectInserter inserter = git.getRepository().newObjectInserter()) {
            ObjectId blob = inserter.insert(org.eclipse.jgit.lib.Constants.OBJ_BLOB, new byte[] {'x'});
            TreeFormatter tree = new TreeFormatter();
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            tree.append(bytes, 0, bytes.length, FileMode.REGULAR_FILE, blob, true);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(inserter.insert(tree));
            commit.setAuthor(new PersonIdent("s", "s@x"));
            commit.setCommitter(new PersonIdent("s", "s@x"));
            commit.setMessage("hostile");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            RefUpdate update = git.getRepository().updateRef("refs/heads/hostile");
            update.setNewObjectId(id);
            update.forceUpdate();
        }
    }
}
