package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.pipeline.checkout.RepositoryBuilder;

/** One server serves whatever MLflow a submission was written for, with the packages of its day. */
class EarlierClientsIT {
    private static final String LAB = """
            id: flowers
            title: A model in the registry
            points: 10
            environment: {python: "3.11"}
            limits: {time: 6m, memory: 2GiB, disk: 256MiB}
            run: dvc
            checks:
              - {id: installs, title: It installs, points: 1, environment-installs: true}
              - {id: runs, title: It runs, points: 2, reproduces: all}
              - {id: tracked, title: A run is tracked, points: 2, mlflow-runs: {min: 1}}
              - {id: carried, title: The run holds its model, points: 2, runs-carry: {params: [depth], metrics: [accuracy], model: true}}
              - {id: registered, title: A version is registered, points: 3, registered-model: {name: flowers, min-versions: 1}}
            """;
    /** A tree, which skops refuses where it is new; logged, registered, promoted and loaded in all the ways of the time. */
    private static final String TRAIN = """
            import mlflow, mlflow.sklearn
            from sklearn.datasets import load_iris
            from sklearn.tree import DecisionTreeClassifier

            features, labels = load_iris(return_X_y=True)
            mlflow.set_experiment("flowers")
            with mlflow.start_run(run_name="tree") as run:
                model = DecisionTreeClassifier(max_depth=3).fit(features, labels)
                mlflow.log_params({"depth": 3})
                mlflow.log_metric("accuracy", model.score(features, labels))
                mlflow.log_text("a tree", "notes/about.txt")
                mlflow.sklearn.log_model(model, "model", registered_model_name="flowers")
            expected = model.predict(features).tolist()
            client = mlflow.MlflowClient()
            assert [version.version for version in client.search_model_versions("name='flowers'")] in (["1"], [1])
            client.set_registered_model_alias("flowers", "champion", "1")
            client.transition_model_version_stage("flowers", "1", "Production")
            for uri in ("runs:/%s/model" % run.info.run_id, "models:/flowers/1", "models:/flowers@champion", "models:/flowers/Production"):
                assert mlflow.pyfunc.load_model(uri).predict(features).tolist() == expected, uri
            assert mlflow.sklearn.load_model("models:/flowers/latest").predict(features).tolist() == expected
            assert open(mlflow.artifacts.download_artifacts("runs:/%s/notes/about.txt" % run.info.run_id)).read() == "a tree"
            assert mlflow.search_runs(experiment_names=["flowers"])["params.depth"].tolist() == ["3"]
            open("accuracy.txt", "w").write(str(expected[:3]))
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"2.8.1, 2023-11-20", "3.17.2, 2026-11-20"})
    void the_oldest_and_the_newest_log_register_and_load(String version, String committed) throws Exception {
        everything(version, committed);
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource({"2.22.0, 2025-05-20", "3.3.2, 2025-09-05", "3.5.1, 2025-11-05", "3.11.1, 2026-04-20"})
    void those_between_log_register_and_load(String version, String committed) throws Exception {
        everything(version, committed);
    }

    private void everything(String version, String committed) throws Exception {
        Path repository = folder.resolve("flowers");
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            builder.write("requirements.txt", "mlflow==" + version + "\nscikit-learn\n")
                    .write("train.py", TRAIN)
                    .write(
                            "dvc.yaml",
                            "stages:\n  train: {cmd: python train.py, deps: [train.py], outs: [accuracy.txt]}\n")
                    .commit("Hand in", Instant.parse(committed + "T12:00:00Z"));
        }
        Path lab = Files.createDirectories(folder.resolve("lab"));
        Files.writeString(lab.resolve("lab.yaml"), LAB);

        Map<String, String> points = Graded.points(folder.resolve("home"), repository, lab);

        assertThat(points)
                .as(points::toString)
                .allSatisfy((check, words) -> assertThat(words)
                        .startsWith(
                                Map.of("installs", "1: ", "registered", "3: ").getOrDefault(check, "2: ")));
    }
}
