package org.labharness.pipeline.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.sandbox.Images;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** The forked server uses names that are private to MLflow: it must answer as the {@code mlflow server} that MLflow ships. */
class ServerContractIT {
    private static final String API = "/api/2.0/mlflow/";
    private static final String IMAGE = Images.load(Images.home(Path.of(""))).tracking();
    private static final Map<String, String> SETTINGS = Map.of(
            "MLFLOW_SERVER_ALLOWED_HOSTS", "*",
            "MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false",
            "MLFLOW_DISABLE_TELEMETRY", "true",
            "HOME", "/tmp");

    @Test
    void theForkedServerAnswersLikeTheShippedOne(@TempDir Path root, @TempDir Path folder) throws Exception {
        List<String> expected;
        try (GenericContainer<?> shipped = shipped(folder)) {
            shipped.start();
            try (Bridge bridge = LoopbackBridge.open(folder.resolve("shipped.sock"), 1 << 24, Duration.ofMinutes(1))) {
                expected = answers(bridge.uri());
            }
        }
        List<String> actual;
        try (SharedContainers sandbox = new SharedContainers(root);
                TrackingServers servers = new TrackingServers(sandbox, IMAGE);
                TrackingServer server = servers.serve(sandbox.space("one", 61_950));
                Bridge bridge = server.openBridge(1 << 24, Duration.ofMinutes(1))) {
            actual = answers(bridge.uri());
        }
        assertThat(expected)
                .hasSizeGreaterThan(30)
                .filteredOn(line -> line.contains(" -> 200 "))
                .hasSizeGreaterThan(25);
        assertThat(actual).containsExactlyElementsOf(expected);
    }

    /** On a Unix socket, so that it needs no network. */
    private static GenericContainer<?> shipped(Path folder) {
        return new GenericContainer<>(DockerImageName.parse(IMAGE))
                .withImagePullPolicy(name -> false)
                .withEnv(SETTINGS)
                .withTmpFs(Map.of("/tmp", "rw,size=256m"))
                .withNetworkMode("none")
                .withCreateContainerCmdModifier(
                        create -> create.getHostConfig().withBinds(new Bind(folder.toString(), new Volume("/socket"))))
                .withCommand(
                        "/opt/mlflow/bin/mlflow",
                        "server",
                        "--workers",
                        "1",
                        "--uvicorn-opts",
                        "--uds /socket/shipped.sock",
                        "--backend-store-uri",
                        "sqlite:////tmp/reference.db",
                        "--artifacts-destination",
                        "/tmp/artifacts")
                .waitingFor(Wait.forLogMessage(".*Application startup complete.*", 1)
                        .withStartupTimeout(Duration.ofMinutes(2)));
    }

    private static List<String> answers(URI server) throws Exception {
        try (Exchange exchange = new Exchange(server)) {
            track(exchange);
            artifacts(exchange);
            register(exchange);
            wrong(exchange);
            return exchange.answers();
        }
    }

    private static void track(Exchange exchange) throws Exception {
        exchange.send("GET /version", "");
        exchange.send("GET " + API + "experiments/search?max_results=10", "");
        exchange.send("POST " + API + "experiments/create", "{'name': 'wine'}".replace('\'', '"'));
        for (String run : List.of("first", "second")) {
            exchange.send(
                    "POST " + API + "runs/create",
                    json("{'experiment_id': '1', 'run_name': '%s', 'start_time': 5}", run));
        }
        exchange.send(
                "POST " + API + "runs/log-parameter", json("{'run_id': '<id1>', 'key': 'alpha', 'value': '0.1'}"));
        exchange.send(
                "POST " + API + "runs/log-parameter", json("{'run_id': '<id1>', 'key': 'alpha', 'value': '0.2'}"));
        for (int step = 0; step < 3; step++) {
            exchange.send(
                    "POST " + API + "runs/log-metric",
                    json("{'run_id': '<id1>', 'key': 'loss', 'value': 0.%s, 'timestamp': 7, 'step': %s}", step, step));
        }
        exchange.send(
                "POST " + API + "runs/log-batch",
                json("{'run_id': '<id1>', 'metrics': [{'key': 'f1', 'value': 0.5,"
                        + " 'timestamp': 7, 'step': 0}], 'params': [{'key': 'trees', 'value': '50'}],"
                        + " 'tags': [{'key': 'who', 'value': 'me'}]}"));
        exchange.send("POST " + API + "runs/set-tag", json("{'run_id': '<id1>', 'key': 'stage', 'value': 'train'}"));
        exchange.send("POST " + API + "runs/update", json("{'run_id': '<id1>', 'status': 'FINISHED', 'end_time': 9}"));
        exchange.send("GET " + API + "runs/get?run_id=<id1>", "");
        exchange.send(
                "POST " + API + "runs/search",
                json("{'experiment_ids': ['1'], 'order_by': ['attributes.run_name ASC'], 'max_results': 1}"));
        exchange.send("POST " + API + "runs/search", json("{'experiment_ids': ['1'], 'filter': 'metrics.f1 > 0.4'}"));
        exchange.send("GET " + API + "metrics/get-history?run_id=<id1>&metric_key=loss", "");
        exchange.send(
                "GET /ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids=<id1>&metric_key=loss&max_results=3",
                "");
    }

