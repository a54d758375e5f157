package org.labharness.pipeline.environment;

import java.nio.file.Path;
import java.util.Map;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.docker.DockerSandbox;
import org.labharness.pipeline.sandbox.docker.DockerSettings;

/** A harness of its own that waits for a line, makes one environment, says whether it built it, and which it is. */
final class TwinBuilder {
    private TwinBuilder() {}

    /** @param arguments state folder for environments, a tree with requirements, the address of a package index */
    public static void main(String[] arguments) throws java.io.IOException {
        DockerSettings real = DockerSettings.of(Images.home(Path.of("")), false);
        Map<String, String> host = Map.of("UV_DEFAULT_INDEX", arguments[2], "HOME", arguments[0]);
        try (Sandbox sandbox = new DockerSandbox(new DockerSettings(real.home(), real.images(), false, host))) {
            System.out.println("ready");
            if (System.in.read() < 0) {
                return;
            }
            PreparedEnvironment made = new Environments(sandbox, real.images(), Path.of(arguments[0]))
                    .prepare(Path.of(arguments[1]), EnvironmentSpec.OF_THE_SUBMISSION, Shelf.CAP, TwinBuilder::tell);
            System.out.println("made " + made.facts().digest());
            made.close();
        }
    }

    private static void tell(Progress.Event event) {
        if (event instanceof Progress.Event.Note note) {
            System.out.println(note.text());
        }
    }
}
