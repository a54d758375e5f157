package org.labharness.pipeline.sandbox;

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

    /** Starts a container of the harness's own, no student code inside, that lives until it is killed or this is closed. */
    Execution startShared(ContainerCommand command);

    @Override
    void close();
}
