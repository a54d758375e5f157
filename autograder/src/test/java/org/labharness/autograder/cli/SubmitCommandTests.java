package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.serve.ServedClass;
import org.labharness.autograder.store.RosterStore;
import org.labharness.pipeline.checkout.RepositoryBuilder;

/** {@code ./lab submit} and {@code ./lab status --server} against a server on loopback; what runs is scripted. */
@Timeout(120)
class SubmitCommandTests {
    @TempDir
    Path folder;

    private ServedClass served;

    @BeforeEach
    void serve() throws IOException {
        served = new ServedClass(folder.resolve("class"));
        try (RepositoryBuilder builder = RepositoryBuilder.create(folder.resolve("work"))) {
            builder.write("train.py", "print(1)\n").commit("one", Instant.parse("2026-03-02T10:00:00Z"));
        }
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private void start() {
        served.start();
        RosterStore store = new RosterStore(served.database());
        Roster before = store.read(served.course().id());
        Student cy = new Student(
                StudentId.parse("cy"),
                "cy",
                null,
                null,
                null,
                folder.resolve("work").toString(),
                Map.of(),
                Map.of(),
                Set.of(),
                false);
        store.apply(
                served.course().id(), RosterChange.between(before, before.with(cy)), "test", "staff", Instant.now());
    }

    private String server() {
        return served.address("/").toString();
    }

    private Result run(Map<String, String> variables, String command, String... more) {
        List<String> all = new ArrayList<>(List.of(command, "--server", server()));
        all.addAll(List.of(more));
        return new Cli(folder.resolve("client")).with(variables).run(all.toArray(String[]::new));
    }

    private Map<String, String> token() {
        return Map.of("LAB_TOKEN", served.token("cy"));
    }

    @Test
    void whoWaitsGetsTheVerdictInEveryForm() throws IOException {
        start();
        Map<String, String> variables = Map.of(
                "LAB_TOKEN",
                served.token("cy"),
                "GITHUB_STEP_SUMMARY",
                folder.resolve("summary.md").toString());

        Result result = run(
                variables,
                "submit",
                "--lab",
                "open",
                "--wait",
                "--junit",
                folder.resolve("v.xml").toString(),
                "--markdown",
                folder.resolve("v.md").toString(),
                "--json",
                folder.resolve("v.json").toString());

        assertThat(result.exit()).as(result.words()).isZero();
        assertThat(result.err()).contains("submission 1: main at ");
        assertThat(result.out())
                .containsPattern("[0-9.]+ of 10 points")
                .contains("report: " + server() + "reports/1-")
                .doesNotContain("lab_");
        assertThat(folder.resolve("v.xml")).content().contains("<testsuite");
        assertThat(folder.resolve("v.md")).content().contains("| Check |");
        assertThat(folder.resolve("v.json")).content().contains("\"labharness/verdict/1\"");
        assertThat(folder.resolve("summary.md")).content().contains("| Check |");
        assertThat(run(token(), "status", "1").out()).contains("1  cy  open  graded", " of 10 points");
        assertThat(run(token(), "status", "--lab", "open").out()).contains("1  cy  open");
        assertThat(run(token(), "status", "99").exit()).isEqualTo(2);
    }

    @Test
    void tooFewPointsAreExitOne() {
        start();

        assertThat(run(token(), "submit", "--lab", "open", "--wait", "--min-score", "1000")
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void whatTheServerRefusesIsExitThreeAndWrongUseIsExitTwo() {
        start();

        Result closed = run(token(), "submit", "--lab", "late");
        assertThat(closed.exit()).as(closed.words()).isEqualTo(3);
        assertThat(closed.err())
                .startsWith("Refused (closed): late is closed for cy")
                .contains("Ask staff");
        Result unknown = run(token(), "submit", "--lab", "nothing");
        assertThat(unknown.exit()).as(unknown.words()).isEqualTo(2);
        assertThat(unknown.err())
                .startsWith("Not done (not-found): The course mlops takes nothing for a lab 'nothing'");
        assertThat(run(Map.of(), "submit", "--lab", "open").err()).contains("The variable LAB_TOKEN is not set.");
        assertThat(run(Map.of("LAB_TOKEN", "secret-text"), "submit", "--lab", "open"))
                .satisfies(wrong -> assertThat(wrong.exit()).isEqualTo(2))
                .satisfies(wrong -> assertThat(wrong.words()).doesNotContain("secret-text"));
        String revoked = served.token("cy");
        served.revoke(revoked);
        assertThat(run(Map.of("LAB_TOKEN", revoked), "submit", "--lab", "open"))
                .satisfies(wrong -> assertThat(wrong.exit()).isEqualTo(2))
                .satisfies(wrong -> assertThat(wrong.err())
                        .contains("revoked", "Put one that is good into LAB_TOKEN; staff give out another.")
                        .doesNotContain("Authorization"));
        assertThat(run(token(), "submit", "--lab", "open", "--min-score", "5").err())
                .contains("add --wait");
        assertThat(run(token(), "submit", "--lab", "open", "--wait", "--timeout", "soon")
                        .err())
                .contains("--timeout takes a time such as 90s, 30m or 2h, not 'soon'.");
    }

    @Test
    void aStepOfCiThatIsTriedAgainHandsInOnce() {
        start();
        Map<String, String> ci = Map.of("LAB_TOKEN", served.token("cy"), "GITHUB_RUN_ID", "4711");

        Result first = run(ci, "submit", "--lab", "once", "--wait");
        Result again = run(ci, "submit", "--lab", "once", "--wait");

        assertThat(first.exit()).as(first.words()).isZero();
        assertThat(again.exit()).as(again.words()).isZero();
        assertThat(served.attempts("cy")).hasSize(1);
        Result another = run(
                Map.of("LAB_TOKEN", ci.get("LAB_TOKEN"), "GITHUB_RUN_ID", "4712"), "submit", "--lab", "once", "--wait");
        assertThat(another.exit()).as(another.words()).isEqualTo(3);
        assertThat(another.err()).contains("attempts-used-up");
    }

    @Test
    void whoWaitsGoesOnWaitingWhileTheServerIsStartedAgain() throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        served.grading((request, progress) -> {
            runs.countDown();
            try {
                assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return served.graded(request, progress);
        });
        start();
        int port = served.address("/").getPort();
        Map<String, String> token = token();
        String[] arguments = {"submit", "--server", server(), "--lab", "open", "--wait"};
        CompletableFuture<Result> waiting = CompletableFuture.supplyAsync(
                () -> new Cli(folder.resolve("client")).with(token).run(arguments));
        assertThat(runs.await(60, TimeUnit.SECONDS)).isTrue();

        served.stop();
        go.countDown();
        served.start(port);

        Result result = waiting.get(90, TimeUnit.SECONDS);
        assertThat(result.exit()).as(result.words()).isZero();
        assertThat(result.out()).contains(" of 10 points");
        assertThat(served.attempts("cy")).hasSize(1);
    }
}
