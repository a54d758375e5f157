package org.labharness.autograder.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database. */
class FileNotTakenTests extends NotTakenContract {
    @TempDir
    Path folder;

    @Override
    DatabaseAddress fresh() {
        return DatabaseAddress.file(folder);
    }
}
