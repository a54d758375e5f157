package org.labharness.autograder.job;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.store.DatabaseAddress;

/** A class of its own for each test, on whatever keeps it. */
abstract class SmallClassContract {
    @TempDir
    Path folder;

    SmallClass small;

    abstract DatabaseAddress fresh(Path folder);

    @BeforeEach
    void begin() throws IOException {
        small = new SmallClass(folder, fresh(folder));
    }

    @AfterEach
    void end() {
        small.close();
    }
}
