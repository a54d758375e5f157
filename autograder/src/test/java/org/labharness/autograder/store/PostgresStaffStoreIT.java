package org.labharness.autograder.store;

/** A PostgreSQL server. */
class PostgresStaffStoreIT extends StaffStoreContract {
    @Override
    DatabaseAddress fresh() {
        return PostgresServer.shared().fresh();
    }
}
