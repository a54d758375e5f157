package org.labharness.autograder.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database. */
class FileStoreTests extends StoreContract {
    @TempDir
    Path folder;

    private Database database;

    @Override
    Database database() {
        if (database == null) {
            database = Database.open(DatabaseAddress.file(folder));
        }
        return database;
    }

    @BeforeEach
    void begin() {
        database();
    }

    @AfterEach
    void close() {
        database.close();
    }
}
