package org.labharness.autograder.backup;

import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.PostgresServer;

/** A backup of PostgreSQL. */
class PostgresBackupIT extends BackupContract {
    @Override
    DatabaseAddress from() {
        return PostgresServer.shared().fresh();
    }

    @Override
    DatabaseAddress to() {
        return PostgresServer.shared().fresh();
    }
}
