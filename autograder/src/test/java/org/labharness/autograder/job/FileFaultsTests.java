package org.labharness.autograder.job;

import java.nio.file.Path;
import org.labharness.autograder.store.DatabaseAddress;

/** The embedded database. */
class FileFaultsTests extends FaultsContract {
    @Override
    DatabaseAddress fresh(Path folder) {
        return DatabaseAddress.file(folder);
    }
}
