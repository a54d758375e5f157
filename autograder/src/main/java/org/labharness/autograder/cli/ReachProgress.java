package org.labharness.autograder.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.labharness.autograder.reach.RosterReach;

/** How many repositories have been asked for, on standard error: one live line on a terminal, else a line now and then. */
final class ReachProgress implements RosterReach.Watcher {
    private static final Duration NOW_AND_THEN = Duration.ofSeconds(10);

    private final Console console;
    private final InstantSource clock;
    private final String did;
    private Instant said;

    ReachProgress(Console console, InstantSource clock) {
        this(console, clock, "Asked for ");
    }

    /** @param did what is done with each, such as {@code Asked for } */
    ReachProgress(Console console, InstantSource clock, String did) {
        this.did = did;
        this.console = console;
        this.clock = clock;
        this.said = clock.instant();
    }

    @Override
    public synchronized void answered(int done, int all) {
        String words = did + done + " of " + all + " repositories.";
        if (console.errTerminal()) {
            console.err().print("\r\u001B[2K" + (done < all ? words : ""));
            console.err().flush();
        } else if (done < all && !clock.instant().isBefore(said.plus(NOW_AND_THEN))) {
            said = clock.instant();
            console.err().println(words);
        }
    }
}
