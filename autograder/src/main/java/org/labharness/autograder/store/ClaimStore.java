package org.labharness.autograder.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Who has claimed what: tickets of the queue as db-scheduler keeps them, what forges told, and what they are to be told. */
public final class ClaimStore {
    /** After a forge was asked for something: it has done it by then, or does not do it any more. */
    public static final Duration SETTLED = Duration.ofSeconds(25);

    /** What ends the process that has it so often in a row is left alone: it must not end the server for ever. */
    public static final int MOST_LEFT_BEHIND = 10;

    /** The column as it is for whoever claims a row now: one that its holder did not put back was left behind once more. */
    static final String LEFT_BEHIND = "left_behind + case when holder = '' then 0 else 1 end as left_behind";

    /** Until then a kill, or a fault of something beside it, is likelier. */
    private static final int AT_ONCE = 2;

    private static final Duration FIRST = Duration.ofSeconds(10);

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
     * moment stays claimed until it has settled: whoever looks then whether it was done finds it, and does not ask a second time. What
     * was put back several times in a row waits, longer each time: it may be what ended them.
     *
     * @return how much it was
     */
    public int release(String holder, Instant now) {
        return database.inTransaction(() -> tickets(holder) + receipts(holder, now) + reports(holder, now));
    }

    private int tickets(String holder) {
        return database.client()
                .sql("update scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null,"
                        + " version = version + 1 where picked and picked_by = ?")
                .param(holder)
                .update();
    }

    /** They were due before they were claimed, and are so again. */
    private int receipts(String holder, Instant now) {
        return left(
                        "select id, left_behind, received as due from webhook_receipt"
                                + " where status = 'waiting' and holder = ?",
                        holder)
                .mapToInt(one -> putBack(
                        "update webhook_receipt set due = ?, left_behind = ?, message = ?",
                        one,
                        one.pause().isZero() ? one.due() : now.plus(one.pause()),
                        "The process that read the repository ended before it was done.",
                        holder))
                .sum();
    }

    private int reports(String holder, Instant now) {
        Instant settled = now.plus(SETTLED);
        return left("select id, left_behind, due from forge_report where progress = 'asked' and holder = ?", holder)
                .mapToInt(one -> putBack(
                        "update forge_report set due = ?, left_behind = ?, why = ?",
                        one,
                        one.pause().isZero() && one.due().isBefore(settled) ? one.due() : settled.plus(one.pause()),
                        "the process that told it ended before it was done",
                        holder))
                .sum();
    }

    private int putBack(String update, Left one, Instant due, String why, String holder) {
        return database.client()
                .sql(update + ", holder = '' where id = ? and holder = ?")
                .params(Rows.time(due), one.times(), why, one.id(), holder)
                .update();
    }

    private Stream<Left> left(String sql, String holder) {
        return database
                .client()
                .sql(sql)
                .param(holder)
                .query((row, number) ->
                        new Left(row.getLong("id"), row.getInt("left_behind") + 1, Rows.instant(row, "due")))
                .list()
                .stream();
    }

    /**
     * What somebody left behind.
     *
     * @param times how often in a row it was
     * @param due when it is due where it need not wait
     */
    private record Left(long id, int times, Instant due) {
        Duration pause() {
            return times <= AT_ONCE || times >= MOST_LEFT_BEHIND
                    ? Duration.ZERO
                    : FIRST.multipliedBy(1L << (times - AT_ONCE - 1));
        }
    }
}
