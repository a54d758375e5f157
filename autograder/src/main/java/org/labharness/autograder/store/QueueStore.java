package org.labharness.autograder.store;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.Grading.State;
import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The queue as a whole: what waits, what runs, who comes before whom, how long it takes. Nothing is changed by it. */
public final class QueueStore {
    private final Database database;

    public QueueStore(Database database) {
        this.database = database;
    }

    /** How many gradings somebody asked for of their own work since a moment: batches, and what staff run again, are not theirs. */
    public int askedOf(CourseId course, Owner owner, Instant since) {
        return database.reading(() -> client().sql(
                        "select count(*) from grading g join submission b on b.id = g.submission where b.course = ?"
                                + " and b.owner = ? and g.way <> 'batch' and not g.anew and g.asked >= ?")
                .params(course.value(), owner.toString(), Rows.time(since))
                .query(Integer.class)
                .single());
    }

    /** Those that are not over, of any course, in the order in which they are taken. */
    public List<Grading> unfinished() {
        return database.reading(() -> client().sql(GradingStore.COLUMNS
                        + " where g.state in ('waiting', 'running') order by g.priority desc, g.not_before, g.id")
                .query(GradingStore::row)
                .list());
    }

    /** Those that are not over and that no worker could take, of any course. */
    public List<Grading> withoutTicket() {
        return database.reading(
                () -> client().sql(GradingStore.COLUMNS + " where g.state in ('waiting', 'running') and not exists"
                                + " (select 1 from scheduled_tasks t where t.task_instance = cast(g.id as varchar(20))"
                                + " and t.task_name = 'grading/' || b.course) order by g.id")
                        .query(GradingStore::row)
                        .list());
    }

    /** Those of a course that are not over, in the order in which they are taken. */
    public List<Grading> unfinished(CourseId course) {
        return database.reading(() -> client().sql(
                        GradingStore.COLUMNS + " where b.course = ? and g.state in ('waiting', 'running')"
                                + " order by case when g.state = 'running' then 0 else 1 end, g.priority desc, g.not_before, g.id")
                .param(course.value())
                .query(GradingStore::row)
                .list());
    }

    /**
     * How much there is to do.
     *
     * @param oldest when the one was asked for that waits longest; empty where none waits
     */
    public record Load(long waiting, long running, Optional<Instant> oldest) {}

    /** That of all courses. */
    public Load load() {
        return database.reading(() -> {
            Map<State, Long> counts = new EnumMap<>(State.class);
            Map<State, Instant> oldest = new EnumMap<>(State.class);
            client().sql("select state, count(*) as gradings, min(asked) as oldest from grading"
                            + " where state in ('waiting', 'running') group by state")
                    .query(row -> {
                        State state = State.parse(row.getString("state"));
                        counts.put(state, row.getLong("gradings"));
                        oldest.put(state, Rows.instant(row, "oldest"));
                    });
            return new Load(
                    counts.getOrDefault(State.WAITING, 0L),
                    counts.getOrDefault(State.RUNNING, 0L),
                    Optional.ofNullable(oldest.get(State.WAITING)));
        });
    }

    /** When a waiting one may be begun at the earliest. */
    public Optional<Instant> notBefore(long id) {
        return database.reading(() -> client().sql("select not_before from grading where id = ?")
                .param(id)
                .query((row, number) -> Rows.instant(row, 1))
                .optional());
    }

    /** Whether a student waits for a grading that could begin now; a class does not count. */
    public boolean somebodyWaits(Instant now) {
        return database.reading(() -> client().sql(
                                "select count(*) from grading where state = 'waiting' and way <> 'batch' and not_before <= ?")
                        .param(Rows.time(now))
                        .query(Integer.class)
                        .single())
                > 0;
    }

    /** How many are taken before a waiting one, and itself; 0 where it does not wait. */
    public int position(long id) {
        return database.reading(() -> client().sql("select count(*) from grading g join grading w on w.id = ?"
                        + " where g.state = 'waiting' and w.state = 'waiting' and (g.priority > w.priority"
                        + " or (g.priority = w.priority and (g.not_before < w.not_before"
                        + " or (g.not_before = w.not_before and g.id <= w.id))))")
                .param(id)
                .query(Integer.class)
                .single());
    }

    /** How long gradings of a lab took from their beginning to their end, at most the last twenty. */
    public List<Duration> took(CourseId course, LabId lab) {
        return database.reading(() -> client().sql("select g.began, g.ended from grading g join submission b on"
                        + " b.id = g.submission where b.course = ? and b.lab = ? and g.state = 'done'"
                        + " and g.began is not null and g.code = '' order by g.id desc limit 20")
                .params(course.value(), lab.value())
                .query((row, number) -> Duration.between(Rows.instant(row, 1), Rows.instant(row, 2)))
                .list());
    }

    private JdbcClient client() {
        return database.client();
    }
}
