package org.labharness.pipeline.sandbox.docker;

import java.nio.file.Path;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.SandboxContract;

class DockerSandboxIT extends SandboxContract {
    @Override
    protected Sandbox create(Path folder) {
        return new DockerSandbox(TestEngine.settings(folder));
    }

    @Override
    protected String image() {
        return TestEngine.image();
    }
}
