package org.labharness.pipeline.sandbox.docker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.labharness.lab.Memory;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.LoopbackPort;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.sandbox.Whose;

/** A harness process that gets as far as it is told, says so, and waits to be killed. */
final class DoomedHarness {
    private DoomedHarness() {}

    public static void main(String[] args) throws Exception {
        Moment moment = Moment.valueOf(args[1]);
        DockerSandbox sandbox = new DockerSandbox(TestEngine.settings(Path.of(args[0])));
        say("instance " + sandbox.instance());
        if (moment != Moment.PREPARED) {
            openSpace(sandbox, moment);
        }
        say("reached");
        Thread.sleep(Duration.ofMinutes(5));
    }

    private static void openSpace(DockerSandbox sandbox, Moment moment) {
        SubmissionSpace space = sandbox.open(new SpaceRequest("doomed", Memory.mebibytes(64)));
        if (moment == Moment.OPENED) {
            return;
        }
        space.openNetwork(Set.of(new LoopbackPort(5000, true)));
        sandbox.startShared(new ContainerCommand(
                TestEngine.image(),
                "tracking",
                Whose.THEIRS,
                List.of("sleep", "300"),
                Map.of(),
                List.of(),
                false,
                "/",
                Network.NONE,
                0,
                TestEngine.CAPS,
                bytes -> {}));
        TestEngine.start(
                space,
                TestEngine.CAPS,
                Network.SUBMISSION,
                "/bin/sh",
                "-c",
                "touch /work/up; (sleep 301 &); exec sleep 300");
        if (moment == Moment.STAGE) {
            Eventually.holds(() -> space.layout().work().resolve("up").toFile().exists());
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** How far it gets before it is killed. */
    enum Moment {
        PREPARED,
        OPENED,
        /** Containers are just being made. */
        STARTING,
        STAGE
    }
}
