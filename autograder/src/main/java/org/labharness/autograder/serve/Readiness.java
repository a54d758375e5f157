package org.labharness.autograder.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.store.Database;
import org.labharness.pipeline.SystemBroke;

/** Whether the server can do its work now. It is asked by machines, and often: what it found holds for some seconds. */
final class Readiness {
    private static final Duration HOLDS = Duration.ofSeconds(5);

    private final Database database;
    private final Worker worker;
    private final Machinery machinery;
    private final InstantSource clock;
    private List<String> found = List.of();
    private Instant until = Instant.MIN;

    Readiness(Database database, Worker worker, Machinery machinery, InstantSource clock) {
        this.database = database;
        this.worker = worker;
        this.machinery = machinery;
        this.clock = clock;
    }

    /** A kind of trouble a line, without addresses or credentials; none where all is well. */
    synchronized List<String> troubles() {
        Instant now = clock.instant();
        if (!now.isBefore(until)) {
            found = look();
            until = now.plus(HOLDS);
        }
        return found;
    }

    private List<String> look() {
        List<String> troubles = new ArrayList<>();
        try {
            database.ping();
        } catch (SystemBroke away) {
            troubles.add("database: does not answer");
        }
        machinery
                .trouble()
                .ifPresent(broke -> troubles.add("engine: " + broke.code().code()));
        worker.stopped().ifPresent(stop -> troubles.add("gradings stand still: " + stop.code()));
        return List.copyOf(troubles);
    }
}
