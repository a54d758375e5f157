package org.labharness.autograder.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.evidence.Evidence;

/**
 * The same commit without the harness: {@code dvc repro} by the engine's own command line, in the same image with the same
 * environment, as one container. Making the fresh clone is not counted.
 */
final class BareRun {
    private final Path home;
    private final Path content;
    private final Path folder;
    private int count;

    BareRun(Path home, Path content, Path folder) {
        this.home = home;
        this.content = content;
        this.folder = folder;
    }

    /** Wall seconds of one run, with the image and environment that the evidence names. */
    double seconds(Evidence graded) throws IOException {
        Path clone = folder.resolve("bare-" + ++count);
        try (RepositoryBuilder builder = RepositoryBuilder.create(clone)) {
            builder.writeAll(content);
            builder.commit("The sample", Instant.parse("2026-09-01T10:00:00Z"));
        }
        Path environment = environment(graded);
        return new Command(line(clone, environment, image(graded)), folder, folder.resolve("bare.log")).time();
    }

    private static List<String> line(Path clone, Path environment, String image) {
        return List.of(
                "docker",
                "run",
                "--rm",
                "--network",
                "none",
                "--label",
                "org.labharness.bench=true",
                "--volume",
                clone + ":/work",
                "--volume",
                environment + ":/env:ro",
                "--workdir",
                "/work",
                "--env",
                "PATH=/env/bin:/usr/local/bin:/usr/bin:/bin:/opt/lab/last",
                "--env",
                "HOME=/tmp",
                "--env",
                "MLFLOW_ALLOW_FILE_STORE=true",
                "--env",
                "DVC_NO_ANALYTICS=1",
                "--env",
                "GIT_CONFIG_COUNT=1",
                "--env",
                "GIT_CONFIG_KEY_0=safe.directory",
                "--env",
                "GIT_CONFIG_VALUE_0=*",
                "--entrypoint",
                "/opt/dvc/bin/dvc",
                image,
                "repro",
                "--force",
                "--no-run-cache");
    }

    private Path environment(Evidence graded) throws IOException {
        if (graded.environment() == null || graded.environment().digest().isEmpty()) {
            throw new BenchFailed("the sample's environment could not be made; grade it once and read its report");
        }
        Path venv =
                home.resolve("environments/venvs").resolve(graded.environment().digest());
        if (!Files.isDirectory(venv)) {
            throw new BenchFailed("the environment that the grading used is not in " + venv);
        }
        return venv.toRealPath();
    }

    private static String image(Evidence graded) {
        String image = graded.harness().images().get("tools.py311");
        if (image == null) {
            throw new BenchFailed("the evidence names no image tools.py311");
        }
        return image;
    }
}
