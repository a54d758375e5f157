package org.labharness.autograder.store;

/** A PostgreSQL server. */
class PostgresPersonIT extends PersonContract {
    @Override
    DatabaseAddress fresh() {
        return PostgresServer.shared().fresh();
    }
}
