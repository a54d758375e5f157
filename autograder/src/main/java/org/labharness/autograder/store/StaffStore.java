package org.labharness.autograder.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.course.CourseId;

/** What staff of a course have to look at: the newest first, and of nothing more than people read. */
public final class StaffStore {
    /** How much of a kind is given at most. */
    public static final int MOST = 200;

    private static final String AGAIN = "exists (select 1 from run n where n.submission = b.id and n.outcome = 'graded'"
            + " and n.ended > %s) as again";

    private final Database database;

    public StaffStore(Database database) {
        this.database = database;
    }

    /**
     * Whose work for which lab it is.
     *
     * @param kept whether it can be run again
     */
    public record Work(long submission, LabId lab, Owner owner, boolean kept) {}

    /**
     * That a submission came to no points.
     *
     * @param refused whether it is its submitter's matter; else it is the harness's
     * @param code which kind it is
     * @param graded whether it was graded since
     */
    public record Failure(Work work, boolean refused, String code, String message, Instant at, boolean graded) {}

    /** A submission's points, and when they were judged. */
    public record Graded(Work work, Points points, Points of, Instant at) {}

    /**
     * A submission whose points are provisional.
     *
     * @param why what each check that could not be tested here says
     */
    public record Held(Work work, Points points, Points of, Instant at, List<String> why) {
        public Held {
            why = List.copyOf(why);
        }
    }

    /**
     * A submission of which it is not known when it was received.
     *
     * @param ref the branch, tag or commit that was asked for
     * @param noted when the harness first knew of it
     * @param received not later than then; null: nobody knows
     */
    public record Untimed(
            Work work,
            String ref,
            String commit,
            Instant noted,
            @Nullable Instant received) {}

    /** Since when the gradings that run are at the step at which they are, by their numbers. */
    public Map<Long, Instant> stepsBegan(CourseId course) {
        return database.reading(() -> {
            Map<Long, Instant> began = new HashMap<>();
            database.client()
                    .sql("select g.id, g.step_began from grading g join submission b on b.id = g.submission"
                            + " where g.state = 'running' and g.step_began is not null and b.course = ?")
                    .param(course.value())
                    .query(row -> {
                        began.put(row.getLong(1), Rows.instant(row, 2));
                    });
            return began;
        });
    }

    /** Of each submission the last one, whether it was a run that came to nothing or a grading that came to no run. */
    public List<Failure> failures(CourseId course, Instant since) {
        List<Failure> all = database.reading(() -> database.client()
                .sql(
                        "select b.id, b.lab, b.owner, b.bundle, case when r.outcome = 'refused' then 1 else 0 end as refused,"
                                + " r.code, r.message, r.ended, " + AGAIN.formatted("r.ended")
                                + " from run r join submission b on b.id = r.submission"
                                + " where r.outcome in ('refused', 'broken') and b.course = ? and r.ended >= ?"
                                + " union all select b.id, b.lab, b.owner, b.bundle, 0, g.code, g.message, g.ended, "
                                + AGAIN.formatted("g.ended")
                                + " from grading g join submission b on b.id = g.submission where g.state = 'done'"
                                + " and g.code <> '' and b.course = ? and g.ended >= ?"
                                + " and not exists (select 1 from run q where q.grading = g.id)"
                                + " order by ended desc, id desc limit " + 2 * MOST)
                .params(course.value(), Rows.time(since), course.value(), Rows.time(since))
                .query((row, number) -> new Failure(
                        work(row),
                        row.getInt("refused") == 1,
                        row.getString("code"),
                        row.getString("message"),
                        Rows.instant(row, "ended"),
                        row.getBoolean("again")))
                .list());
        Set<Long> seen = new HashSet<>();
        return all.stream()
                .filter(one -> seen.add(one.work().submission()))
                .limit(MOST)
                .toList();
    }

