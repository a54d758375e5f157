package org.labharness.pipeline.fetch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.SubmissionSpace;

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
        Execution execution = space.start(new ContainerCommand(
                image,
                "fetch",
                List.of("/usr/bin/python3", "-I", "/opt/lab/lib/fetch_data.py", INSIDE),
                Map.of("LANG", "C.UTF-8", "HOME", "/tmp", "PATH", "/usr/local/bin:/usr/bin:/bin"),
                List.of(Mount.readWrite(folder, INSIDE)),
                false,
                "/tmp",
                Network.PACKAGE_INDEX,
                space.layout().uid(),
                new ContainerCommand.Caps(
                        time, Memory.mebibytes(512), 128, 2, Memory.mebibytes(16), Memory.mebibytes(1)),
                chunk -> {}));
        try {
            return execution.result().get(time.plus(BESIDE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            execution.kill();
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "Fetching data was interrupted.", e);
        } catch (TimeoutException e) {
            execution.kill();
            throw new SystemBroke(Breakdown.TIMED_OUT, "Fetching data outlived its " + time.toSeconds() + " s.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SystemBroke broke
                    ? broke
                    : new SystemBroke(Breakdown.ENGINE_FAILED, "Fetching data was lost: " + e.getCause(), e);
        }
    }
}
