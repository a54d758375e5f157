package org.labharness.autograder.store;

/** A PostgreSQL server. */
class PostgresTokenStoreIT extends TokenStoreContract {
    @Override
    DatabaseAddress fresh() {
        return PostgresServer.shared().fresh();
    }
}
