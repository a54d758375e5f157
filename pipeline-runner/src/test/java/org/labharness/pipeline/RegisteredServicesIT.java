package org.labharness.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.PredictionFacts;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.ServiceFacts.Outcome;
import org.labharness.pipeline.evidence.ServiceFacts.VersionFacts;

/** Registered models behind services: by mlflow models serve, and by a service that asks the registry which version it should serve. */
class RegisteredServicesIT {
    private static final String LAB = """
            id: beans
            title: Beans
            points: 10
            environment: {python: "3.11", packages: [mlflow==3.9.0, scikit-learn==1.7.2, pandas==2.3.3]}
            limits: {time: 90s, memory: 1GiB, disk: 256MiB}
            hidden:
              beans: {program: make.py, rows: 300, label: y, predicts: numbers, min-rows: 200}
            services:
              served:
                serves: models:/sums@champion
                port: 5001
                question: {data: beans, rows: 8}
              own:
                entry: serve
                parameters: {port: 8000}
                port: 8000
                ready: /version
                question: {data: beans, rows: 8, answer: sum}
            run: {commands: ["python train.py"]}
            checks:
              - {id: served, title: S, points: 5, service-agrees: {service: served}}
              - {id: refuses, title: R, points: 2, service-refuses: {service: served, cases: [wrong-type, missing-field, empty, not-json]}}
              - {id: version, title: V, points: 3, service-version: {service: own, model: "models:/sums@champion"}}
            """;
    private static final String MAKE = """
            import random, sys
            chance = random.Random(int(sys.argv[1]))
            with open(sys.argv[3], "w") as out:
                print("a,b,c,y", file=out)
                for row in range(int(sys.argv[2])):
                    a, b, c = (round(chance.uniform(-3, 3), 3) for _ in range(3))
                    print(a, b, c, round(a + 2 * b - c, 6), sep=",", file=out)
            """;
    /** The first version says a + 2 b - c, the second one a - b. */
    private static final String TRAIN = """
            import mlflow, pandas
            from mlflow.models import infer_signature
            from sklearn.linear_model import LinearRegression

            rows = pandas.DataFrame({"a": [0.5, 0.0, 0.0, 1.0, 2.0], "b": [0.0, 1.5, 0.0, 1.0, 3.0], "c": [0.0, 0.0, 1.0, 1.0, 0.5]})
            for weights in ((1, 2, -1), (1, -1, 0)):
                with mlflow.start_run():
                    model = LinearRegression(fit_intercept=False).fit(rows, rows @ list(weights))
                    mlflow.sklearn.log_model(
                        model, name="model", signature=infer_signature(rows, model.predict(rows)),
                        pip_requirements=["scikit-learn"], registered_model_name="sums")
            mlflow.MlflowClient().set_registered_model_alias("sums", "champion", "1")
            """;

    private static final String SERVE = """
            import http.server, json, sys
            import mlflow, pandas

            VERSION = mlflow.MlflowClient().get_model_version_by_alias("sums", "champion").version
            MODEL = mlflow.pyfunc.load_model("models:/sums@champion")

            class Handler(http.server.BaseHTTPRequestHandler):
                def answer(self, text):
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(json.dumps(text).encode())

                def do_GET(self):
                    self.answer({"version": VERSION})

                def do_POST(self):
                    row = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                    self.answer({"sum": float(MODEL.predict(pandas.DataFrame([row]))[0])})

            http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
            """;

    @RegisterExtension
    static final WholeRun RUN = new WholeRun();

    @TempDir
    Path folder;

    private Path repository;

    @BeforeEach
    void lab() throws IOException {
        repository = Files.createDirectory(folder.resolve("repository"));
        Files.writeString(Files.createDirectories(folder.resolve("lab")).resolve("make.py"), MAKE);
        Files.writeString(repository.resolve("train.py"), TRAIN);
        Files.writeString(repository.resolve("MLproject"), """
                name: sums
                entry_points:
                  serve:
                    parameters: {port: float}
                    command: "python serve.py {port}"
                """);
    }

    private Evidence evidence(String serve) throws IOException, InterruptedException {
        Files.writeString(repository.resolve("serve.py"), serve);
        git("init", "-q");
        git("add", "-A");
        git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "Hand in");
        return RUN.of(repository, LAB, Progress.SILENT);
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void aRegisteredModelIsServedAndAgrees() throws Exception {
        Evidence evidence = evidence(SERVE);

        ServiceFacts served = evidence.service("served").orElseThrow();
        assertThat(served.outcome()).as(served.error()).isEqualTo(Outcome.READY);
        assertThat(served.measured().get("rmse")).as(served.toString()).isLessThan(0.001);
        PredictionFacts offline = evidence.predictions().getFirst();
        for (int row = 0; row < served.rows().size(); row++) {
            assertThat(Double.parseDouble(served.answers().get(row).prediction()))
                    .isCloseTo(
                            Double.parseDouble(
                                    offline.predictions().get(served.rows().get(row))),
                            org.assertj.core.data.Offset.offset(1e-4));
        }
        assertThat(served.refusals()).allSatisfy(refusal -> {
            assertThat(refusal.status()).as(refusal.wrong()).isBetween(400, 499);
            assertThat(refusal.alive()).isTrue();
        });
        ServiceFacts own = evidence.service("own").orElseThrow();
        assertThat(own.outcome()).as(own.error()).isEqualTo(Outcome.READY);
        assertThat(own.versions())
                .containsExactly(new VersionFacts(
                        "/version", "models:/sums@champion", "1", "1", "1", "2", "2", 8, 8, "", "", ""));
        // What moved for the service stands still for everything else.
        assertThat(evidence.tracking().getFirst().registeredModels().getFirst().versions())
                .filteredOn(version -> version.aliases().contains("champion"))
                .singleElement()
                .satisfies(version -> assertThat(version.version()).isEqualTo("1"));
    }

    @Test
    @Tag("full")
    void aServiceThatOnlyTellsAnotherVersionIsFound() throws Exception {
        Evidence evidence =
                evidence(SERVE.replace("load_model(\"models:/sums@champion\")", "load_model(\"models:/sums/1\")"));

        assertThat(evidence.service("own").orElseThrow().versions())
                .singleElement()
                .satisfies(version -> {
                    assertThat(version.saidThen()).isEqualTo("2");
                    assertThat(version.itsOwn()).isZero();
                });
    }
}
