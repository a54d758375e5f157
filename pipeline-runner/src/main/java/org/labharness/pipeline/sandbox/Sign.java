package org.labharness.pipeline.sandbox;

import java.time.Duration;
import java.util.function.Consumer;

/** What is heard of a submission's containers while they run; whoever hears it is called from threads of theirs and returns at once. */
public enum Sign {
    /** The harness's own code in a container goes on: it has computed or written something since the last time. */
    WORKS,
    /** Code of the submission begins to run; from now on nothing need be heard. */
    THEIRS_BEGINS,
    THEIRS_ENDS;

    /** How often {@link #WORKS} is told, while there is something to tell. */
    public static final Duration EVERY = Duration.ofSeconds(5);

    /** Nobody listens; containers of which this is told show no signs at all. */
    public static final Consumer<Sign> UNHEARD = sign -> {};
}
