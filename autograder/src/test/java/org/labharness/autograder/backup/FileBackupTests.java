package org.labharness.autograder.backup;

import org.labharness.autograder.store.DatabaseAddress;

/** A backup of the embedded database. */
class FileBackupTests extends BackupContract {
    @Override
    DatabaseAddress from() {
        return DatabaseAddress.file(folder.resolve("a"));
    }

    @Override
    DatabaseAddress to() {
        return DatabaseAddress.file(folder.resolve("b"));
    }
}
