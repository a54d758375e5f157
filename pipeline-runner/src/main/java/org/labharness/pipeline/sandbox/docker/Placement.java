package org.labharness.pipeline.sandbox.docker;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Sign;

/**
 * What the sandbox adds to a command.
 *
 * @param networkMode as the engine calls it: {@code none}, {@code host}, {@code container:<id>}
 * @param maxFileBytes largest file that may be written, 0 for no limit
 * @param heard is told what the container does
 */
record Placement(
        Map<String, String> labels,
        List<Mount> mounts,
        Map<String, String> environment,
        String networkMode,
        Map<String, String> sysctls,
        long maxFileBytes,
        Consumer<Sign> heard) {
    Placement {
        labels = Map.copyOf(labels);
        mounts = List.copyOf(mounts);
        environment = Map.copyOf(environment);
        sysctls = Map.copyOf(sysctls);
    }
}
