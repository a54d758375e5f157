package org.labharness.pipeline.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.ModelReference;
import org.labharness.pipeline.collect.mlflow.LoggedModels;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.PredictionFacts.Outcome;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;
import org.labharness.pipeline.evidence.TrackingStore.ModelVersion;
import org.labharness.pipeline.evidence.TrackingStore.RegisteredModel;
import org.labharness.pipeline.probe.Evaluator;

class ModelFinderTests {
    private static final String FIRST = "1".repeat(32);
    private static final String SECOND = "2".repeat(32);
    private static final String FAILED = "3".repeat(32);

    private static final String ONNX = """
            flavors:
              onnx: {data: model.onnx, onnx_version: 1.19.1}
              python_function: {data: model.onnx, loader_module: mlflow.onnx}
            run_id: RUN
            signature:
              inputs: '[{"type": "float", "name": "b"}, {"type": "float", "name": "a"}]'
            """;

    @TempDir
    Path folder;

    private Path tree;
    private Path tracking;

    @BeforeEach
    void files() throws IOException {
        tree = Files.createDirectory(folder.resolve("work"));
        tracking = Files.createDirectory(folder.resolve("tracking"));
        for (String run : List.of(FIRST, SECOND, FAILED)) {
            write(tracking, "artifacts/1/" + run + "/artifacts/model/MLmodel", ONNX.replace("RUN", run));
            write(tracking, "artifacts/1/" + run + "/artifacts/model/model.onnx", "weights");
        }
    }

