package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.pipeline.sandbox.docker.Eventually;

/** The whole server in a process of its own: a real push, a real run, a kill in the middle. */
class ServeIT {
    private static final Duration LONGEST = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void aCourse() throws IOException {
        home = RealHome.warm(folder.resolve("home"));
        Tiny.lab(folder.resolve("tiny"), "90s");
        Tiny.course(folder);
        Files.writeString(folder.resolve("students.csv"), "id,name\ns01,Ada\n");
        done("roster", folder.resolve("students.csv").toString(), "--apply");
    }

    private Result run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--course", folder.resolve("course.yaml").toString()));
        return new Cli(home).with(System.getenv()).run(all.toArray(String[]::new));
    }

    private Result done(String... arguments) {
        Result result = run(arguments);
        assertThat(result.exit()).as(result.words()).isZero();
        return result;
    }

    private Program serve(int port) throws IOException {
        Program server = Program.start(
                folder,
                Map.of("LAB_HOME", home.toString()),
                "serve",
                "--course",
                folder.resolve("course.yaml").toString(),
                "--port",
                String.valueOf(port));
        Eventually.holds(
                LONGEST, "that the server listens", () -> server.err().contains("Listening at ") || !server.alive());
        assertThat(server.alive()).as(server.err() + server.out()).isTrue();
        return server;
    }

    private static int port(Program server) {
        Matcher port = Pattern.compile("Listening at http://127\\.0\\.0\\.1:([0-9]+) for mlops \\(tiny\\)")
                .matcher(server.err());
        assertThat(port.find()).as(server.err()).isTrue();
        return Integer.parseInt(port.group(1));
    }

    private Process push(Path repository, int port, String token, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "git",
                        "push",
                        "http://s01:" + token + "@127.0.0.1:" + port + "/git/mlops/s01/tiny.git",
                        "HEAD:refs/heads/main")
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        return builder.start();
    }

    private static String text(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return "";
        }
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void aPushIsRunForRealAndAKillInTheMiddleLosesNothing() throws Exception {
        String token = done("token", "issue", "--student", "s01").out().strip();
        Path good = Tiny.good(folder.resolve("ada"));
        int port;
        try (Program server = serve(0)) {
            port = port(server);
            assertThat(get(port, "/health").body()).isEqualTo("alive\n");
            assertThat(get(port, "/ready").body()).isEqualTo("ready\n");
            Path shown = folder.resolve("shown");
            Process push = push(good, port, token, shown);
            assertThat(push.waitFor(180, TimeUnit.SECONDS)).isTrue();
            assertThat(text(shown))
                    .contains(
                            "stage double: ran",
                            "stage total: ran",
                            "6 of 10 points",
                            "report: http://127.0.0.1:" + port);
            assertThat(get(port, "/metrics").body())
                    .contains("lab_gradings_total{code=\"\",event=\"done\"} 1.0", "lab_step_seconds_bucket");
            assertThat(server.out()).contains("\"submission\":\"1\"").doesNotContain(token.substring(13));

            Path slow = Tiny.with(folder.resolve("slow"), "sleep 8\n" + Tiny.DOUBLE);
            Process second = push(slow, port, token, folder.resolve("ignored"));
            assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(text(folder.resolve("ignored"))).contains("rejected"); // another history
            ProcessBuilder branch = new ProcessBuilder(
                            "git",
                            "push",
                            "http://s01:" + token + "@127.0.0.1:" + port + "/git/mlops/s01/tiny.git",
                            "HEAD:refs/heads/slow")
                    .directory(slow.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("branch").toFile());
            Process third = branch.start();
            Eventually.holds(
                    LONGEST,
                    "that it runs",
                    () -> text(folder.resolve("branch")).contains("stage double ..."));
            assertThat(get(port, "/metrics").body()).containsPattern("lab_containers_alive [1-9]");
            server.kill();
            assertThat(third.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        try (Program server = serve(port)) {
            Eventually.holds(
                    LONGEST,
                    "the grading of what was killed",
                    () -> metrics(port).contains("lab_gradings_total{code=\"\",event=\"done\"} 1.0"));
            server.interrupt();
            server.exit();
            assertThat(server.err())
                    .contains("Ending: no more pushes are taken;")
                    .doesNotContain("Interrupted");
        }
        assertThat(done("gradebook", "--explain", "s01").out())
                .contains("Attempt 1, ", "Attempt 2, ")
                .doesNotContain("Attempt 3", "has not been run yet");
    }

    private static String metrics(int port) {
        try {
            return get(port, "/metrics").body();
        } catch (Exception down) {
            return "";
        }
    }

    /** A process that is being ended removes its throwaway folders and closes its database beside those who still use them. */
    @Test
    void whatIsPushedWhileTheServerEndsIsKept() throws Exception {
        List<String> ids = List.of("s01", "s02", "s03", "s04", "s05", "s06");
        Files.writeString(
                folder.resolve("students.csv"),
                "id,name\n"
                        + String.join(
                                "", ids.stream().map(id -> id + "," + id + "\n").toList()));
        done("roster", folder.resolve("students.csv").toString(), "--apply");
        List<Process> pushes = new ArrayList<>();
        List<Path> shown = new ArrayList<>();
        int port;
        try (Program server = serve(0)) {
            port = port(server);
            for (String id : ids) {
                String token = done("token", "issue", "--student", id).out().strip();
                Path good = Tiny.good(folder.resolve("work-" + id));
                Path output = folder.resolve("shown-" + id);
                ProcessBuilder push = new ProcessBuilder(
                                "git",
                                "push",
                                "http://x:" + token + "@127.0.0.1:" + port + "/git/mlops/" + id + "/tiny.git",
                                "HEAD:refs/heads/main")
                        .directory(good.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
                push.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
                push.environment().put("GIT_TERMINAL_PROMPT", "0");
                shown.add(output);
                pushes.add(push.start());
            }
            Eventually.holds(
                    LONGEST,
                    "that pushes come",
                    () -> shown.stream().anyMatch(one -> text(one).contains("received 1 ref")));
            server.interrupt();
            server.exit();
            for (Process push : pushes) {
                assertThat(push.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
        }
        List<String> taken = ids.stream()
                .filter(id -> text(folder.resolve("shown-" + id)).contains("received 1 ref"))
                .toList();
        assertThat(shown).noneMatch(one -> text(one).contains("Not graded"));
        try (Program server = serve(port)) {
            server.interrupt();
            server.exit();
        }
        for (String id : taken) {
            assertThat(done("gradebook", "--explain", id).out())
                    .as(text(folder.resolve("shown-" + id)))
                    .containsAnyOf("Attempt 1, ", "Not judged yet, ");
        }
    }

    @Test
    void whatCannotBeServedIsSaidAtOnce() throws Exception {
        Files.writeString(folder.resolve("serve.properties"), "lab.push.pakc=1MiB\n");
        try (Program server = Program.start(
                folder,
                Map.of("LAB_HOME", home.toString()),
                "serve",
                "--course",
                folder.resolve("course.yaml").toString(),
                "--config",
                folder.resolve("serve.properties").toString())) {
            assertThat(server.exit()).isEqualTo(2);
            assertThat(server.err()).contains("There is no setting 'lab.push.pakc'. Did you mean 'lab.push.pack'?");
        }
    }
}
