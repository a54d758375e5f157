package org.labharness.autograder.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.CheckId;
import org.labharness.lab.Place;
import org.labharness.lab.Points;
import org.labharness.lab.Support;
import org.labharness.lab.Untestable;
import org.labharness.lab.Verdict;

/** Reads what checks said in evaluations. A verdict never changes, so that it does not matter when it is read. */
public final class VerdictStore {
    /** Reading on over so many evaluations that nobody asked for costs what another search does. */
    private static final int GAP = 30;

    private static final Pattern NUMBERED = Pattern.compile("(.+):([1-9][0-9]{0,8})", Pattern.DOTALL);

    private final Database database;

    public VerdictStore(Database database) {
        this.database = database;
    }

    /**
     * What a check gave.
     *
     * @param of zero where the check was set aside
     */
    public record CheckPoints(String check, BigDecimal points, BigDecimal of) {}

    /** Takes what the checks of one evaluation gave. */
    public interface PointsOfChecks {
        void of(long evaluation, List<CheckPoints> points);
    }

    /** Gives the points of all checks, evaluation by evaluation. */
    public void points(long[] evaluations, PointsOfChecks each) {
        long[] sorted = Arrays.stream(evaluations).sorted().distinct().toArray();
        for (int from = 0; from < sorted.length; ) {
            int to = from + 1;
            while (to < sorted.length && sorted[to] - sorted[to - 1] <= GAP) {
                to++;
            }
            range(sorted, from, to, each);
            from = to;
        }
    }

    /** One query over neighbours, in the order of an index that holds all that is asked for. */
    private void range(long[] sorted, int from, int to, PointsOfChecks each) {
        PointsReader reader = new PointsReader(sorted, each);
        database.template()
                .query(
                        "select evaluation, check_id, points, of_points from verdict where evaluation between ? and ?"
                                + " order by evaluation, check_id",
                        reader::row,
                        sorted[from],
                        sorted[to - 1]);
        reader.end();
    }

    /** Gathers the rows of one evaluation after the other. */
    private static final class PointsReader {
        private final long[] wanted;
        private final PointsOfChecks each;
        private final Known known = new Known();
        private List<CheckPoints> gathered = new ArrayList<>();
        private long evaluation = -1;

        PointsReader(long[] wanted, PointsOfChecks each) {
            this.wanted = wanted;
            this.each = each;
        }

        void row(ResultSet row) throws SQLException {
            long id = row.getLong(1);
            if (id != evaluation) {
                end();
                evaluation = id;
            }
            if (Arrays.binarySearch(wanted, id) >= 0) {
                gathered.add(new CheckPoints(known.word(row.getString(2)), row.getBigDecimal(3), row.getBigDecimal(4)));
            }
        }

        void end() {
            if (!gathered.isEmpty()) {
                each.of(evaluation, gathered);
                gathered = new ArrayList<>();
            }
        }
    }

    /**
     * What counts for a submission now.
     *
     * @param held something of it is the harness's own matter
     * @param evidence digest of what it stands on; null where that is not kept
     */
    public record Judged(
            Points points,
            Points of,
            Points bonus,
            boolean held,
            @Nullable String evidence,
            List<Verdict> verdicts) {
        public Judged {
            verdicts = List.copyOf(verdicts);
        }
    }

    /** What counts for a submission now; empty where it was not judged. For staff: see {@link #shown}. */
    public Optional<Judged> current(long submission) {
        return newest(submission, "true");
    }

    /**
     * What its submitter sees of a submission: what came of the last grading that a push, a forge or a program asked for, or what counted
     * when the lab's grades were released last, whichever is newer. What a class or another rubric made of it since is shown by a release.
     * Empty where there is nothing to be seen yet.
     */
    public Optional<Judged> shown(long submission) {
        return newest(
                submission,
                "(s.at <= (select max(g.ended) from grading g where g.submission = s.submission and g.way <> 'batch'"
                        + " and g.state = 'done') or s.at <= (select max(t.at) from release t join submission b"
                        + " on b.course = t.course and b.lab = t.lab where b.id = s.submission))");
    }

    private Optional<Judged> newest(long submission, String condition) {
        return database.reading(() -> database.client()
                .sql("select e.id, e.points, e.of_points, e.bonus, e.held, r.evidence from standing s join evaluation e"
                        + " on e.id = s.evaluation join run r on r.id = e.run where s.submission = ? and " + condition
                        + " order by s.id desc limit 1")
                .param(submission)
                .query((row, number) -> {
                    long id = row.getLong("id");
                    return new Judged(
                            Rows.points(row, "points"),
                            Rows.points(row, "of_points"),
                            Rows.points(row, "bonus"),
                            row.getBoolean("held"),
                            row.getString("evidence"),
                            verdicts(new long[] {id}).getOrDefault(id, List.of()));
                })
                .optional());
    }

    /** Whole verdicts by their evaluation, each list in the order of the rubric. They are long: ask for some students at a time. */
    public Map<Long, List<Verdict>> verdicts(long[] evaluations) {
        Map<Long, List<Verdict>> verdicts = new HashMap<>();
        if (evaluations.length == 0) {
            return verdicts;
        }
        Object[] numbers = Arrays.stream(evaluations).distinct().boxed().toArray();
        database.template()
                .query(
                        "select v.evaluation, v.check_id, v.title, v.points, v.of_points, v.support, v.untestable,"
                                + " v.message, v.hint, v.place, v.bonus from unnest(cast(? as bigint array)) as wanted(id)"
                                + " join verdict v on v.evaluation = wanted.id order by v.evaluation, v.position",
                        statement ->
                                statement.setArray(1, statement.getConnection().createArrayOf("bigint", numbers)),
                        row -> {
                            verdicts.computeIfAbsent(row.getLong(1), any -> new ArrayList<>())
                                    .add(verdict(row));
                        });
        return verdicts;
    }

    private static Verdict verdict(ResultSet row) throws SQLException {
        String untestable = row.getString(7);
        return new Verdict(
                CheckId.parse(row.getString(2)),
                row.getString(3),
                new Points(row.getBigDecimal(4)),
                new Points(row.getBigDecimal(5)),
                Support.valueOf(row.getString(6)),
                untestable == null ? null : Untestable.valueOf(untestable),
                row.getString(8),
                row.getString(9),
                place(row.getString(10)),
                row.getBoolean(11));
    }

    /** The opposite of {@link Place#toString}. */
    private static @Nullable Place place(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher numbered = NUMBERED.matcher(text);
        return numbered.matches() ? new Place(numbered.group(1), Integer.parseInt(numbered.group(2))) : Place.of(text);
    }
}
