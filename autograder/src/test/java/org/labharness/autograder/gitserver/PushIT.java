package org.labharness.autograder.gitserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.gitserver.GitProgram.Running;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.PushFact;
import org.labharness.autograder.serve.ServedClass;
import org.labharness.autograder.store.PushStore;
import org.labharness.lab.LabId;
import org.labharness.pipeline.sandbox.docker.Eventually;

/** The real {@code git push}; what runs is scripted, all else is real. */
class PushIT {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private ServedClass served;

    @BeforeEach
    void serve() throws IOException {
        served = new ServedClass(folder.resolve("served"));
    }

    @AfterEach
    void end() {
        served.close();
    }

    private String url(String who, String lab, String token) {
        return served.repository(who, lab).replace("://", "://" + who + ":" + token + "@");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private boolean judged(int attempts) {
        List<Attempt> all = served.attempts();
        return all.size() == attempts && all.stream().allMatch(one -> one.state() instanceof Attempt.Judged);
    }

    @Test
    void whoPushesSeesLiveWhatBecomesOfIt() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        served.grading((request, progress) -> {
                    served.graded(request, progress);
                    await(end);
                    return served.graded(request, progress);
                })
                .start();
        GitProgram git = GitProgram.in(folder, "ada");

        Running push = git.start("push", url("ada", "open", served.token("ada")), "main");
        Eventually.holds(LONGEST, "that the stage is seen", () -> push.text().contains("remote: stage train ..."));

        assertThat(push.process().isAlive()).isTrue();
        assertThat(push.text())
                .contains("remote: received 1 ref for mlops/ada/open at 20")
                .contains("remote: submission 1: main at ")
                .contains("There is no dvc.lock in Git")
                .doesNotContain("points\n");
        end.countDown();
        assertThat(push.exit()).isZero();
        assertThat(push.text())
                .containsPattern("remote: [0-9.]+ of 10 points")
                .contains("remote: report: " + served.address("/reports/1-"))
                .contains("* [new branch]      main -> main");
    }

    @Test
    void theFirstFindingsComeWithinHalfASecond() throws Exception {
        served.grading((request, progress) -> served.graded(request, progress)).start();
        GitProgram git = GitProgram.in(folder, "ada");
        String url = url("ada", "open", served.token("ada"));
        git.done("push", url, "main"); // what a fresh process loads is loaded
        List<Duration> took = new ArrayList<>();
        // On a machine that others keep busy some take longer.
        for (int i = 0; i < 20 && took.stream().noneMatch(PushIT::isQuick); i++) {
            git.write("train.py", "print('" + i + "')\n");
            git.commit("more " + i);
            Running push = git.start("push", url, "main");
            took.add(Eventually.holds(
                    LONGEST, "that findings are seen", () -> push.text().contains("There is no dvc.lock in Git")));
            assertThat(push.exit()).isZero();
        }

        assertThat(took).anyMatch(PushIT::isQuick);
    }

    private static boolean isQuick(Duration took) {
        return took.toMillis() <= 500;
    }