    private static void artifacts(Exchange exchange) throws Exception {
        String proxy = "/api/2.0/mlflow-artifacts/artifacts";
        exchange.send("PUT " + proxy + "/1/<id1>/artifacts/model/MLmodel", "flavors: none");
        exchange.send("PUT " + proxy + "/1/<id1>/artifacts/note.txt", "a note");
        exchange.send("GET " + proxy + "/1/<id1>/artifacts/note.txt", "");
        exchange.send("GET " + proxy + "?path=1/<id1>/artifacts", "");
        exchange.send("GET " + API + "artifacts/list?run_id=<id1>", "");
        exchange.send("GET " + API + "artifacts/list?run_id=<id1>&path=model", "");
        exchange.send("GET " + proxy + "/1/<id1>/artifacts/absent.txt", "");
        exchange.send("GET " + proxy + "/../../etc/passwd", "");
    }

    private static void register(Exchange exchange) throws Exception {
        exchange.send(
                "POST " + API + "logged-models",
                json("{'experiment_id': '1', 'name': 'forest', 'source_run_id': '<id1>'}"));
        exchange.send("PUT /api/2.0/mlflow-artifacts/artifacts/1/models/<id3>/artifacts/MLmodel", "flavors: none");
        exchange.send("GET " + API + "logged-models/<id3>/artifacts/directories", "");
        exchange.send("POST " + API + "logged-models/search", json("{'experiment_ids': ['1'], 'max_results': 10}"));
        exchange.send("POST " + API + "registered-models/create", json("{'name': 'wine'}"));
        exchange.send("POST " + API + "registered-models/create", json("{'name': 'wine'}"));
        exchange.send(
                "POST " + API + "model-versions/create",
                json("{'name': 'wine', 'source': 'mlflow-artifacts:/1/<id1>/artifacts/model', 'run_id': '<id1>'}"));
        exchange.send(
                "POST " + API + "model-versions/create",
                json("{'name': 'wine', 'source': 'models:/<id3>', 'model_id': '<id3>'}"));
        exchange.send("POST " + API + "model-versions/create", json("{'name': 'wine', 'source': 'models:/wine/2'}"));
        exchange.send(
                "POST " + API + "model-versions/create",
                json("{'name': 'wine', 'source': 'models:/<id3>', 'model_id': '<id1>'}"));
        exchange.send(
                "POST " + API + "model-versions/create", json("{'name': 'wine', 'source': 'models:/<id3>/../<id1>'}"));
        exchange.send("POST " + API + "model-versions/create", json("{'name': 'wine', 'source': 'runs:/<id1>/model'}"));
        exchange.send("POST " + API + "model-versions/create", json("{'name': 'wine', 'source': '/etc'}"));
        exchange.send(
                "POST " + API + "registered-models/alias",
                json("{'name': 'wine', 'alias': 'champion', 'version': '1'}"));
        exchange.send("GET " + API + "registered-models/alias?name=wine&alias=champion", "");
        exchange.send("GET " + API + "registered-models/alias?name=wine&alias=nobody", "");
        exchange.send(
                "POST " + API + "model-versions/transition-stage",
                json("{'name': 'wine', 'version': '2', 'stage': 'Staging', 'archive_existing_versions': false}"));
        exchange.send("GET " + API + "registered-models/search?max_results=10", "");
        exchange.send("GET " + API + "model-versions/search?max_results=10", "");
    }

    private static void wrong(Exchange exchange) throws Exception {
        exchange.send("GET " + API + "runs/get?run_id=00000000000000000000000000000000", "");
        exchange.send("POST " + API + "experiments/create", json("{'name': 'wine'}"));
        exchange.send("POST " + API + "runs/search", json("{'experiment_ids': ['1'], 'filter': 'metrics.f1 ~ 1'}"));
        exchange.send("GET " + API + "no-such-call", "");
    }

    private static String json(String text, Object... values) {
        return String.format(java.util.Locale.ROOT, text.replace('\'', '"'), values);
    }
}
