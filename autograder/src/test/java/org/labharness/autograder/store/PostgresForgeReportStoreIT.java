package org.labharness.autograder.store;

/** A PostgreSQL server. */
class PostgresForgeReportStoreIT extends ForgeReportStoreContract {
    @Override
    DatabaseAddress fresh() {
        return PostgresServer.shared().fresh();
    }
}
