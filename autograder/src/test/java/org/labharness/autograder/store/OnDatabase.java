package org.labharness.autograder.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.labharness.lab.course.CourseId;

/** A test that every kind of database passes; each kind says where an empty one is. */
abstract class OnDatabase {
    static final Instant NOON = Instant.parse("2026-09-10T12:00:00Z");
    static final CourseId COURSE = CourseId.parse("mlops");

    private final List<Database> opened = new ArrayList<>();
    private @Nullable DatabaseAddress address;

    /** A database that holds nothing yet, another one each time. */
    abstract DatabaseAddress fresh();

    /** The same one throughout a test. */
    DatabaseAddress address() {
        DatabaseAddress known = address == null ? fresh() : address;
        address = known;
        return known;
    }

    /** The test's database, open. */
    Database database() {
        return opened.isEmpty() ? another(address()) : opened.getFirst();
    }

    /** One more that is closed at the end. */
    Database another(DatabaseAddress where) {
        Database database = Database.open(where);
        opened.add(database);
        return database;
    }

    @AfterEach
    void close() {
        opened.reversed().forEach(Database::close);
    }
}
