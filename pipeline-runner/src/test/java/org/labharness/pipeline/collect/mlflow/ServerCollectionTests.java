package org.labharness.pipeline.collect.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;
import org.labharness.pipeline.tracking.Bridge;
import org.labharness.pipeline.tracking.Bridges;

/** What the server may answer is written by hostile code: whatever it is, reading it ends, in bounded memory, with words. */
class ServerCollectionTests {
    private static final String API = "/api/2.0/mlflow/";
    private static final Pattern PAGE = Pattern.compile("\"max_results\"\\s*:\\s*(\\d+)");
    private static final Pattern TOKEN = Pattern.compile("\"page_token\"\\s*:\\s*\"(\\d+)\"");

    @TempDir
    private Path folder;

    private ScriptedMlflow server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMlflow(folder.resolve("s"));
        server.on(
                API + "experiments/search",
                query -> "{\"experiments\": [{\"experiment_id\": \"1\", \"name\": \"wine\"}]}");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private StoreDraft read(Caps caps) {
        try (Bridge bridge = Bridges.to(folder.resolve("s"), caps.bytes(), Duration.ofSeconds(60))) {
            return new ServerCollection(new Allowance(caps)).read(bridge);
        }
    }

    private StoreDraft read() {
        return read(Caps.DEFAULT);
    }

    private static Caps caps(Duration time) {
        return new Caps(500, 500, 2_000, 8 << 20, 320, 50_000, 300, 200, 1_000, 64L << 20, 64L << 20, time);
    }

    /** Runs, as many to an answer as are asked for. */
    private void runs(int number, int letters) {
        server.on(API + "runs/search", body -> {
            int from = number(TOKEN, body, 0);
            int to = Math.min(number, from + number(PAGE, body, 1_000));
            String runs =
                    IntStream.range(from, to).mapToObj(run -> run(run, letters)).collect(Collectors.joining(", "));
            return "{\"runs\": [" + runs + "]" + (to < number ? ", \"next_page_token\": \"" + to + "\"" : "") + "}";
        });
    }

