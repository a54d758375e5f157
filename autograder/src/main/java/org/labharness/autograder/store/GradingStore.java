package org.labharness.autograder.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.Grading.State;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.Way;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gradings that were asked for. What a worker says of one counts only while that one is not over. */
public final class GradingStore {
    static final String COLUMNS = "select g.id, g.submission, b.course, b.lab, b.owner, g.way, g.by_whom, g.why,"
            + " g.anew, g.priority, g.state, g.tries, g.asked, g.began, g.ended, g.worker, g.step, g.code, g.message"
            + " from grading g join submission b on b.id = g.submission";

    private final Database database;

    public GradingStore(Database database) {
        this.database = database;
    }

    /**
     * What came of asking for a grading.
     *
     * @param grading its number
     * @param added whether it is new; else one of the same submission was waiting or running already
     */
    public record Asked(long grading, boolean added) {}

    /** Asks for a grading of a submission, unless one is waiting or running already. */
    public Asked ask(long submission, Way way, String by, String why, boolean anew, int priority, Instant at) {
        return database.inTransaction(() -> {
            while (true) {
                int added = client().sql(
                                "insert into grading (submission, way, by_whom, why, anew, priority, asked, not_before,"
                                        + " state, pending, tries, worker, step, code, message)"
                                        + " values (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, 0, '', '', '', '') on conflict do nothing")
                        .params(submission, way.code(), Rows.text(by, 200), Rows.text(why, 2_000), anew, priority)
                        .params(Rows.time(at), Rows.time(at), submission)
                        .update();
                Optional<Long> id = client().sql("select id from grading where pending = ?")
                        .param(submission)
                        .query(Long.class)
                        .optional();
                if (id.isPresent()) {
                    return new Asked(id.get(), added == 1);
                }
                // The one that was in the way has ended just now.
            }
        });
    }

    /**
     * Takes what waits of somebody's work for a lab out of the queue, because something newer came. What runs goes on, and so does what
     * was asked for with a class, or is to be run anew because staff want it. What was received later than the newest stays as well: a
     * forge's push may be frozen long after it came.
     *
     * @param newest the grading that takes its place
     * @return the numbers of those that wait no more
     */
    public List<Long> supersede(CourseId course, LabId lab, Owner owner, long newest, Instant at) {
        return database.inTransaction(() -> {
            List<Long> old = client().sql("select g.id from grading g join submission b on b.id = g.submission"
                            + " where g.state = 'waiting' and g.way <> 'batch' and not g.anew and b.course = ?"
                            + " and b.lab = ? and b.owner = ? and g.id < ? and not exists (select 1 from grading h"
                            + " join submission n on n.id = h.submission where h.id = ? and n.received < b.received)")
                    .params(course.value(), lab.value(), owner.toString(), newest, newest)
                    .query(Long.class)
                    .list();
            return old.stream()
                    .filter(id -> over(
                            id,
                            State.SUPERSEDED,
                            "",
                            "Newer work that was pushed or handed in took its place.",
                            at,
                            "waiting"))
                    .toList();
        });
    }

    public Optional<Grading> grading(long id) {
        return database.reading(() -> client().sql(COLUMNS + " where g.id = ?")
                .param(id)
                .query(GradingStore::row)
                .optional());
    }

    /** The newest grading of a submission. */
    public Optional<Grading> ofSubmission(long submission) {
        return database.reading(() -> client().sql(COLUMNS + " where g.submission = ? order by g.id desc limit 1")
                .param(submission)
                .query(GradingStore::row)
                .optional());
    }

    /** The newest grading of a submission that was not asked for with its class: its submitter may know of it. */
    public Optional<Grading> ownOfSubmission(long submission) {
        return database.reading(
                () -> client().sql(COLUMNS + " where g.submission = ? and g.way <> 'batch' order by g.id desc limit 1")
                        .param(submission)
                        .query(GradingStore::row)
                        .optional());
    }

