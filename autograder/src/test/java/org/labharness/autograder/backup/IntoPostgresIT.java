package org.labharness.autograder.backup;

import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.PostgresServer;

/** From the embedded database into PostgreSQL. */
class IntoPostgresIT extends BackupContract {
    @Override
    DatabaseAddress from() {
        return DatabaseAddress.file(folder.resolve("a"));
    }

    @Override
    DatabaseAddress to() {
        return PostgresServer.shared().fresh();
    }
}
