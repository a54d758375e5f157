package org.labharness.autograder.gitserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.PushFact;
import org.labharness.autograder.serve.ServedClass;
import org.labharness.autograder.store.PushStore;
import org.labharness.lab.LabId;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.docker.Eventually;

/** Pushes that come slowly, or break off, or fail at their end. */
class ReceivingTests {
    @TempDir
    Path folder;

    private ServedClass served;

    @BeforeEach
    void aClass() throws IOException {
        served = new ServedClass(folder.resolve("served"));
    }

    @AfterEach
    void end() {
        served.close();
    }

    private Work work(String text) throws IOException {
        return Work.of(folder.resolve(text), text);
    }

    private RawPush begun(String who) throws IOException {
        return RawPush.begun(served.repository(who, "open"), served.token(who));
    }

    private String push(String who, Work work, String ref) throws IOException {
        return push(who, RawPush.NOTHING, work, ref);
    }

    private String push(String who, String before, Work work, String ref) throws IOException {
        try (RawPush push = begun(who)) {
            return push.send(RawPush.command(before, work.commit(), ref))
                    .send(work.pack())
                    .answer();
        }
    }

    private Path bare(String who) {
        return served.home().resolve("pushed/mlops/student-" + who + "/open.git");
    }

    private List<String> packs(String who) {
        String[] names = bare(who).resolve("objects/pack").toFile().list();
        return names == null ? List.of() : Arrays.asList(names);
    }

    private List<String> codes() {
        return new PushStore(served.database(), served.course().id())
                .all(LabId.parse("open")).stream().map(PushFact::code).toList();
    }

    @Test
    void who_sends_slowly_keeps_nobody_waiting() throws IOException {
        served.with("lab.push.at-once=1\nlab.push.patience=2s").start();
        Work slow = work("slow");
        try (RawPush push = begun("s0")) {
            push.send(RawPush.command(RawPush.NOTHING, slow.commit(), "refs/heads/main"))
                    .send(Arrays.copyOf(slow.pack(), 20));
            Eventually.holds(ServedClass.patience(), "that it is being put aside", () -> !aside().isEmpty());

            assertThat(push("s1", work("quick"), "refs/heads/main")).contains("ok refs/heads/main");
            assertThat(push("s0", work("impatient"), "refs/heads/main"))
                    .contains("Refused (busy): Another push to this repository is being sent for more than 2 s.");

            assertThat(push.send(Arrays.copyOfRange(slow.pack(), 20, slow.pack().length))
                            .answer())
                    .contains("ok refs/heads/main");
        }
        assertThat(served.attempts()).hasSize(2);
        assertThat(aside()).isEmpty();
    }

    private List<String> aside() {
        return List.of(Objects.requireNonNull(
                served.home().resolve("pushed/.incoming").toFile().list()));
    }

    @Test
    void nobody_gains_time_by_saying_late_what_they_push() throws IOException {
        served.start();
        Work work = work("late");
        byte[] command = RawPush.command(RawPush.NOTHING, work.commit(), "refs/heads/main");
        Instant then;
        try (RawPush push = begun("s0")) {
            push.send(Arrays.copyOf(command, 10));
            assertThat(push("s1", work("meanwhile"), "refs/heads/main")).contains("ok refs/heads/main");
            then = Instant.now();

            assertThat(push.send(Arrays.copyOfRange(command, 10, command.length))
                            .send(work.pack())
                            .answer())
                    .contains("ok refs/heads/main");
        }

        assertThat(served.attempts("s0").getFirst().received()).isAfterOrEqualTo(then);
    }

    @Test
    void what_takes_too_long_is_refused() throws IOException {
        served.with("lab.push.time=3s").start();
        Work work = work("slow");
        try (RawPush push = begun("s0")) {
            push.send(RawPush.command(RawPush.NOTHING, work.commit(), "refs/heads/main"))
                    .send(Arrays.copyOf(work.pack(), 20));
            Instant until = Instant.now().plusMillis(5_000);
            Eventually.holds(
                    ServedClass.patience(),
                    "that its time is over",
                    () -> Instant.now().isAfter(until));

            assertThat(push.send(new byte[] {1}).answer())
                    .contains("Refused (too-slow): The push was being sent for more than 3 s, the limit.");
        }
        assertThat(codes()).containsExactly("too-slow");
        assertThat(packs("s0")).isEmpty();
        assertThat(push("s0", work, "refs/heads/main")).contains("ok refs/heads/main");
    }

