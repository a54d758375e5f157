package org.labharness.pipeline.fetch;

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

/** The container that fetches: with a network, without student code, and with nothing of the submission but one empty folder. */
final class FetchContainer {
    private static final String INSIDE = "/fetched";
    /** Beyond the time for fetching itself: start, sums of what came, end. */
    private static final Duration BESIDE = Duration.ofMinutes(1);

    private final SubmissionSpace space;
    private final String image;

    FetchContainer(SubmissionSpace space, String image) {
        this.space = space;
        this.image = image;
    }

    ExecutionResult run(Path folder, FetchLimits limits) {
        Duration time = limits.time().plus(BESIDE);
        return space.start(new ContainerCommand(
                        image,
                        "fetch",
                        Whose.OURS,
                        List.of("/usr/bin/python3", "-I", "/opt/lab/lib/fetch_data.py", INSIDE),
                        Map.of("LANG", "C.UTF-8", "HOME", "/tmp", "PATH", "/usr/local/bin:/usr/bin:/bin"),
                        List.of(Mount.readWrite(folder, INSIDE)),
                        false,
                        "/tmp",
                        Network.PACKAGE_INDEX,
                        space.layout().uid(),
                        new ContainerCommand.Caps(
                                time, Memory.mebibytes(512), 128, 2, Memory.mebibytes(16), Memory.mebibytes(1)),
                        chunk -> {}))
                .await(time, "The fetching of data");
    }
}
