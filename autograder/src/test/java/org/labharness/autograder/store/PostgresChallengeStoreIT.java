package org.labharness.autograder.store;

/** A PostgreSQL server. */
class PostgresChallengeStoreIT extends ChallengeStoreContract {
    @Override
    DatabaseAddress fresh() {
        return PostgresServer.shared().fresh();
    }
}
