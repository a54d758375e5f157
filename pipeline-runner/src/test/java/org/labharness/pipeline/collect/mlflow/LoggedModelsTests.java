package org.labharness.pipeline.collect.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.evidence.TrackingStore.ModelVersion;

/** Models in the layouts that MLflow 2.8 to 3.17 write, and in those that nobody should follow. */
class LoggedModelsTests {
    private static final String RUN = "0123456789abcdef0123456789abcdef";
    private static final String MODEL = "m-fedcba9876543210fedcba9876543210";

    @TempDir
    Path folder;

    private Path tree;
    private Path tracking;
    private Path temporary;

    @BeforeEach
    void folders() throws IOException {
        tree = Files.createDirectory(folder.resolve("work"));
        tracking = Files.createDirectory(folder.resolve("tracking"));
        temporary = Files.createDirectory(folder.resolve("temporary"));
    }

    private LoggedModels models() {
        return LoggedModels.in(tracking, tree, temporary);
    }

    private static Path write(Path root, String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static String runOf(LoggedModels.Folder folder) {
        return Documents.read(folder.root(), folder.path() + "/MLmodel", Documents.Form.YAML)
                .document()
                .flatMap(doc -> doc.get("run_id"))
                .flatMap(Doc::string)
                .orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8.1", "2.16.2", "2.22.1", "3.1.4", "3.5.1", "3.9.0", "3.14.0", "3.17.2"})
    void aRegisteredVersionLeadsToTheFilesOfItsRun(String version) throws IOException {
        String text = new String(
                Objects.requireNonNull(getClass().getResourceAsStream("/mlflow-stores/" + version + ".files"))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        for (String file : text.split("(?m)^==> ", -1)) {
            if (!file.isBlank()) {
                write(tree, file.substring(0, file.indexOf('\n')), file.substring(file.indexOf('\n') + 1));
            }
        }
        Snapshot nothing = SnapshotReader.read(temporary, Caps.DEFAULT, java.time.Instant.EPOCH);
        ModelVersion champion = new TrackingCollector()
                .collect(tree, nothing).stores().getFirst().registeredModels().stream()
                        .flatMap(model -> model.versions().stream())
                        .filter(one -> one.aliases().contains("champion"))
                        .findFirst()
                        .orElseThrow();

        LoggedModels models = models();
        LoggedModels.Folder found = models.ofSource(champion.source(), Map.of()).orElseThrow();

        assertThat(runOf(found)).isEqualTo(champion.runId());
        assertThat(models.ofRun(champion.runId(), "model", Map.of())).contains(found);
        assertThat(models.ofSource("runs:/" + champion.runId() + "/model", Map.of()))
                .contains(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mlflow-artifacts:/1/" + RUN + "/artifacts/model",
                "mlflow-artifacts://host:5000/1/" + RUN + "/artifacts/model",
                "runs:/" + RUN + "/model",
                "file:///work/mlruns/1/" + RUN + "/artifacts/model",
                "C:\\nowhere/" + RUN + "/artifacts/model/",
            })
    void theServersDataAreFoundByTheIdOfTheRun(String source) throws IOException {
        write(tracking, "artifacts/1/" + RUN + "/artifacts/model/MLmodel", "run_id: " + RUN + "\n");

        assertThat(models().ofSource(source, Map.of()).map(LoggedModelsTests::runOf))
                .contains(RUN);
    }

    @Test
    void aModelOfMlflow3IsFoundByItsIdAndByItsRun() throws IOException {
        write(tracking, "artifacts/1/models/" + MODEL + "/artifacts/MLmodel", "run_id: " + RUN + "\n");

        LoggedModels models = models();
        Optional<LoggedModels.Folder> found = models.ofSource("models:/" + MODEL, Map.of());

        assertThat(found.map(LoggedModels.Folder::path)).contains("artifacts/1/models/" + MODEL + "/artifacts");
        assertThat(models.ofRun(RUN, "model", Map.of())).isEqualTo(found);
        assertThat(models.ofRun("f".repeat(32), "model", Map.of())).isEmpty();
    }

    @Test
    void ofSeveralModelsOfARunTheNameDecidesWhereItIsKnown() throws IOException {
        String other = "m-" + "9".repeat(32);
        write(tracking, "artifacts/1/models/" + MODEL + "/artifacts/MLmodel", "run_id: " + RUN + "\n");
        write(tracking, "artifacts/1/models/" + other + "/artifacts/MLmodel", "run_id: " + RUN + "\n");
        Map<String, String> named = Map.of("forest", MODEL, "line", other);

        LoggedModels models = models();

        assertThat(models.ofRun(RUN, "forest", named).map(LoggedModels.Folder::path))
                .contains("artifacts/1/models/" + MODEL + "/artifacts");
        assertThat(models.ofRun(RUN, "forest/MLmodel", named).map(LoggedModels.Folder::path))
                .contains("artifacts/1/models/" + MODEL + "/artifacts/MLmodel");
        assertThat(models.ofSource("runs:/" + RUN + "/line", Map.of(RUN, named)).map(LoggedModels.Folder::path))
                .contains("artifacts/1/models/" + other + "/artifacts");
        assertThat(models.ofRun(RUN, "tree", named)).isEmpty();
    }

    @Test
    void aPlaceInTheTreeIsTakenAsStagesSawIt() throws IOException {
        write(tree, "saved/model/MLmodel", "run_id: " + RUN + "\n");
        write(temporary, "model/MLmodel", "run_id: other\n");

        assertThat(models().ofSource("file:///work/saved/model", Map.of()).map(LoggedModelsTests::runOf))
                .contains(RUN);
        assertThat(models().ofSource("./saved/model", Map.of()).map(LoggedModelsTests::runOf))
                .contains(RUN);
        assertThat(models().ofSource("/tmp/model", Map.of()).map(LoggedModelsTests::runOf))
                .contains("other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc",
                "file:///etc",
                "/work/../../etc",
                "../outside",
                "saved/../../outside",
                "s3://bucket/model",
                "",
                "link",
                "file:///work/link",
                "runs:/" + RUN + "/../../../outside",
                "mlflow-artifacts:/1/" + RUN + "/artifacts/../../../../outside",
            })
    void nothingOutsideIsFound(String source) throws IOException {
        write(folder, "outside/MLmodel", "run_id: x\n");
        write(tracking, "artifacts/1/" + RUN + "/artifacts/model/MLmodel", "run_id: " + RUN + "\n");
        Files.createSymbolicLink(tree.resolve("link"), folder.resolve("outside"));

        assertThat(models().ofSource(source, Map.of())).isEmpty();
    }
}