    @Test
    void what_cannot_be_beside_another_leaves_nothing() throws IOException {
        served.start();
        Work work = work("work");
        push("s0", work, "refs/heads/main");
        int before = packs("s0").size();

        assertThat(push("s0", work("below"), "refs/heads/main/below"))
                .contains(
                        "Refused (bad-name): 'main/below' cannot be beside 'main': one would be a folder of the other.");
        assertThat(push("s0", work("long"), "refs/heads/" + "x".repeat(250)))
                .contains("Refused (bad-name): 'refs/heads/xxx")
                .contains("a part of a name has at most");
        assertThat(push("s0", work("outdated"), "refs/heads/main"))
                .contains("Refused (moved): 'main' is at " + work.commit().substring(0, 10) + " by now:");

        assertThat(packs("s0")).hasSize(before);
        assertThat(Arrival.isThere(bare("s0"))).isFalse();
        assertThat(codes()).containsExactly("accepted", "bad-name", "bad-name", "moved");
        served.stop();
        served.start();
        assertThat(served.attempts()).hasSize(1);
        assertThat(codes()).hasSize(4);
    }

    @Test
    void a_branch_leads_to_a_commit() throws IOException {
        served.start();
        Work work = work("work");
        String tree;
        try (Git git = Git.open(folder.resolve("work").toFile())) {
            tree = git.getRepository().resolve("HEAD^{tree}").name();
        }

        assertThat(push("s0", new Work(tree, work.content()), "refs/heads/main"))
                .contains("Refused (damaged): 'main' leads to a tree, and a branch leads to a commit.");
        assertThat(packs("s0")).isEmpty();
    }

    @Test
    void more_than_one_branch_without_a_main_is_said_how_to_mend() throws IOException {
        served.start();
        push("s0", work("one"), "refs/heads/one");

        assertThat(push("s0", work("two"), "refs/heads/two"))
                .contains("Not graded (ref-not-found): ")
                .contains("What is graded is main, else master, else the only branch.")
                .contains("such as git push lab HEAD:main.");
    }

    @Test
    void what_a_killed_process_left_keeps_nobody_from_pushing() throws IOException {
        served.start();
        Work work = work("work");
        push("s0", work, "refs/heads/main");
        served.stop();
        Path lock = Files.createFile(bare("s0").resolve("refs/heads/next.lock"));
        Path pack = Files.createFile(bare("s0").resolve("objects/incoming_7.pack"));
        Path sent = Files.createFile(served.home().resolve("pushed/.incoming/push-7"));

        served.start();

        assertThat(lock).doesNotExist();
        assertThat(pack).doesNotExist();
        assertThat(sent).doesNotExist();
        assertThat(push("s0", work("next"), "refs/heads/next")).contains("ok refs/heads/next");
    }

    @Test
    void what_could_not_be_noted_is_noted_by_the_same_process_and_before_what_comes_next() throws IOException {
        served.start();
        push("s1", work("before"), "refs/heads/main");
        Path store = served.home().resolve("store");
        Path away = Files.move(store, served.home().resolve("store-away"));
        Files.createFile(store);
        Work first = work("first");

        assertThat(push("s0", first, "refs/heads/main"))
                .contains("after your push was taken. It is kept as received")
                .contains("You need not push again.");
        assertThat(push("s0", work("second"), "refs/heads/more"))
                .contains("The system broke (disk-full) before your push was taken. That is not your fault.")
                .contains("ng refs/heads/more");
        assertThat(served.attempts("s0")).isEmpty();

        Files.delete(store);
        Files.move(away, store);
        Eventually.holds(
                ServedClass.patience(),
                "that it is noted",
                () -> !served.attempts("s0").isEmpty());
        Attempt attempt = served.attempts("s0").getFirst();
        assertThat(attempt.commit()).isEqualTo(first.commit());
        assertThat(attempt.received()).isBefore(Instant.now().minus(Duration.ofMillis(100)));
        assertThat(push("s0", work("third"), "refs/heads/more")).contains("ok refs/heads/more");
    }

    @Test
    void who_looks_for_Git_LFS_is_told_what_to_do() throws Exception {
        served.start();
        String login = Base64.getEncoder().encodeToString(("x:" + served.token("s0")).getBytes(StandardCharsets.UTF_8));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(served.repository("s0", "open") + "/info/lfs/objects/batch"))
                            .header("Authorization", "Basic " + login)
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(501);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/vnd.git-lfs+json");
            assertThat(answer.body()).startsWith("{\"message\": \"This server keeps no Git LFS files.");
        }
    }

    @Test
    void one_process_takes_pushes_for_a_state_folder() throws IOException {
        PushedRepositories first = new PushedRepositories(folder, PushLimits.DEFAULT);
        PushedRepositories second = new PushedRepositories(folder, PushLimits.DEFAULT);
        try (FileChannel own = first.own()) {
            assertThat(own.isOpen()).isTrue();
            assertThatThrownBy(second::own)
                    .isInstanceOf(SystemBroke.class)
                    .hasMessageStartingWith("Another ./lab serve takes pushes into " + folder.resolve("pushed") + ".");
        }
        second.own().close();
    }
}
