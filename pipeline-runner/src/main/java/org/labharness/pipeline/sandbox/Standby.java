package org.labharness.pipeline.sandbox;

import java.util.List;
import java.util.Map;

/** A container that runs and waits for its command: making one takes longer than many a stage. Used once. */
public interface Standby extends AutoCloseable {
    /**
     * Gives it the command. The time of its caps has been running since it was made.
     *
     * @param environment variables beside those it was made with
     * @param workingDirectory absolute path inside
     */
    Execution run(List<String> argv, Map<String, String> environment, String workingDirectory);

    /** Ends it where it was given no command. */
    @Override
    void close();
}
