package org.labharness.autograder.job;

import java.nio.file.Path;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.PostgresServer;

/** A PostgreSQL server. */
class PostgresFaultsIT extends FaultsContract {
    @Override
    DatabaseAddress fresh(Path folder) {
        return PostgresServer.shared().fresh();
    }
}
