package org.labharness.pipeline.sandbox;

import java.io.IOException;
import java.util.Set;

/**
 * What one submission was given. {@link #close} kills what still runs, then removes containers, namespace and file system; it may be
 * called at any time, from any thread, more than once.
 */
public interface SubmissionSpace extends AutoCloseable {
    SpaceLayout layout();

    /** What was asked for. */
    SpaceRequest request();

    /**
     * Makes the network namespace and answers these loopback ports with the tracking server's socket. Called once, before the first
     * {@link #start} of a command with {@link Network#SUBMISSION}.
     */
    void openNetwork(Set<LoopbackPort> ports);

    /** Whether anything ever connected to one of the ports that {@link #openNetwork} answers. */
    boolean wasAsked();

    /** Starts a command in a container of its own; what happens to it is a result, never an exception. */
    Execution start(ContainerCommand command);

    /**
     * Makes a container for a command that is told later; returns at once.
     *
     * @param command all but {@code argv} and working directory, which are not looked at
     */
    Standby standBy(ContainerCommand command);

    /**
     * Copies the work tree and {@code /tmp} to a place that does not count against the submission's disk; kept until the space is closed.
     * Nothing of the submission may run meanwhile.
     *
     * @param name of the copy, of its own within the space
     * @param tracking whether the tracking server's data are copied too
     * @throws IOException where what is in the folders cannot be copied: paths longer than the system takes, say
     */
    SpaceCopy copy(String name, boolean tracking) throws IOException;

    /**
     * Fills the work tree and the tracking server's data with copies of another space's, owned by this one's user. Nothing of either
     * submission may run meanwhile.
     *
     * @throws IOException where what is in the folders cannot be copied, or does not fit
     */
    void fill(SpaceLayout from) throws IOException;

    /** Ends and removes every container; the folders stay, to be read while nothing of the submission runs. */
    void endContainers();

    @Override
    void close();
}