    private static int number(Pattern pattern, String text, int otherwise) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
    }

    private static String run(int number, int letters) {
        return """
                {"info": {"run_id": "%032x", "run_name": "run-%d", "experiment_id": "1", "status": "FINISHED", "start_time": 7},
                 "data": {"params": [{"key": "text", "value": "%s"}], "metrics": [{"key": "f1", "value": 0.5, "step": 0}]}}
                """.formatted(number, number, "x".repeat(letters));
    }

    @Test
    void runsThatAreLargeAreReadInSmallerAnswers() {
        runs(12, 600_000);

        StoreDraft draft = read();

        assertThat(draft.runs()).hasSize(12);
        assertThat(draft.problems()).isEmpty();
    }

    @Test
    void aRunThatIsLongerThanAnyAnswerMayBeIsToldAndThoseBeforeItCount() {
        server.on(API + "runs/search", body -> {
            int from = number(TOKEN, body, 0);
            return from == 0 && number(PAGE, body, 0) == 1
                    ? "{\"runs\": [" + run(0, 3) + "], \"next_page_token\": \"1\"}"
                    : "{\"runs\": [" + run(1, 6_000_000) + "]}";
        });

        StoreDraft draft = read();

        assertThat(draft.runs()).extracting(run -> run.id).containsExactly("%032x".formatted(0));
        assertThat(draft.problems())
                .containsExactly("a run and all after it could not be read: an answer is longer than is read of one");
    }

    private StoreDraft readTwice() {
        return new ServerCollection(new Allowance(Caps.DEFAULT))
                .readTwice(() -> Bridges.to(folder.resolve("s"), Caps.DEFAULT.bytes(), Duration.ofSeconds(60)));
    }

    @Test
    void aServerThatDiesWhileItIsReadIsReadOnceMoreFromTheBeginning() {
        AtomicInteger asked = new AtomicInteger();
        server.on(
                API + "runs/search",
                body -> asked.getAndIncrement() == 0 ? "{\"runs\": [" : "{\"runs\": [" + run(0, 3) + "]}");

        StoreDraft draft = readTwice();

        assertThat(asked).hasValue(2);
        assertThat(draft.runs()).hasSize(1);
        assertThat(draft.problems()).isEmpty();
    }

    @Test
    void aServerThatDiesEachTimeIsTheFaultOfTheSystem() {
        server.on(API + "runs/search", body -> "{\"runs\": [");

        assertThatThrownBy(this::readTwice)
                .isInstanceOfSatisfying(
                        SystemBroke.class, broke -> assertThat(broke.code()).isEqualTo(Breakdown.TRACKING_SERVER));
    }

    @Test
    void moreRunsThanAreKeptAreTold() {
        runs(700, 3);

        StoreDraft draft = read();

        assertThat(draft.runs()).hasSize(500);
        assertThat(draft.problems()).containsExactly("more than 500 new runs");
    }

    @Test
    void artifactsTooManyForOneAnswerDoNotHideTheModelsThatAreRegistered() {
        runs(1, 3);
        server.on(
                        API + "artifacts/list",
                        query -> "{\"files\": ["
                                + IntStream.range(0, 100_000)
                                        .mapToObj(file -> "{\"path\": \"a-file-with-a-long-name-" + file + "\"}")
                                        .collect(Collectors.joining(", "))
                                + "]}")
                .on(API + "registered-models/search", query -> "{\"registered_models\": [{\"name\": \"wine\"}]}")
                .on(
                        API + "model-versions/search",
                        query ->
                                "{\"model_versions\": [{\"name\": \"wine\", \"version\": \"1\", \"run_id\": \"%032x\"}]}"
                                        .formatted(0));

        StoreDraft draft = read();

        TrackingStore store = draft.build();
        assertThat(store.newRuns()).extracting(MlflowRun::name).containsExactly("run-0");
        assertThat(store.registeredModels().getFirst().versions()).hasSize(1);
        assertThat(draft.problems())
                .singleElement()
                .asString()
                .startsWith("the artifacts of run run-0 could not be read: an answer ");
    }

    @Test
    void anArtifactTreeWithoutEndIsLeftAfterAWhile() {
        runs(1, 3);
        server.on(
                API + "artifacts/list",
                query -> "{\"files\": [{\"path\": \"deeper/%d\", \"is_dir\": true}]}".formatted(query.length()));

        assertThat(read().problems()).containsExactly("more than 40 folders of artifacts in a run");
    }

    @Test
    void aServerThatFallsSilentIsNotTheStudentsFaultAndWhatWasReadCounts() {
        runs(3, 3);
        server.silentOn(API + "artifacts/list");

        StoreDraft draft = read(caps(Duration.ofSeconds(6)));

        assertThat(draft.runs()).hasSize(3);
        assertThat(draft.unread()).contains("reading it took more than 4 s");
    }

    @Test
    void aModelWhoseWeightsAreNotThereIsNoneAndTheFileIsNamed() {
        runs(1, 3);
        server.on(
                        API + "artifacts/list",
                        query -> query.contains("path=")
                                ? "{\"files\": [{\"path\": \"model/MLmodel\"}, {\"path\": \"model/conda.yaml\"}]}"
                                : "{\"files\": [{\"path\": \"model\", \"is_dir\": true}]}")
                .on("/get-artifact", query -> "flavors:\n  sklearn:\n    pickled_model: model.pkl\n");

        StoreDraft draft = read();

        assertThat(draft.build().newRuns().getFirst().models()).isEmpty();
        assertThat(StoreFindings.of(draft).getFirst().message())
                .isEqualTo(
                        "Model 'run-0/model' (run/model) in the tracking server lacks its file 'model.pkl', which its"
                                + " MLmodel names: it cannot be loaded.");
    }

    @Test
    void aModelThatIsWholeIsOne() {
        runs(1, 3);
        server.on(
                        API + "artifacts/list",
                        query -> "{\"files\": [{\"path\": \"model/MLmodel\"}, {\"path\": \"model/data/weights\"}]}")
                .on("/get-artifact", query -> "flavors:\n  pytorch:\n    model_data: data\n");

        StoreDraft draft = read();

        assertThat(draft.build().newRuns().getFirst().models()).containsExactly("model");
        assertThat(draft.incomplete()).isEmpty();
    }

    @Test
    void aLoggedModelWhoseUploadFailedIsNone() {
        runs(1, 3);
        server.on(API + "logged-models/search", body -> """
                {"models": [{"info": {"model_id": "m-1", "name": "half", "source_run_id": "%032x",
                  "status": "LOGGED_MODEL_UPLOAD_FAILED"}},
                 {"info": {"model_id": "m-2", "name": "whole", "source_run_id": "%032x", "status": "LOGGED_MODEL_READY"}}]}
                """.formatted(0, 0));

        assertThat(read().build().newRuns().getFirst().models()).containsExactly("whole");
    }

    @Test
    void whatTheTagSaysIsMlflowsOwnDemoDoesNotCount() {
        runs(1, 3);
        String demo = "\"tags\": [{\"key\": \"demo\", \"value\": \"true\"}]";
        String version = "{\"name\": \"%s\", \"version\": \"%d\", \"run_id\": \"" + "0".repeat(32) + "\", %s}";
        server.on(
                        API + "registered-models/search",
                        query -> "{\"registered_models\": [{\"name\": \"whole\", " + demo + "}, {\"name\": \"mixed\"},"
                                + " {\"name\": \"demo\", " + demo.replace("true", "false") + "}]}")
                .on(
                        API + "model-versions/search",
                        query -> "{\"model_versions\": ["
                                + String.join(
                                        ", ",
                                        version.formatted("whole", 1, "\"tags\": []"),
                                        version.formatted("mixed", 1, demo),
                                        version.formatted("mixed", 2, demo.replace("demo", "mlflow.prompt.is_prompt")),
                                        version.formatted("demo", 1, demo.replace("true", "my first one")))
                                + "]}");

        assertThat(read().build().registeredModels())
                .extracting(model -> model.name() + " " + model.versions().size())
                .containsExactlyInAnyOrder("mixed 0", "demo 1");
    }
}
