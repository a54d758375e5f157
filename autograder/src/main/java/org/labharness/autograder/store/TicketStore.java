package org.labharness.autograder.store;

import java.time.Duration;
import java.time.Instant;
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

    /**
     * Lets what nobody has begun yet be taken now, where its time lies ahead: the machine's clock was set back since it was asked for. So
     * does what lies further ahead than anything waits for another try.
     *
     * @param soon what is this near will be taken soon anyway
     * @param longest nobody waits longer for another try
     */
    public int hasten(Instant now, Duration soon, Duration longest) {
        return database.inTransaction(() -> database.client()
                .sql("update scheduled_tasks set execution_time = ?, version = version + 1 where not picked"
                        + " and (execution_time > ? or (execution_time > ? and exists (select 1 from grading g"
                        + " where cast(g.id as varchar(100)) = scheduled_tasks.task_instance and g.began is null)))")
                .params(Rows.time(now), Rows.time(now.plus(longest)), Rows.time(now.plus(soon)))
                .update());
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
