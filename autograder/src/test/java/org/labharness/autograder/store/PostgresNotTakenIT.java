package org.labharness.autograder.store;

/** A PostgreSQL server. */
class PostgresNotTakenIT extends NotTakenContract {
    @Override
    DatabaseAddress fresh() {
        return PostgresServer.shared().fresh();
    }
}
