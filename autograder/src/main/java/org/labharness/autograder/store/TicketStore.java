package org.labharness.autograder.store;

import java.util.List;

/** Who has taken the tickets of the queue, as db-scheduler keeps it. */
public final class TicketStore {
    private final Database database;

    public TicketStore(Database database) {
        this.database = database;
    }

    /** The names of those who have taken one. */
    public List<String> holders() {
        return database.reading(() -> database.client()
                .sql("select distinct picked_by from scheduled_tasks where picked and picked_by is not null")
                .query(String.class)
                .list());
    }

    /** Puts back what somebody has taken who has ended, so that it need not be missed first. */
    public int release(String holder) {
        return database.inTransaction(() -> database.client()
                .sql("update scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null,"
                        + " version = version + 1 where picked and picked_by = ?")
                .param(holder)
                .update());
    }
}
