package org.labharness.autograder.store;

/** A PostgreSQL server. */
class PostgresWebhookStoreIT extends WebhookStoreContract {
    @Override
    DatabaseAddress fresh() {
        return PostgresServer.shared().fresh();
    }
}
