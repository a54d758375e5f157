package org.labharness.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.HiddenCopyFacts;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.PredictionFacts;
import org.labharness.pipeline.evidence.PredictionFacts.Outcome;

/** Models that lie in the tree after a run, honest and hostile, on rows that the submission never saw. */
class PredictionsIT {
    private static final String LAB = """
            id: beans
            title: Beans
            points: 10
            environment: {python: "3.11"}
            limits: {time: 20s, memory: 512MiB, disk: 64MiB}
            hidden:
              beans: {program: make.py, rows: 60, label: y, predicts: numbers, min-rows: 50}
            run: {commands: ["python train.py"]}
            checks:
              - {id: q, title: Q, points: 10, hidden-score: {model: MODEL, data: beans, metric: rmse, tiers: {0.01: 10}}}
            """;
    /** The same of rows that the submission itself writes. */
    private static final String OWN = LAB.replace(
            "hidden-score: {model: MODEL, data: beans, metric: rmse, tiers: {0.01: 10}}",
            "claim-holds: {model: MODEL, test: {file: test.csv, label: y, predicts: numbers}, metric: rmse, file: m.json, claimed: rmse,"
                    + " tolerance: 0.001}");
    /** Appended to what trains: rows of which y is a + 2 b - c, as pandas writes them. */
    private static final String ROWS = """

                with open("test.csv", "w") as out:
                    print(",a,b,c,y", file=out)
                    for row in range(40):
                        print(row, row, 2 * row, 3, 5 * row - 3, sep=",", file=out)
            """;
    /** y is a + 2 b - c, which is what regression.onnx says as well. */
    private static final String MAKE = """
            import random, sys
            chance = random.Random(int(sys.argv[1]))
            with open(sys.argv[3], "w") as out:
                print("a,b,c,y", file=out)
                for row in range(int(sys.argv[2])):
                    a, b, c = (round(chance.uniform(-3, 3), 3) for _ in range(3))
                    print(a, b, c, round(a + 2 * b - c, 6), sep=",", file=out)
            """;
    /** A model in plain Python: what loads it is pickle. */
    private static final String TRAIN = """
            import pickle

            class Sum:
                def predict(self, frame):
            BODY

            if __name__ == "__main__":
                import train
                with open("model.pkl", "wb") as out:
                    pickle.dump(train.Sum(), out)
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
    }

    private PredictionFacts predicted(String model) throws IOException, InterruptedException {
        return predicted(model, LAB);
    }

    private PredictionFacts predicted(String model, String lab) throws IOException, InterruptedException {
        git("init", "-q");
        git("add", "-A");
        git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "Hand in");
        Evidence evidence = RUN.of(repository, lab.replace("MODEL", model), Progress.SILENT);
        assertThat(evidence.predictions()).hasSize(1);
        return evidence.predictions().getFirst();
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private void trains(String... lines) throws IOException {
        String body = String.join("\n", lines).indent(8).stripTrailing();
        Files.writeString(repository.resolve("train.py"), TRAIN.replace("BODY", body));
        Files.writeString(repository.resolve("requirements.txt"), "numpy==1.26.4\npandas==2.2.3\n");
    }

    private void resource(String name, String to) throws IOException {
        try (var in =
                Objects.requireNonNull(getClass().getResourceAsStream("/org/labharness/pipeline/probe/" + name))) {
            Files.write(repository.resolve(to), in.readAllBytes());
        }
        Files.writeString(repository.resolve("train.py"), "print('nothing to do')\n");
    }

    @Test
    void anOnnxFileIsMeasured() throws Exception {
        resource("regression.onnx", "model.onnx");

        PredictionFacts facts = predicted("model.onnx");

        assertThat(facts.outcome()).as(facts.detail()).isEqualTo(Outcome.MEASURED);
        assertThat(facts.measured().get("rmse")).isLessThan(0.01);
        assertThat(facts.predictions()).hasSize(60);
        assertThat(facts.order()).isZero();
        assertThat(facts.labels()).hasSize(64);
    }

    @Test
    void aModelIsMeasuredOnRowsThatTheRunWrote() throws Exception {
        trains("return frame['a'] + 2 * frame['b'] - frame['c'] + (list(frame.columns) != ['a', 'b', 'c'])");
        Files.writeString(repository.resolve("train.py"), ROWS, StandardOpenOption.APPEND);

        PredictionFacts facts = predicted("model.pkl", OWN);

        assertThat(facts.outcome()).as(facts.detail() + facts.staff()).isEqualTo(Outcome.MEASURED);
        assertThat(facts.data()).isEqualTo("test.csv: y (numbers)");
        assertThat(facts.measured().get("rmse")).isLessThan(1e-5);
        assertThat(facts.rows()).isEqualTo(40);
    }

    @Test
    void whatAModelSaysOfItsOwnRowsIsTold() throws Exception {
        trains("raise ValueError('could not convert string to float: dark')");
        Files.writeString(repository.resolve("train.py"), ROWS, StandardOpenOption.APPEND);

        PredictionFacts facts = predicted("model.pkl", OWN);

        assertThat(facts.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(facts.detail()).isEqualTo("ValueError: could not convert string to float: dark");
        assertThat(facts.staff()).isEmpty();
    }

    @Test
    void rowsThatNoStageWroteAreTheirs() throws Exception {
        resource("regression.onnx", "model.onnx");

        PredictionFacts facts = predicted("model.onnx", OWN);

        assertThat(facts.outcome()).isEqualTo(Outcome.NO_ROWS);
        assertThat(facts.detail()).isEqualTo("After the run there is no test.csv.");
    }

    /** Handed in and taken away by a stage, and kept in a model. */
    @Test
    void copiesOfHiddenRowsAreFoundBeforeAndAfterTheRun() throws Exception {
        String rows = IntStream.range(0, 60)
                .mapToObj(row -> String.format(
                        Locale.ROOT,
                        "%.3f,%.4f,%.3f,%d",
                        1 + row * 0.317,
                        7 - row * 0.0913,
                        2 + row * row * 0.011,
                        row))
                .collect(Collectors.joining("\n", "a,b,c,y\n", "\n"));
        Files.writeString(folder.resolve("lab/rows.csv"), rows);
        Files.writeString(repository.resolve("known.csv"), rows);
        Files.writeString(repository.resolve("train.py"), """
                import os, struct
                lines = open("known.csv").read().split()[1:]
                with open("model.bin", "wb") as out:
                    out.write(b"model")
                    for line in lines:
                        out.write(struct.pack("<3d", *map(float, line.split(",")[:3])))
                os.remove("known.csv")
                """);
        git("init", "-q");
        git("add", "-A");
        git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "Hand in");

        Evidence evidence = RUN.of(
                repository,
                LAB.replace("program: make.py, rows: 60", "file: rows.csv")
                        .replace(
                                "hidden-score: {model: MODEL, data: beans, metric: rmse, tiers: {0.01: 10}}",
                                "no-hidden-rows: {data: beans}"),
                Progress.SILENT);

        assertThat(evidence.hiddenCopies()).singleElement().satisfies(copies -> {
            assertThat(copies.whole()).isTrue();
            assertThat(copies.files())
                    .contains(
                            new HiddenCopyFacts.Copies("known.csv", HiddenCopyFacts.Where.HANDED_IN, 60, 0),
                            new HiddenCopyFacts.Copies("model.bin", HiddenCopyFacts.Where.MADE, 60, 0));
        });
    }

    @Test
    void aModelThatNobodyMadeIsTold() throws Exception {
        resource("regression.onnx", "model.onnx");

        PredictionFacts facts = predicted("models/other.onnx");

        assertThat(facts.outcome()).isEqualTo(Outcome.NO_MODEL);
        assertThat(facts.detail()).isEqualTo("after the run there is no models/other.onnx in the work tree");
    }

    @Test
    void weightsOutsideOfTheModelsFolderAreRefused() throws Exception {
        resource("weights-outside.onnx", "model.onnx");

        PredictionFacts facts = predicted("model.onnx");

        assertThat(facts.outcome()).isEqualTo(Outcome.NOT_LOADED);
        assertThat(facts.detail()).contains("'../../etc/passwd'");
    }

    @Test
    void aPickledModelPredictsWithItsOwnCodeAndPackages() throws Exception {
        trains("return frame['a'] + 2 * frame['b'] - frame['c']");

        PredictionFacts facts = predicted("model.pkl");

        assertThat(facts.outcome()).as(facts.detail() + facts.staff()).isEqualTo(Outcome.MEASURED);
        assertThat(facts.measured().get("rmse")).isLessThan(1e-5);
        assertThat(facts.order()).isPositive();
    }

    /** No network, nothing hidden but the features, nothing to write to, and no words back. */
    @Test
    void aHostileModelFindsNoLabelAndTellsNobody() throws Exception {
        trains(
                "import os, socket",
                "seen = []",
                "for root, folders, files in os.walk('/'):",
                "    folders[:] = [one for one in folders if one not in ('proc', 'sys', 'env', 'usr', 'opt')]",
                "    seen += [os.path.join(root, one) for one in files if one in ('rows.csv', 'make.py', 'course-seed')]",
                "try:",
                "    socket.create_connection(('127.0.0.1', 27180), 1)",
                "    seen.append('server')",
                "except OSError:",
                "    pass",
                "for place in ('/work/train.py', '/model/model.pkl', '/features', '/env/x'):",
                "    try:",
                "        open(place, 'a')",
                "        seen.append('wrote ' + place)",
                "    except OSError:",
                "        pass",
                "raise RuntimeError(f'columns {list(frame.columns)} found {seen} row {frame.iloc[0].tolist()}')");

        PredictionFacts facts = predicted("model.pkl");

        assertThat(facts.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(facts.detail()).isEmpty();
        assertThat(facts.staff()).contains("columns ['a', 'b', 'c'] found [] row [");
    }

    @Test
    void tooFewPredictionsAreTold() throws Exception {
        trains("return [1.0] * (len(frame) - 1)");

        PredictionFacts facts = predicted("model.pkl");

        assertThat(facts.outcome()).isEqualTo(Outcome.NO_PREDICTION);
        assertThat(facts.detail()).isEqualTo("it gave 59 predictions for 60 rows");
    }

    @Test
    void predictionsThatAreNoNumbersAreTold() throws Exception {
        trains("return [float('nan')] * 2 + [1.0] * (len(frame) - 2)");

        PredictionFacts facts = predicted("model.pkl");

        assertThat(facts.outcome()).isEqualTo(Outcome.NO_PREDICTION);
        assertThat(facts.detail()).isEqualTo("of its 60 predictions 2 are missing (NaN)");
    }

    @Test
    void aForgedFileOfPredictionsIsReadAsData() throws Exception {
        trains(
                "import os",
                "os.symlink('/etc/passwd', '/out/predictions.part')",
                "os.rename('/out/predictions.part', '/out/predictions')",
                "os._exit(0)");

        PredictionFacts facts = predicted("model.pkl");

        assertThat(facts.outcome()).isEqualTo(Outcome.NO_PREDICTION);
        assertThat(facts.predictions()).isEmpty();
    }

    @Test
    void aModelThatTakesTooLongHitsTheLimit() throws Exception {
        trains("while True: pass");

        PredictionFacts facts = predicted("model.pkl", LAB.replace("time: 20s", "time: 8s"));

        assertThat(facts.outcome()).isEqualTo(Outcome.LIMIT);
        assertThat(facts.limits()).extracting(LimitHit::name).contains(LimitHit.Name.TIME);
    }

    /** As {@code read_csv} gives them: whole numbers, yes and no, and nothing where a cell is empty or says so. */
    @Test
    void columnsArriveAsPandasReadsThem() throws Exception {
        Files.writeString(folder.resolve("lab/make.py"), """
                import sys
                with open(sys.argv[3], "w") as out:
                    print("code,electric,town,gap,y", file=out)
                    for row in range(int(sys.argv[2])):
                        print(row, row % 3 == 0, ("", "NA", "Bern")[row % 3], "" if row % 7 == 0 else row, row, sep=",", file=out)
                """);
        trains(
                "kinds = [str(kind) for kind in frame.dtypes]",
                "assert kinds == ['int64', 'bool', 'object', 'float64'], kinds",
                "assert set(frame['town'].dropna()) == {'Bern'} and frame['town'].isna().sum() == 40, frame['town']",
                "assert set(frame[~frame['electric']]['code'] % 3) == {1, 2}",
                "return frame['code']");

        PredictionFacts facts = predicted("model.pkl");

        assertThat(facts.outcome()).as(facts.staff()).isEqualTo(Outcome.MEASURED);
        assertThat(facts.measured().get("rmse")).isZero();
    }

    @Test
    void aModelGetsTheColumnsThatItWasTrainedWith() throws Exception {
        trains(
                "assert list(frame.columns) == ['c', 'a'], list(frame.columns)",
                "return frame['a']",
                "feature_names_in_ = ['c', 'a']");
        outdent("feature_names_in_");

        PredictionFacts facts = predicted("model.pkl");

        assertThat(facts.outcome()).as(facts.staff()).isEqualTo(Outcome.MEASURED);
    }

    @Test
    void columnsThatAModelWasTrainedWithAndThatAreNotThereAreTold() throws Exception {
        trains("return frame['z'] + frame.iloc[0, 0]", "feature_names_in_ = ['a', 'z']");
        outdent("feature_names_in_");

        PredictionFacts facts = predicted("model.pkl");

        assertThat(facts.outcome()).isEqualTo(Outcome.OTHER_INPUTS);
        assertThat(facts.detail()).isEqualTo("it was trained with z, and the data has a, b, c");
    }

    /** From the body of a method to that of its class. */
    private void outdent(String line) throws IOException {
        Path script = repository.resolve("train.py");
        Files.writeString(script, Files.readString(script).replace("        " + line, "    " + line));
    }

    /** What a model says without rows is told, so nothing that it kept of rows may be there. */
    @Test
    void aModelThatIsLoadedAgainFindsNothingOfItsFirstContainer() throws Exception {
        trains("return frame['a']");
        Files.writeString(repository.resolve("train.py"), """
                import os, pickle

