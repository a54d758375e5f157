package org.labharness.autograder.store;

/** A PostgreSQL server. */
class PostgresStoreIT extends StoreContract {
    @Override
    DatabaseAddress fresh() {
        return PostgresServer.shared().fresh();
    }
}
