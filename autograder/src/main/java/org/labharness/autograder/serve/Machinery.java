package org.labharness.autograder.serve;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.store.Database;
import org.labharness.pipeline.SystemBroke;

/** What the server stands on, made by whoever starts it. */
public interface Machinery extends AutoCloseable {
    /** Where bundles and evidence are kept. */
    Archive archive();
    /**
     * Opens the database.
     *
     * @param url where the settings name one; null where they do not
     */
    Database database(@Nullable String url);

    /** The process's environment: secrets and logins are read from it. */
    default Map<String, String> variables() {
        return Map.of();
    }

    /** A worker that has not begun yet. */
    Worker worker(Database database);

    /** How many containers this process has; answered at once. */
    default int containers() {
        return 0;
    }

    /** Why nothing can be graded on this machine; empty where it can. Asked every few seconds at most. */
    Optional<SystemBroke> trouble();

    /** Whether something that is served cannot be read any more, and the like: a line for those who run the server. */
    void say(String sentence);

    /** Ends the worker and closes the database, where there is one. */
    @Override
    void close();
}