                class Model:
                    def __reduce__(self):
                        return load, ()

                def load():
                    if os.path.exists("/out/kept"):
                        raise ValueError("kept " + open("/out/kept").read())
                    with open("/out/kept", "w") as kept:
                        kept.write(str(open("/features", "rb").read()[-80:]))
                    raise ValueError("found nothing")

                if __name__ == "__main__":
                    import train
                    with open("model.pkl", "wb") as out:
                        pickle.dump(train.Model(), out)
                """);

        PredictionFacts facts = predicted("model.pkl");

        assertThat(facts.outcome()).isEqualTo(Outcome.NOT_LOADED);
        assertThat(facts.detail()).isEqualTo("ValueError: found nothing");
    }

    @Test
    void whatAModelLacksToBeLoadedIsTold() throws Exception {
        trains("return frame['a']");
        Files.writeString(repository.resolve("train.py"), """
                import sys, types, pickle
                gone = types.ModuleType("gone")
                exec("class Model:\\n    def predict(self, frame): return frame['a']", gone.__dict__)
                gone.Model.__module__ = "gone"
                sys.modules["gone"] = gone
                pickle.dump(gone.Model(), open("model.pkl", "wb"))
                """);

        PredictionFacts facts = predicted("model.pkl");

        assertThat(facts.outcome()).isEqualTo(Outcome.NOT_LOADED);
        assertThat(facts.detail()).isEqualTo("ModuleNotFoundError: No module named 'gone'");
    }
}
