package org.labharness.autograder.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database. */
class FileStoreTests extends StoreContract {
    @TempDir
    Path folder;

    private @Nullable Database database;

    @Override
    Database database() {
        Database open = database == null ? Database.open(DatabaseAddress.file(folder)) : database;
        database = open;
        return open;
    }

    @AfterEach
    void close() {
        database().close();
    }
}
