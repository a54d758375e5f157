package org.labharness.pipeline.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.labharness.lab.Memory;
import org.labharness.pipeline.collect.mlflow.Snapshot;
import org.labharness.pipeline.collect.mlflow.TrackingCollector;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.SpaceLayout;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.sandbox.docker.DockerSandbox;
import org.labharness.pipeline.sandbox.docker.DockerSettings;

/** Servers in the real sandbox: loop-mounted file systems that appear in the container while it runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrackingServerIT {
    private static final String API = "/api/2.0/mlflow/";
    private static final Duration WAIT = Duration.ofMinutes(1);
    private DockerSandbox sandbox;
    private TrackingServers servers;

    @BeforeAll
    void start() {
        Path home = Images.home(Path.of(""));
        sandbox = new DockerSandbox(DockerSettings.of(home, false));
        servers = new TrackingServers(sandbox, Images.load(home).tracking());
        servers.warmUp();
    }

    @AfterAll
    void stop() {
        servers.close();
        sandbox.close();
    }

    private SubmissionSpace space(String name) {
        return sandbox.open(new SpaceRequest(name, Memory.mebibytes(96)));
    }

    private static String post(URI server, String call, String body) throws Exception {
        try (Exchange exchange = new Exchange(server)) {
            return exchange.send("POST " + API + call, body.replace('\'', '"'));
        }
    }

    private static String value(String json, String key) {
        return Pattern.compile("\"" + key + "\": \"([^\"]*)\"")
                .matcher(json)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static String firstRun(URI server, String name) throws Exception {
        post(server, "experiments/create", "{'name': 'wine'}");
        String run = value(post(server, "runs/create", "{'experiment_id': '1', 'run_name': '" + name + "'}"), "run_id");
        post(
                server,
                "runs/log-batch",
                "{'run_id': '" + run + "', 'params': [{'key': 'alpha', 'value': '0.1'}], 'metrics':"
                        + " [{'key': 'loss', 'value': 1, 'timestamp': 1, 'step': 0}, {'key': 'loss', 'value': 0.5, 'timestamp': 2, 'step': 1}]}");
        post(server, "runs/update", "{'run_id': '" + run + "', 'status': 'FINISHED', 'end_time': 9}");
        return run;
    }

    /** As servers until MLflow 3.9 do; the shipped one of today refuses it. */
    @Test
    void aVersionMayNameTheModelThatItIsMadeOfByItsSourceAlone() throws Exception {
        try (SubmissionSpace space = space("source");
                TrackingServer server = servers.serve(space.layout());
                Bridge bridge = server.openBridge(1 << 20, WAIT)) {
            String run = firstRun(bridge.uri(), "mine");
            String model = value(
                    post(
                            bridge.uri(),
                            "logged-models",
                            "{'experiment_id': '1', 'name': 'forest', 'source_run_id': '" + run + "'}"),
                    "model_id");
            post(bridge.uri(), "registered-models/create", "{'name': 'wine'}");
            String source = "{'name': 'wine', 'source': 'models:/" + model + "', 'run_id': '" + run + "'}";
            String version = post(bridge.uri(), "model-versions/create", source);

            assertThat(value(version, "version")).isEqualTo("1");
            try (Exchange exchange = new Exchange(bridge.uri())) {
                assertThat(exchange.send("GET " + API + "logged-models/" + model, ""))
                        .contains("mlflow.modelVersions");
            }
            assertThat(post(bridge.uri(), "model-versions/create", source.replace(model, "m-" + "0".repeat(32))))
                    .contains("INVALID_PARAMETER_VALUE", "must identify the resource that contains the source");
            assertThat(post(bridge.uri(), "model-versions/create", source.replace("models:/", "models://elsewhere/")))
                    .contains("INVALID_PARAMETER_VALUE");
        }
    }

    @Test
    void eachSubmissionHasAServerOfItsOwnWhoseRunsAreCollected(@org.junit.jupiter.api.io.TempDir Path tree)
            throws Exception {
        try (SubmissionSpace one = space("one");
                SubmissionSpace two = space("two");
                TrackingServer first = servers.serve(one.layout());
                TrackingServer second = servers.serve(two.layout())) {
            try (Bridge bridge = first.openBridge(1 << 20, WAIT)) {
                String run = firstRun(bridge.uri(), "mine");
                try (Exchange exchange = new Exchange(bridge.uri())) {
                    exchange.send(
                            "PUT /api/2.0/mlflow-artifacts/artifacts/1/" + run + "/artifacts/model/MLmodel", "flavors");
                }
                post(bridge.uri(), "registered-models/create", "{'name': 'wine'}");
                post(
                        bridge.uri(),
                        "model-versions/create",
                        "{'name': 'wine', 'source': 'mlflow-artifacts:/1/" + run + "/artifacts/model', 'run_id': '"
                                + run + "'}");
                post(bridge.uri(), "registered-models/alias", "{'name': 'wine', 'alias': 'champion', 'version': '1'}");
            }
            TrackingStore mine = new TrackingCollector()
                    .collect(tree, Snapshot.empty(), first)
                    .stores()
                    .getFirst();
            TrackingStore theirs = new TrackingCollector()
                    .collect(tree, Snapshot.empty(), second)
                    .stores()
                    .getFirst();

            assertThat(mine.newRuns()).singleElement().satisfies(TrackingServerIT::isComplete);
            assertThat(mine.registeredModels())
                    .singleElement()
                    .satisfies(model -> assertThat(model.versions())
                            .extracting(version -> version.version() + version.aliases() + version.fresh())
                            .containsExactly("1[champion]true"));
            assertThat(theirs.newRuns()).isEmpty();
            assertThat(theirs.experiments()).isEmpty();
            assertThat(Files.getPosixFilePermissions(one.layout().tracking()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThat(Files.getAttribute(two.layout().tracking(), "unix:uid"))
                    .isEqualTo(two.layout().uid());
        }
    }

    /** Code may reach it by any name; MLflow's own server declines all but those that it was told. */
    @Test
    void itAnswersWhateverHostItIsAskedBy() throws Exception {
        try (SubmissionSpace space = space("host");
                TrackingServer server = servers.serve(space.layout());
                Bridge bridge = server.openBridge(1 << 20, WAIT)) {
            for (String host : List.of("tracking.example.org:5000", "0.0.0.0:8080", "localhost", "mlflow-server")) {
                try (Socket socket =
                        new Socket(bridge.uri().getHost(), bridge.uri().getPort())) {
                    socket.getOutputStream()
                            .write(("GET /version HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                            .as(host)
                            .startsWith("HTTP/1.1 200 ");
                }
            }
        }
    }

    @Test
    void modelsWhoseWeightsAreNotThereAreNone(@org.junit.jupiter.api.io.TempDir Path tree) throws Exception {
        String proxy = "PUT /api/2.0/mlflow-artifacts/artifacts/1/";
        String description = "flavors: {sklearn: {pickled_model: model.pkl}}";
        try (SubmissionSpace space = space("one");
                TrackingServer server = servers.serve(space.layout())) {
            try (Bridge bridge = server.openBridge(1 << 20, WAIT);
                    Exchange exchange = new Exchange(bridge.uri())) {
                String run = firstRun(bridge.uri(), "mine");
                exchange.send(proxy + run + "/artifacts/whole/MLmodel", description);
                exchange.send(proxy + run + "/artifacts/whole/model.pkl", "weights");
                exchange.send(proxy + run + "/artifacts/half/MLmodel", description);
                for (String name : List.of("logged-whole", "logged-half", "logged-unfinished")) {
                    String model = value(
                            post(
                                    bridge.uri(),
                                    "logged-models",
                                    "{'experiment_id': '1', 'name': '" + name + "', 'source_run_id': '" + run + "'}"),
                            "model_id");
                    exchange.send(proxy + "models/" + model + "/artifacts/MLmodel", description);
                    if (name.equals("logged-whole")) {
                        exchange.send(proxy + "models/" + model + "/artifacts/model.pkl", "weights");
                    }
                    if (!name.equals("logged-unfinished")) {
                        exchange.send(
                                "PATCH /api/2.0/mlflow/logged-models/" + model,
                                ("{'model_id': '" + model + "', 'status': 'LOGGED_MODEL_READY'}").replace('\'', '"'));
                    }
                }
            }
            TrackingCollector.Collected collected = new TrackingCollector().collect(tree, Snapshot.empty(), server);

            assertThat(collected.stores().getFirst().newRuns()).singleElement().satisfies(run -> {
                assertThat(run.models()).containsExactly("logged-whole", "whole");
                assertThat(run.modelIds()).containsOnlyKeys("logged-whole", "logged-half");
                assertThat(run.modelIds().get("logged-whole")).startsWith("m-");
            });
            assertThat(collected.findings())
                    .extracting(org.labharness.lab.Finding::message)
                    .satisfiesExactlyInAnyOrder(
                            words -> assertThat(words).contains("'mine/half'").contains("'model.pkl'"),
                            words -> assertThat(words)
                                    .contains("'mine/logged-half'")
                                    .contains("'model.pkl'"));
        }
    }

    private static void isComplete(MlflowRun run) {
        assertThat(run.name()).isEqualTo("mine");
        assertThat(run.status()).isEqualTo("FINISHED");
        assertThat(run.params()).containsEntry("alpha", "0.1");
        assertThat(run.history().get("loss"))
                .extracting(TrackingStore.Step::value)
                .containsExactly(1.0, 0.5);
        assertThat(run.artifacts()).containsExactly("model/MLmodel");
        assertThat(run.models()).containsExactly("model");
    }

    @Test
    void aRunWhoseArtifactsNobodyHereCanReadCountsAllTheSame(@org.junit.jupiter.api.io.TempDir Path tree)
            throws Exception {
        try (SubmissionSpace space = space("elsewhere");
                TrackingServer server = servers.serve(space.layout())) {
            try (Bridge bridge = server.openBridge(1 << 20, WAIT)) {
                post(bridge.uri(), "experiments/create", "{'name': 'away', 'artifact_location': 'nowhere://bucket/x'}");
                String run = value(post(bridge.uri(), "runs/create", "{'experiment_id': '1'}"), "run_id");
                post(bridge.uri(), "runs/update", "{'run_id': '" + run + "', 'status': 'FINISHED', 'end_time': 9}");
            }

            TrackingCollector.Collected collected = new TrackingCollector().collect(tree, Snapshot.empty(), server);

            assertThat(collected.stores().getFirst().newRuns())
                    .extracting(MlflowRun::status)
                    .containsExactly("FINISHED");
            assertThat(collected.findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message())
                            .matches(
                                    "The tracking server was read only in part: the artifacts of run \\S+ could not be read: the server"
                                            + " declined with status 500\\."));
        }
    }

    @Test
    void aServerThatIsKilledComesBackWithItsDataAndHarmsNoOther() throws Exception {
        try (SubmissionSpace one = space("killed");
                SubmissionSpace two = space("bystander");
                TrackingServer first = servers.serve(one.layout());
                TrackingServer second = servers.serve(two.layout());
                Bridge bystander = second.openBridge(1 << 20, WAIT)) {
            try (Bridge bridge = first.openBridge(1 << 20, WAIT)) {
                firstRun(bridge.uri(), "before");
            }
            ProcessHandle child = processes(one.layout().uid()).getFirst();
            child.destroyForcibly();
            child.onExit().get(10, java.util.concurrent.TimeUnit.SECONDS);

            assertThat(afterTheRestart(first)).contains("before");
            assertThat(post(bystander.uri(), "experiments/create", "{'name': 'calm'}"))
                    .contains("experiment_id");
        }
    }

    /** Until the end of a child is noticed, what connects to its socket gets no answer. */
    private static String afterTheRestart(TrackingServer server) throws Exception {
        long end = System.nanoTime() + WAIT.toNanos();
        while (true) {
            try (Bridge bridge = server.openBridge(1 << 20, WAIT)) {
                return post(bridge.uri(), "runs/search", "{'experiment_ids': ['1']}");
            } catch (java.io.IOException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    @Test
    void theDataOfAServerCountAgainstTheDiskOfItsSubmission() throws Exception {
        try (SubmissionSpace space = space("greedy");
                TrackingServer server = servers.serve(space.layout());
                Bridge bridge = server.openBridge(1 << 20, WAIT)) {
            Instant before = Instant.now();
            String run = firstRun(bridge.uri(), "greedy");
            assertThat(TrackingServers.hadNoRoom(space.layout(), before)).isFalse();
            int refused = 0;
            for (int i = 0; i < 4; i++) {
                refused +=
                        accepts(bridge.uri(), "PUT /api/2.0/mlflow-artifacts/artifacts/1/" + run + "/artifacts/big" + i)
                                ? 0
                                : 1;
            }

            assertThat(refused).isBetween(1, 3);
            assertThat(TrackingServers.hadNoRoom(space.layout(), before)).isTrue();
            assertThat(TrackingServers.hadNoRoom(space.layout(), Instant.now())).isFalse();
            assertThat(Files.getFileStore(space.layout().tracking()).getTotalSpace())
                    .isLessThan(128L << 20);
            assertThat(post(bridge.uri(), "runs/search", "{'experiment_ids': ['1']}"))
                    .contains("greedy");
        }
    }

    private static boolean accepts(URI server, String call) throws InterruptedException {
        try (Exchange exchange = new Exchange(server)) {
            exchange.send(call, "x".repeat(40 << 20));
            return exchange.answers().getFirst().contains(" -> 200 ");
        } catch (IOException e) {
            return false; // it hung up before the end
        }
    }

    /** MLflow hands out files of its machine to whoever says that they are artifacts: only the user of each server keeps those of others from it. */
    @Test
    void aServerThatIsTalkedIntoReadingFilesReadsNobodyElses() throws Exception {
        try (SubmissionSpace mine = space("talker");
                SubmissionSpace theirs = space("neighbour");
                TrackingServer server = servers.serve(mine.layout());
                TrackingServer other = servers.serve(theirs.layout());
                Bridge bridge = server.openBridge(1 << 20, WAIT)) {
            firstRun(bridge.uri(), "first");
            other.await(WAIT);
            assertThat(artifact(bridge.uri(), mine, "file://"))
                    .isEqualTo("canary-of-" + mine.layout().uid());
            for (String scheme : List.of("file://", "file:", "")) {
                assertThat(artifact(bridge.uri(), theirs, scheme))
                        .doesNotContain("canary")
                        .contains("error");
            }
        }
    }

    /** Asks for what lies, as an artifact would, in the folder of a server. */
    private String artifact(URI server, SubmissionSpace space, String scheme) throws Exception {
        Path folder = space.layout().tracking();
        String name = scheme.replaceAll("[:/]", "-") + space.layout().uid();
        String place = scheme + "/spaces/" + sandbox.root().relativize(folder);
        String experiment = value(
                post(server, "experiments/create", "{'name': '" + name + "', 'artifact_location': '" + place + "'}"),
                "experiment_id");
        String run = value(post(server, "runs/create", "{'experiment_id': '" + experiment + "'}"), "run_id");
        Path artifacts = Files.createDirectories(folder.resolve(run).resolve("artifacts"));
        Files.writeString(
                artifacts.resolve("secret.txt"), "canary-of-" + space.layout().uid());
        try (Exchange exchange = new Exchange(server)) {
            return exchange.send("GET /get-artifact?path=secret.txt&run_uuid=" + run, "");
        }
    }

    @Test
    void closingLeavesNoProcessOfItsUser() throws Exception {
        try (SubmissionSpace space = space("closed")) {
            SpaceLayout layout = space.layout();
            TrackingServer server = servers.serve(layout);
            server.await(WAIT);
            awaitProcess(layout.uid());

            server.close();

            assertThat(processes(layout.uid()))
                    .extracting(process -> Files.readString(Path.of("/proc", "" + process.pid(), "status")))
                    .isEmpty();
            assertThatThrownBy(() -> firstRun(
                            LoopbackBridge.open(layout.socket().resolve(TrackingServers.SOCKET), 99, WAIT)
                                    .uri(),
                            "late"))
                    .isInstanceOf(IOException.class);
        }
    }

    /** Connections are accepted a moment before the server has become its user. */
    private static void awaitProcess(int uid) {
        long end = System.nanoTime() + WAIT.toNanos();
        while (processes(uid).isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
    }

    /** Processes of a user on this host, those in containers included. */
    private static List<ProcessHandle> processes(int uid) {
        return ProcessHandle.allProcesses()
                .filter(process -> isOf(process, uid))
                .toList();
    }

    private static boolean isOf(ProcessHandle process, int uid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            List<String> status = lines.toList();
            return status.contains("Name:\tpython")
                    && status.stream().anyMatch(line -> line.startsWith("Uid:\t" + uid + "\t"));
        } catch (IOException | java.io.UncheckedIOException e) {
            return false; // it has ended meanwhile
        }
    }
}
