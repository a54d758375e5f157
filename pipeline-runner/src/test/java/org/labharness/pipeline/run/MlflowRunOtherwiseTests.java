package org.labharness.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.RunSpec;
import org.labharness.pipeline.document.TreeReader;

/** What comes after {@code mlflow run} has failed with certain words. */
class MlflowRunOtherwiseTests {
    private static final String RUN = "mlflow run . --env-manager local --entry-point main";
    private static final String OTHER_EXPERIMENT =
            "mlflow.exceptions.MlflowException: Cannot start run with ID 0123 because active experiment ID does not match"
                    + " environment run ID.";
    private static final String RUNNING = "2026/11/02 INFO mlflow.projects.backend.local: === Running command 'x' ===";
    private static final String ID = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path root;

    /** The lines that are tried after the first where each prints these. */
    private List<String> tried(String parameters, Map<String, String> given, String... printed) throws IOException {
        Files.writeString(
                root.resolve("MLproject"),
                "entry_points:\n  main: {parameters: {" + parameters + "}, command: python train.py}\n");
        MlProjectFile.Lookup lookup =
                MlProjectFile.find(new TreeReader(root), true).command(new RunSpec.MlProject("main", given));
        assertThat(lookup).isInstanceOf(MlProjectFile.Found.class);
        Command command = ((MlProjectFile.Found) lookup).command();
        assertThat(command.line()).startsWith(RUN);
        List<String> lines = new java.util.ArrayList<>();
        for (Command.Otherwise way : command.otherwise()) {
            String last = printed[Math.min(lines.size(), printed.length - 1)];
            if (way.said().matcher(last).find() != way.absent()) {
                lines.add(way.line());
            }
        }
        return lines;
    }

    private void code(String line) throws IOException {
        Files.writeString(root.resolve("train.py"), line + "\n");
    }

    @Test
    void an_experiment_of_its_own_is_named() throws IOException {
        code("mlflow.set_experiment('my wine')");
        assertThat(tried("", Map.of(), RUNNING + OTHER_EXPERIMENT, RUNNING))
                .containsExactly(RUN + " --experiment-name 'my wine'");
    }

    @Test
    void of_several_experiments_none_is_guessed() throws IOException {
        code("mlflow.set_experiment('a'); mlflow.set_experiment(\"b\")");
        assertThat(tried("", Map.of(), RUNNING + OTHER_EXPERIMENT, RUNNING)).containsExactly("python train.py");
    }

    @Test
    void a_store_that_a_parameter_names_is_ours_instead() throws IOException {
        code("mlflow.set_experiment('wine')");
        String withStore = RUN + " -P tracking_uri=\"$MLFLOW_TRACKING_URI\"";
        for (String words :
                List.of("Run with id=" + ID + " not found", "MlflowException: Run '" + ID + "' not found")) {
            assertThat(tried("tracking_uri: {default: 'sqlite:///x.db'}", Map.of(), RUNNING + words, RUNNING))
                    .containsExactly(withStore);
        }
        assertThat(tried(
                        "tracking_uri: {default: file:///tmp/x}, alpha: {default: 1}",
                        Map.of(),
                        RUNNING + "Run '" + ID + "' not found",
                        RUNNING + OTHER_EXPERIMENT,
                        RUNNING))
                .containsExactly(withStore, withStore + " --experiment-name wine");
    }

    @Test
    void such_parameters_have_many_names() throws IOException {
        for (String name : List.of("mlflow_uri", "MLFLOW_TRACKING_URI", "tracking-url", "mlflow_tracking_server_uri")) {
            assertThat(tried(name + ": {default: a}", Map.of(), RUNNING + "Run '" + ID + "' not found", RUNNING))
                    .containsExactly(RUN + " -P " + name + "=\"$MLFLOW_TRACKING_URI\"");
        }
    }

    @Test
    void what_the_lab_gives_stays() throws IOException {
        assertThat(tried(
                        "tracking_uri: {default: a}",
                        Map.of("tracking_uri", "b"),
                        RUNNING + "Run '" + ID + "' not found",
                        RUNNING))
                .as("the command does not name the parameter, so it is appended as an option")
                .containsExactly("python train.py --tracking_uri b");
        assertThat(tried("data_uri: {default: a}", Map.of(), RUNNING + "Run '" + ID + "' not found", RUNNING))
                .containsExactly("python train.py");
    }

    @Test
    void a_project_that_mlflow_cannot_start_is_run_as_it_would() throws IOException {
        assertThat(tried("", Map.of(), "ModuleNotFoundError: No module named 'pkg_resources'"))
                .containsExactly("python train.py");
        assertThat(tried("", Map.of(), RUNNING + "ValueError: the work's own")).isEmpty();
    }
}