    private static void write(Path root, String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static MlflowRun run(String id, String name, String status) {
        return new MlflowRun(
                id,
                name,
                "rocks",
                status,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of("model"),
                Map.of());
    }

    private static ModelVersion version(String number, String run, boolean fresh, String... aliases) {
        return new ModelVersion(
                number, run, "mlflow-artifacts:/1/" + run + "/artifacts/model", List.of(aliases), "None", fresh);
    }

    private ModelFinder.Search find(String reference) throws IOException {
        TrackingStore server = new TrackingStore(
                "server",
                TrackingStore.Kind.SERVER,
                List.of("rocks"),
                List.of(run(FIRST, "tree", "FINISHED"), run(SECOND, "line", "FINISHED"), run(FAILED, "last", "FAILED")),
                0,
                List.of(
                        new RegisteredModel(
                                "rock-sorter",
                                List.of(
                                        version("9", FIRST, true, "champion"),
                                        version("10", SECOND, true, "challenger"),
                                        version("11", "4".repeat(32), false, "old"),
                                        version("8", "5".repeat(32), true, "lost"))),
                        new RegisteredModel("older", List.of(version("1", FIRST, false)))));
        Path temporary = Files.createDirectories(folder.resolve("temporary"));
        return new ModelFinder(new TreeReader(tree), List.of(server), () -> LoggedModels.in(tracking, tree, temporary))
                .find(ModelReference.parse(reference));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            models:/rock-sorter@champion | version 9 of 'rock-sorter'  | 1
            models:/rock-sorter/9        | version 9 of 'rock-sorter'  | 1
            models:/rock-sorter/latest   | version 10 of 'rock-sorter' | 2
            runs:/latest/model           | 'model' of the run 'line'   | 2
            runs:/tree/model             | 'model' of the run 'tree'   | 1
            """)
    void theModelThatIsAskedForIsFound(String reference, String place, String run) throws IOException {
        assertThat(find(reference)).isInstanceOfSatisfying(ModelFinder.Found.class, found -> {
            assertThat(found.origin().place()).isEqualTo(place);
            assertThat(found.origin().runId()).isEqualTo(run.repeat(32));
            assertThat(found.origin().flavor()).isEqualTo("onnx");
            assertThat(found.description().format()).isEqualTo(Evaluator.Format.ONNX);
            assertThat(found.description().file()).isEqualTo("model.onnx");
            assertThat(found.description().inputs()).containsExactly("b", "a");
            assertThat(found.place().path()).contains(run.repeat(32));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            models:/rock-sorter@best   | NO_MODEL | no version of 'rock-sorter' has the alias 'best'; it has only challenger, champion, lost
            models:/rock-sorter@old    | NO_MODEL | no version of 'rock-sorter' has the alias 'old'; it has only challenger, champion, lost
            models:/rock-sorter/7      | NO_MODEL | 'rock-sorter' has no version 7; this grading's run made 9, 10, 8
            models:/rocksorter/latest  | NO_MODEL | this grading's run registered no model called 'rocksorter'; it registered rock-sorter
            models:/older/latest       | NO_MODEL | this grading's run registered no version of 'older'; the one in the repository was there before
            runs:/last/model           | NO_MODEL | this grading's run made no finished run called 'last'
            runs:/latest/other         | NO_MODEL | of the 2 finished runs none logged 'other' (models were logged as model)
            models/rocks.onnx          | NO_MODEL | after the run there is no models/rocks.onnx in the work tree
            """)
    void whatIsNotThereIsToldBesideWhatIs(String reference, Outcome outcome, String words) throws IOException {
        assertThat(find(reference)).isEqualTo(new ModelFinder.Missing(outcome, words));
    }

    @Test
    void aVersionWhoseFilesAreGoneIsTold() throws IOException {
        assertThat(find("models:/rock-sorter@lost")).isInstanceOfSatisfying(ModelFinder.Missing.class, missing -> {
            assertThat(missing.outcome()).isEqualTo(Outcome.NO_FILES);
            assertThat(missing.words())
                    .startsWith("version 8 of 'rock-sorter' is registered, but the files that it names");
        });
    }

    @Test
    void whatKeepsAModelOutOfGitIsNamed() throws IOException {
        write(tree, ".gitignore", "*.log\nmodels/\n");

        assertThat(find("models/rocks.onnx"))
                .isEqualTo(new ModelFinder.Missing(
                        Outcome.NO_MODEL,
                        "after the run there is no models/rocks.onnx in the work tree; .gitignore:2 ('models/') keeps it out of"
                                + " Git"));
    }

    /** It is there so that an output of a stage is not committed. */
    @Test
    void theLineThatDvcWroteIsNoReason() throws IOException {
        write(tree, "models/.gitignore", "/rocks.onnx\n");

        assertThat(find("models/rocks.onnx"))
                .isEqualTo(new ModelFinder.Missing(
                        Outcome.NO_MODEL, "after the run there is no models/rocks.onnx in the work tree"));
    }

    @Test
    void weightsThatGitIgnoresAreNamed() throws IOException {
        write(tree, "models/rocks/MLmodel", """
                flavors:
                  python_function: {loader_module: mlflow.sklearn, model_path: model.pkl}
                  sklearn: {pickled_model: model.pkl}
                """);
        write(tree, ".gitignore", "*.pkl\n");

        assertThat(find("models/rocks"))
                .isEqualTo(new ModelFinder.Missing(
                        Outcome.NO_FILES,
                        "the MLmodel of models/rocks names model.pkl, which is not there; .gitignore:1 ('*.pkl') keeps it out"
                                + " of Git"));
    }

    @Test
    void aFolderWithoutADescriptionIsNoModel() throws IOException {
        write(tree, "models/rocks/weights.bin", "x");

        assertThat(find("models/rocks"))
                .isEqualTo(new ModelFinder.Missing(
                        Outcome.NOT_LOADED,
                        "models/rocks is neither a model's file nor a folder with a readable MLmodel"));
    }

    @ParameterizedTest
    @CsvSource({
        "m.onnx, onnx, ONNX",
        "m.ubj, xgboost, XGBOOST",
        "m.json, xgboost, XGBOOST",
        "m.pkl, pickle, PICKLE",
        "m.joblib, joblib, JOBLIB",
        "m.skops, skops, SKOPS",
        "m.keras, keras, KERAS",
        "m.pt, pytorch, TORCH",
        "m.lgb, lightgbm, LIGHTGBM"
    })
    void aFileIsWhatItsNameSays(String name, String flavor, ModelDescription.Loader loader) throws IOException {
        write(tree, name, "x");

        assertThat(find(name)).isInstanceOfSatisfying(ModelFinder.Found.class, found -> {
            assertThat(found.description().flavor()).isEqualTo(flavor);
            assertThat(found.description().loader()).isEqualTo(loader);
        });
    }

    @Test
    void aDescriptionThatNamesAFileElsewhereIsLeftToItsOwnLibrary() throws IOException {
        write(tree, "model/MLmodel", "flavors:\n  onnx: {data: ../../secret.onnx}\n");

        assertThat(find("model"))
                .isInstanceOfSatisfying(
                        ModelFinder.Found.class,
                        found -> assertThat(found.description().format()).isNull());
    }

    @Test
    void onlyPlainFilesOfTheModelAreCopied() throws IOException, ModelCopy.TooLarge {
        write(tree, "model/MLmodel", "flavors: {}\n");
        write(tree, "model/deep/weights.bin", "w");
        write(tree, "secret.txt", "s");
        Files.createSymbolicLink(tree.resolve("model/link"), tree.resolve("secret.txt"));
        Path target = Files.createDirectory(folder.resolve("copy"));

        ModelCopy.make(new LoggedModels.Folder(new TreeReader(tree), "model"), target, 100);

        assertThat(target).isDirectoryRecursivelyContaining("glob:**weights.bin");
        assertThat(target.resolve("link")).doesNotExist();
    }
}