    /** Those that were judged since, runs and changed rubrics alike, with what counts now. */
    public List<Graded> graded(CourseId course, Instant since) {
        return database.reading(() -> database.client()
                .sql("select b.id, b.lab, b.owner, b.bundle, s.at, e.points, e.of_points from submission b"
                        + " join standing s on s.submission = b.id join evaluation e on e.id = s.evaluation"
                        + " where b.course = ? and s.at >= ?"
                        + " and s.id = (select max(t.id) from standing t where t.submission = b.id)"
                        + " order by s.id desc limit " + MOST)
                .params(course.value(), Rows.time(since))
                .query((row, number) -> new Graded(
                        work(row), Rows.points(row, "points"), Rows.points(row, "of_points"), Rows.instant(row, "at")))
                .list());
    }

    /** Those whose current points are provisional because something could not be tested here. */
    public List<Held> held(CourseId course) {
        Map<Long, Held> held = new LinkedHashMap<>();
        Map<Long, List<String>> why = new HashMap<>();
        database.reading(() -> {
            database.client()
                    .sql(
                            "select h.*, v.title, left(v.message, 1000) as message from (select b.id, b.lab, b.owner, b.bundle, s.at, s.evaluation,"
                                    + " e.points, e.of_points from submission b join standing s on s.submission = b.id"
                                    + " join evaluation e on e.id = s.evaluation where b.course = ? and e.held"
                                    + " and s.id = (select max(t.id) from standing t where t.submission = b.id)"
                                    + " order by b.id desc limit " + MOST + ") h left join verdict v"
                                    + " on v.evaluation = h.evaluation and v.untestable = 'OURS' order by h.id desc, v.position")
                    .param(course.value())
                    .query(row -> {
                        Held one = new Held(
                                work(row),
                                Rows.points(row, "points"),
                                Rows.points(row, "of_points"),
                                Rows.instant(row, "at"),
                                List.of());
                        held.putIfAbsent(one.work().submission(), one);
                        if (row.getString("title") != null) {
                            why.computeIfAbsent(one.work().submission(), any -> new ArrayList<>())
                                    .add(row.getString("title") + ": " + row.getString("message"));
                        }
                    });
            return held.size();
        });
        return held.values().stream()
                .map(one -> new Held(
                        one.work(),
                        one.points(),
                        one.of(),
                        one.at(),
                        why.getOrDefault(one.work().submission(), List.of())))
                .toList();
    }

    /**
     * Those without a trusted time, and those that were found in a repository after a deadline: they may have been there before it.
     *
     * @param deadlines by lab, the earliest
     */
    public List<Untimed> untimed(CourseId course, Map<LabId, Instant> deadlines) {
        StringBuilder late = new StringBuilder();
        List<Object> parameters = new ArrayList<>(List.of(course.value()));
        deadlines.forEach((lab, due) -> {
            late.append(
                    " or (b.lab = ? and b.received > ? and exists (select 1 from collection c where c.course = b.course"
                            + " and c.lab = b.lab and c.owner = b.owner and c.submission = b.id and "
                            + LookReader.FOUND_THEN + "))");
            parameters.add(lab.value());
            parameters.add(Rows.time(due));
        });
        return database.reading(() -> database.client()
                .sql("select b.id, b.lab, b.owner, b.bundle, b.ref, b.commit_id, b.noted, b.received from submission b"
                        + " where b.course = ? and (b.received is null" + late + ") order by b.id desc")
                .params(parameters)
                .query((row, number) -> new Untimed(
                        work(row),
                        row.getString("ref"),
                        row.getString("commit_id"),
                        Rows.instant(row, "noted"),
                        Rows.instantOrNull(row, "received")))
                .list());
    }

    private static Work work(ResultSet row) throws SQLException {
        return new Work(
                row.getLong("id"),
                LabId.parse(row.getString("lab")),
                Owner.parse(row.getString("owner")),
                row.getString("bundle") != null);
    }
}
