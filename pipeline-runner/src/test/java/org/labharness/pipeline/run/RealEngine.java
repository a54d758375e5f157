package org.labharness.pipeline.run;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.docker.DockerSandbox;
import org.labharness.pipeline.sandbox.docker.DockerSettings;

/** The engine of this machine with the images that were built on it, open until the tests of a class have ended. */
final class RealEngine implements AfterAllCallback {
    private final DockerSettings settings = DockerSettings.of(Images.home(Path.of("")), false);
    private final Sandbox sandbox = new DockerSandbox(settings);

    Scene.Outcome play(Scene scene) throws Exception {
        return scene.play(sandbox, settings.images());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        sandbox.close();
    }
}
