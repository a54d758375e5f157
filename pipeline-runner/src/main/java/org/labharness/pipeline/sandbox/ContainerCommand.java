package org.labharness.pipeline.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.labharness.lab.Memory;

/**
 * A command in a container of its own.
 *
 * @param image image name
 * @param role short word for labels and messages: {@code stage}, {@code dvc}, {@code uv}, {@code tracking}
 * @param whose code runs in it
 * @param argv the command; run by the init of the image, which enforces the deadline and ends with the harness
 * @param environment all variables; nothing of the host's gets in by itself
 * @param workTree whether the work tree is mounted at {@code /work} (and is the working directory's root)
 * @param workingDirectory absolute path inside
 * @param user uid to run as; 0 only for containers without student code
 * @param output called with every chunk of output (standard error included), as it comes, up to the cap
 */
public record ContainerCommand(
        String image,
        String role,
        Whose whose,
        List<String> argv,
        Map<String, String> environment,
        List<Mount> mounts,
        boolean workTree,
        String workingDirectory,
        Network network,
        int user,
        Caps caps,
        Consumer<byte[]> output) {
    public ContainerCommand {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        mounts = List.copyOf(mounts);
    }

    /** The same, run as another user. */
    public ContainerCommand as(int uid) {
        return new ContainerCommand(
                image, role, whose, argv, environment, mounts, workTree, workingDirectory, network, uid, caps, output);
    }

    /** The same, with other mounts. */
    public ContainerCommand with(List<Mount> others) {
        return new ContainerCommand(
                image, role, whose, argv, environment, others, workTree, workingDirectory, network, user, caps, output);
    }

    /**
     * Limits of one container.
     *
     * @param memory swap included
     * @param scratch size of the in-memory {@code /tmp}, added to the memory limit; nothing, where the work tree is mounted: {@code /tmp}
     *     lies on the submission's disk, and what one command leaves there the next one finds
     * @param output bytes of output after which the command is killed
     * @param idle after so long without computing (less than a hundredth of one processor) it is killed; zero for never
     */
    public record Caps(
            Duration time, Memory memory, int processes, double cpus, Memory scratch, Memory output, Duration idle) {
        /** Of a command that may wait for as long as it likes. */
        public Caps(Duration time, Memory memory, int processes, double cpus, Memory scratch, Memory output) {
            this(time, memory, processes, cpus, scratch, output, Duration.ZERO);
        }
    }
}
