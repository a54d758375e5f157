package org.labharness.pipeline.sandbox.docker;

import java.util.Map;
import java.util.Set;
import org.labharness.pipeline.sandbox.ContainerCommand;

/** Starts containers that carry the instance's label. */
record ContainerRunner(String instance, Engine engine, ContainerMaker maker, PackageIndexSettings index) {
    RunningContainer start(ContainerCommand command, Placement placement, DiskGauge disk, Set<RunningContainer> alive) {
        RunningContainer container = standBy(command, placement, disk, alive);
        container.run(command.argv(), Map.of(), command.workingDirectory());
        return container;
    }

    /** Starts one whose command is told later. */
    RunningContainer standBy(
            ContainerCommand command, Placement placement, DiskGauge disk, Set<RunningContainer> alive) {
        return new RunningContainer(engine, maker, command, placement, disk).begin(alive);
    }

    Map<String, String> labels(String submission, String role) {
        return Map.of(Leftovers.LABEL, instance, "org.labharness.submission", submission, "org.labharness.role", role);
    }
}
