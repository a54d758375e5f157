package org.labharness.autograder.cli;

import java.time.Duration;
import java.time.InstantSource;
import org.labharness.autograder.intake.Collector.Result;
import org.labharness.autograder.intake.RosterCollection;

/** How many repositories have been read, on standard error. */
final class CollectionProgress implements RosterCollection.Watcher, AutoCloseable {
    private final Console console;
    private final ReachProgress counter;
    private final int all;
    private int done;

    CollectionProgress(Console console, int all) {
        this.console = console;
        this.counter = new ReachProgress(console, InstantSource.system(), "Read ");
        this.all = all;
    }

    @Override
    public synchronized void collected(Result result) {
        done++;
        counter.answered(done, all);
    }

    @Override
    public void waiting(int repositories, Duration pause) {
        console.err()
                .println(repositories + (repositories == 1 ? " repository was" : " repositories were")
                        + " not reached; trying again in " + pause.toSeconds() + " s.");
    }

    @Override
    public void close() {
        console.err().flush();
    }
}