    @Test
    void theReportIsBehindALinkThatNobodyCanMakeUp() throws Exception {
        served.start();
        GitProgram git = GitProgram.in(folder, "ada");
        String pushed = git.done("push", url("ada", "open", served.token("ada")), "main");
        Matcher link = Pattern.compile("report: (http\\S+)").matcher(pushed);
        assertThat(link.find()).as(pushed).isTrue();

        HttpResponse<String> page = get(link.group(1));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<h1>ada</h1>", "The lock belongs to the commit");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
        assertThat(get(link.group(1).replace("/reports/1-", "/reports/2-")).statusCode())
                .isEqualTo(404);
        assertThat(get(link.group(1) + "x").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> get(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void twoStudentsPushAtOnceAndEachSeesTheirOwn() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        served.grading((request, progress) -> {
                    both.countDown();
                    await(both);
                    return served.graded(request, progress);
                })
                .start();
        GitProgram ada = GitProgram.in(folder, "ada");
        GitProgram bo = GitProgram.in(folder, "bo");

        Running first = ada.start("push", url("ada", "open", served.token("ada")), "main");
        Running second = bo.start("push", url("bo", "open", served.token("bo")), "main");

        assertThat(first.exit()).isZero();
        assertThat(second.exit()).isZero();
        assertThat(first.text())
                .contains("mlops/ada/open")
                .doesNotContain("mlops/bo")
                .containsPattern("of 10 points");
        assertThat(second.text())
                .contains("mlops/bo/open")
                .doesNotContain("mlops/ada")
                .containsPattern("of 10 points");
        assertThat(judged(2)).isTrue();
    }

    @Test
    void refusalsAreShownWithTheirReasonAndWhatToDo() throws Exception {
        served.with("lab.push.object=256KiB\nlab.push.pack=2MiB").start();
        GitProgram git = GitProgram.in(folder, "ada");
        String url = url("ada", "open", served.token("ada"));
        git.done("push", url, "main");

        assertThat(git.failed("push", url("ada", "late", served.token("ada")), "main"))
                .contains("fatal: remote error: refused (closed): late is closed for ada since the end of 2020-01-01;");
        assertThat(git.failed("push", url, "main:refs/notes/x"))
                .contains(
                        "remote: Refused (other-ref): 'refs/notes/x' is neither a branch nor a tag nor a DVC experiment.")
                .contains("remote: What to do: Push branches, tags and DVC experiments only: git push lab main --tags.")
                .contains("! [remote rejected] main -> refs/notes/x (other-ref)");
        git.done("commit", "--quiet", "--amend", "--message", "rewritten");
        assertThat(git.failed("push", "--force", url, "main"))
                .contains("remote: Refused (rewritten): 'main' was graded at ")
                .contains("! [remote rejected] main -> main (rewritten)");
        byte[] large = new byte[1 << 20];
        new Random(7).nextBytes(large);
        git.write("large.bin", large);
        git.commit("large");
        assertThat(git.failed("push", url, "main:large"))
                .contains("remote: Refused (too-large): The push sends a file larger than 256KiB, the limit for one")
                .contains("remote: What to do: Keep data, models and environments out of Git");
        GitProgram huge = GitProgram.in(folder, "huge");
        for (int i = 0; i < 40; i++) {
            byte[] part = new byte[200_000];
            new Random(i).nextBytes(part);
            huge.write("part" + i, part);
        }
        huge.commit("8 MB in small files");
        assertThat(huge.failed("push", url, "main:huge"))
                .contains("remote: Refused (too-large): The push sends more than 2MiB (compressed), the limit.");
        assertThat(served.attempts()).hasSize(1);
    }

    @Test
    void nobodyReachesAnothersRepositoryOrGetsInWithARevokedToken() throws Exception {
        served.start();
        GitProgram bo = GitProgram.in(folder, "bo");
        bo.done("push", url("bo", "open", served.token("bo")), "main");
        GitProgram ada = GitProgram.in(folder, "ada");
        String token = served.token("ada");
        String there = served.repository("bo", "open").replace("://", "://ada:" + token + "@");
        String nowhere = served.repository("nobody", "open").replace("://", "://ada:" + token + "@");

        String refused = ada.failed("push", there, "main");
        assertThat(refused).contains("not found").contains("There is no such repository for this token.");
        assertThat(ada.failed("push", nowhere, "main")).isEqualTo(refused.replace("/bo/open.git", "/nobody/open.git"));
        assertThat(ada.failed("ls-remote", there)).contains("not found");

        served.revoke(token);
        assertThat(ada.failed("push", url("ada", "open", token), "main"))
                .contains("remote: That is no token that is good: it may be mistyped, revoked or expired")
                .contains("Authentication failed");
        assertThat(served.attempts()).hasSize(1);
    }

    @Test
    void whoHangsUpLosesNothing() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        served.grading((request, progress) -> {
                    served.graded(request, progress);
                    await(end);
                    return served.graded(request, progress);
                })
                .start();
        GitProgram git = GitProgram.in(folder, "ada");
        Running push = git.start("push", url("ada", "open", served.token("ada")), "main");
        Eventually.holds(LONGEST, "that it is noted", () -> push.text().contains("remote: submission 1: "));

        push.process().descendants().forEach(ProcessHandle::destroyForcibly);
        push.process().destroyForcibly();
        end.countDown();

        Eventually.holds(LONGEST, "its grading", () -> judged(1));
        git.write("more", "more");
        git.commit("more");
        git.done("push", url("ada", "open", served.token("ada")), "main");
        assertThat(judged(2)).isTrue();
    }

    @Test
    void aRestartKeepsRepositoriesAndLinksAndTellsWhoWaits() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        served.grading((request, progress) -> {
                    served.graded(request, progress);
                    await(end);
                    return served.graded(request, progress);
                })
                .start();
        int port = served.address("/").getPort();
        GitProgram git = GitProgram.in(folder, "ada");
        String url = url("ada", "open", served.token("ada"));
        Running push = git.start("push", url, "main");
        Eventually.holds(LONGEST, "that it runs", () -> push.text().contains("remote: stage train ..."));

        Thread stopping = Thread.ofPlatform().start(served::stop);
        assertThat(push.exit()).isZero();
        end.countDown();
        stopping.join(LONGEST.toMillis());

        assertThat(push.text().replace("\nremote:", ""))
                .contains("The server is being stopped. Your push is kept, and is graded when it is back.");
        served.start(port);
        Eventually.holds(LONGEST, "its grading", () -> judged(1));
        Matcher link = Pattern.compile("report: (http\\S+)").matcher(push.text());
        assertThat(link.find()).isTrue();
        assertThat(get(link.group(1)).body()).contains("The lock belongs to the commit");
        assertThat(git.done("push", url, "main")).contains("Everything up-to-date");
        git.write("more", "more");
        git.commit("more");
        assertThat(git.done("push", url, "main")).containsPattern("of 10 points");
    }

    /** Bounded, and on loopback. Nobody waits for the end of their push before they push again. */
    @Test
    void fiftyPushesOfTwentyStudentsAtOnceAreAllKept() throws Exception {
        served.start();
        List<GitProgram> repositories = new ArrayList<>();
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            repositories.add(GitProgram.in(folder, "s" + i));
            urls.add(url("s" + i, "open", served.token("s" + i)));
        }
        List<Running> pushes = new ArrayList<>();
        for (int push = 0; push < 50; push++) {
            if (push >= 20) {
                Running before = pushes.get(push - 20);
                Eventually.holds(
                        LONGEST, "that it is noted", () -> before.text().contains("remote: submission "));
            }
            pushes.add(repositories
                    .get(push % 20)
                    .start("push", urls.get(push % 20), "main", "main:refs/heads/push-" + push));
        }

        for (Running push : pushes) {
            assertThat(push.exit()).as(push.text()).isZero();
            assertThat(push.text()).containsPattern("remote: submission [0-9]+: ");
        }
        assertThat(new PushStore(served.database(), served.course().id()).all(LabId.parse("open")))
                .hasSize(50)
                .allMatch(one -> one.code().equals(PushFact.ACCEPTED));
        Eventually.holds(
                LONGEST,
                "that the last push of each is judged",
                () -> IntStream.range(0, 20)
                        .allMatch(i -> served.attempts("s" + i).getLast().state() instanceof Attempt.Judged));
    }
}
