package org.labharness.pipeline.sandbox;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The place where student code runs. One per harness process; safe for use by several threads.
 *
 * <p>Lifecycle: {@link #open} makes what one submission needs (a uid of its own, a size-capped file system, a network namespace with
 * loopback only), {@link #startShared} starts a container of the harness's own that several submissions use, {@link #close} removes
 * everything that is left. When the harness dies, everything made here is removed without it.
 *
 * <p>Every method throws {@link org.labharness.pipeline.SystemBroke} when the engine fails, never because of what ran inside.
 */
public interface Sandbox extends AutoCloseable {
    SubmissionSpace open(SpaceRequest request);

    /**
     * The folder below which the folders of all spaces appear ({@link SpaceLayout}). A shared container mounts it with
     * {@link Mount#slave} to see those that are opened later.
     */
    Path root();

    /**
     * Starts a container of the harness's own, no student code inside, that lives until it is killed or this is closed.
     *
     * @param heard is told what it does
     */
    Execution startShared(ContainerCommand command, Consumer<Sign> heard);

    /** The same where nobody waits for it. */
    default Execution startShared(ContainerCommand command) {
        return startShared(command, Sign.UNHEARD);
    }

    /** How many containers were started and are not removed yet; answered at once, without asking the engine. */
    default int containers() {
        return 0;
    }

    @Override
    void close();
}
