package org.labharness.pipeline.custom;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.labharness.lab.Memory;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.sandbox.Whose;

/** The container of pytest: without a network, nothing to be written but its own {@code /tmp}, and nothing of the student's environment. */
final class CustomContainer {
    private final SubmissionSpace space;
    private final String image;
    private final Duration time;

    CustomContainer(SubmissionSpace space, String image, Duration time) {
        this.space = space;
        this.image = image;
        this.time = time;
    }

    ExecutionResult run(String target, Path suite, Path evidence, Path tree, ToldLines told) {
        return space.start(new ContainerCommand(
                        image,
                        "custom",
                        Whose.THEIRS,
                        List.of("/opt/pytest/bin/python", "-I", "-B", "/opt/lab/lib/custom_check.py", target),
                        Map.of(
                                "LAB_WORD",
                                told.word(),
                                "LAB_SECONDS",
                                Long.toString(Math.max(1, time.toSeconds())),
                                "PATH",
                                "/opt/pytest/bin:/usr/local/bin:/usr/bin:/bin",
                                "HOME",
                                "/tmp",
                                "LANG",
                                "C.UTF-8",
                                "PYTHONDONTWRITEBYTECODE",
                                "1"),
                        List.of(
                                Mount.readOnly(suite, "/suite"),
                                Mount.readOnly(evidence, "/evidence"),
                                Mount.readOnly(tree, "/tree")),
                        false,
                        "/suite",
                        Network.NONE,
                        space.layout().uid(),
                        new ContainerCommand.Caps(
                                time, Memory.mebibytes(512), 128, 1, Memory.mebibytes(64), Memory.mebibytes(8)),
                        told::add))
                .await(time, "A run of the lab's own tests");
    }
}
