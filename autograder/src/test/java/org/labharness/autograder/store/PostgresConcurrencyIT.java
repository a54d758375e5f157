package org.labharness.autograder.store;

/** A PostgreSQL server. */
class PostgresConcurrencyIT extends ConcurrencyContract {
    @Override
    DatabaseAddress fresh() {
        return PostgresServer.shared().fresh();
    }
}
