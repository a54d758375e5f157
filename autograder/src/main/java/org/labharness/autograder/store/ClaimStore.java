package org.labharness.autograder.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Who has claimed what: tickets of the queue as db-scheduler keeps them, what forges told, and what they are to be told. */
public final class ClaimStore {
    /** After a forge was asked for something: it has done it by then, or does not do it any more. */
    public static final Duration SETTLED = Duration.ofSeconds(25);

    private final Database database;

    public ClaimStore(Database database) {
        this.database = database;
    }

    /** The names of those who have claimed something. */
    public List<String> holders() {
        return database.reading(() -> database.client()
                .sql("select picked_by from scheduled_tasks where picked and picked_by is not null"
                        + " union select holder from webhook_receipt where status = 'waiting' and holder <> ''"
                        + " union select holder from forge_report where progress = 'asked' and holder <> ''")
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

    /**
     * Puts back what somebody has claimed who has ended, so that they need not be missed first. What a forge was perhaps asked for at the last
     * moment stays claimed until it has settled: whoever looks then whether it was done finds it, and does not ask a second time.
     *
     * @return how much it was
     */
    public int release(String holder, Instant now) {
        return database.inTransaction(() -> tickets(holder) + receipts(holder) + reports(holder, now.plus(SETTLED)));
    }

    private int tickets(String holder) {
        return database.client()
                .sql("update scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null,"
                        + " version = version + 1 where picked and picked_by = ?")
                .param(holder)
                .update();
    }

    /** They were due before they were claimed, and are so again. */
    private int receipts(String holder) {
        return database.client()
                .sql("update webhook_receipt set due = received, holder = '' where status = 'waiting' and holder = ?")
                .param(holder)
                .update();
    }

    private int reports(String holder, Instant settled) {
        return database.client()
                .sql("update forge_report set due = case when due < ? then due else ? end, holder = ''"
                        + " where progress = 'asked' and holder = ?")
                .params(Rows.time(settled), Rows.time(settled), holder)
                .update();
    }
}