    /**
     * The newest of a course, newest first.
     *
     * @param lab null: of all labs
     * @param owners whose work; null: everybody's
     */
    public List<Grading> latest(CourseId course, @Nullable LabId lab, @Nullable List<Owner> owners, int most) {
        StringBuilder sql = new StringBuilder(COLUMNS).append(" where b.course = ?");
        List<Object> values = new ArrayList<>(List.of(course.value()));
        if (lab != null) {
            sql.append(" and b.lab = ?");
            values.add(lab.value());
        }
        if (owners != null) {
            if (owners.isEmpty()) {
                return List.of();
            }
            sql.append(" and b.owner in (")
                    .append(String.join(", ", Collections.nCopies(owners.size(), "?")))
                    .append(')');
            owners.forEach(owner -> values.add(owner.toString()));
        }
        sql.append(" order by g.id desc limit ?");
        values.add(most);
        return database.reading(() -> client().sql(sql.toString())
                .params(values)
                .query(GradingStore::row)
                .list());
    }

    /** Begins one, also one that another worker had begun; empty where it is over. */
    public Optional<Grading> begin(long id, String worker, Instant at) {
        return database.inTransaction(() -> client().sql("update grading set state = 'running', worker = ?, began = ?,"
                                        + " step = '', step_began = ?, code = '', message = '',"
                                        + " left_behind = case state when 'running' then left_behind + 1 else 0 end"
                                        + " where id = ? and state in ('waiting', 'running')")
                                .params(Rows.text(worker, 200), Rows.time(at), Rows.time(at), id)
                                .update()
                        == 1
                ? Optional.of(client().sql(COLUMNS + " where g.id = ?")
                        .param(id)
                        .query(GradingStore::row)
                        .single())
                : Optional.empty());
    }

    /** How often in a row the process that had a grading ended before it was over. */
    public int leftBehind(long id) {
        return database.reading(() -> client().sql("select left_behind from grading where id = ?")
                .param(id)
                .query(Integer.class)
                .single());
    }

    /** Notes what the worker that has it is doing. */
    public void step(long id, String worker, String step, Instant at) {
        database.inTransaction(() -> client().sql("update grading set step = ?, step_began = ? where id = ?"
                        + " and state = 'running' and worker = ?")
                .params(Rows.text(step, 200), Rows.time(at), id, Rows.text(worker, 200))
                .update());
    }

    /**
     * Lets one wait again that could not be brought to an end.
     *
     * @param counts whether it was a try of its own; not where nothing could have been graded
     * @return whether the worker still had it; else another one does what is to be done
     */
    public boolean back(long id, String worker, boolean counts, String code, String message, Instant notBefore) {
        return database.inTransaction(() -> client().sql(
                                "update grading set state = 'waiting', tries = tries + ?, step = '',"
                                        + " code = ?, message = ?, not_before = ? where id = ? and state = 'running' and worker = ?")
                        .params(counts ? 1 : 0, code, Rows.text(message, 4_000), Rows.time(notBefore), id)
                        .param(Rows.text(worker, 200))
                        .update())
                == 1;
    }

    /** Ends one that is not over yet, and says whether it was not. */
    public boolean done(long id, String code, String message, Instant at) {
        return database.inTransaction(() -> over(id, State.DONE, code, message, at, "waiting", "running"));
    }

    /** Takes one out of the queue that waits, and says whether it did. */
    public boolean cancel(long id, String message, Instant at) {
        return database.inTransaction(() -> over(id, State.CANCELLED, "", message, at, "waiting"));
    }

    private boolean over(long id, State state, String code, String message, Instant at, String... from) {
        return client().sql("update grading set state = ?, pending = null, ended = ?, step = '', code = ?, message = ?"
                                + " where id = ? and state in ('" + String.join("', '", from) + "')")
                        .params(state.code(), Rows.time(at), code, Rows.text(message, 4_000), id)
                        .update()
                == 1;
    }

    static Grading row(ResultSet row, int number) throws SQLException {
        return new Grading(
                row.getLong("id"),
                row.getLong("submission"),
                CourseId.parse(row.getString("course")),
                LabId.parse(row.getString("lab")),
                Owner.parse(row.getString("owner")),
                Way.parse(row.getString("way")),
                row.getString("by_whom"),
                row.getString("why"),
                row.getBoolean("anew"),
                row.getInt("priority"),
                State.parse(row.getString("state")),
                row.getInt("tries"),
                Rows.instant(row, "asked"),
                moment(row, "began"),
                moment(row, "ended"),
                row.getString("worker"),
                row.getString("step"),
                row.getString("code"),
                row.getString("message"));
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        return Rows.instantOrNull(row, column);
    }

    private JdbcClient client() {
        return database.client();
    }
}
