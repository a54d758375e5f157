package org.labharness.autograder.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.sandbox.Images;

/**
 * A grader as one writes it in an hour: DVC, the submission's commands and whoever looks at the results share one container and one folder.
 * What it believes shows that a forgery works where nothing is kept apart.
 */
final class UsualGrader {
    private static final long SECONDS = 60;

    private final Path folder;

    /** @param folder for copies of repositories */
    UsualGrader(Path folder) {
        this.folder = folder;
    }

    /** The last line of what a script says that is run in a copy of the repository. */
    String lastLine(Path repository, String script) throws IOException, InterruptedException {
        Path copy = folder.resolve(repository.getFileName() + "-as-usual");
        run(List.of("cp", "-a", repository.toString(), copy.toString()));
        String said = run(List.of(
                "docker",
                "run",
                "--rm",
                "--init",
                "--memory",
                "256m",
                "--memory-swap",
                "256m",
                "--network",
                "none",
                "--volume",
                copy + ":/work",
                "--workdir",
                "/work",
                "--env",
                "HOME=/tmp",
                "--env",
                "PATH=/opt/dvc/bin:/usr/local/bin:/usr/bin:/bin",
                "--env",
                "DVC_NO_ANALYTICS=1",
                "--entrypoint",
                "timeout",
                Images.load(Images.home(Path.of(""))).tools(PythonVersion.PY311),
                "40",
                "sh",
                "-c",
                script));
        return said.lines().reduce((one, next) -> next).orElse("");
    }

    static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return said;
    }
}
