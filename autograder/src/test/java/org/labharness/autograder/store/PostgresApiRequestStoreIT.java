package org.labharness.autograder.store;

/** A PostgreSQL server. */
class PostgresApiRequestStoreIT extends ApiRequestStoreContract {
    @Override
    DatabaseAddress fresh() {
        return PostgresServer.shared().fresh();
    }
}
