package org.labharness.autograder.backup;

import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.PostgresServer;

/** From PostgreSQL into the embedded database. */
class OutOfPostgresIT extends BackupContract {
    @Override
    DatabaseAddress from() {
        return PostgresServer.shared().fresh();
    }

    @Override
    DatabaseAddress to() {
        return DatabaseAddress.file(folder.resolve("b"));
    }
}
