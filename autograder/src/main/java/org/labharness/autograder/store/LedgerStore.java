package org.labharness.autograder.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.Attempt.Judged;
import org.labharness.autograder.ledger.Attempt.Judgement;
import org.labharness.autograder.ledger.Attempt.Refused;
import org.labharness.autograder.ledger.Attempt.Waiting;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.GradeOverride.TakenBack;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.ledger.Mark;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.course.CourseId;

/** Reads all facts of a course at once. */
public final class LedgerStore {
    private final Database database;

    public LedgerStore(Database database) {
        this.database = database;
    }

    /** All facts as they are now, from one moment. */
    public Ledger read(CourseId course) {
        return database.reading(() -> new Ledger(attempts(course), marks(course), overrides(course)));
    }

    /** What a judgement says beyond its history: whether its points are provisional. */
    private record Standing(Judgement judgement, boolean held) {}

    private List<Attempt> attempts(CourseId course) {
        Map<Long, List<Standing>> standings = standings(course);
        Map<Long, Attempt.State> runs = runs(course);
        return database.client()
                .sql("select id, lab, owner, commit_id, received from submission where course = ? order by id")
                .param(course.value())
                .query((row, number) -> attempt(row, standings, runs))
                .list();
    }

    private static Attempt attempt(ResultSet row, Map<Long, List<Standing>> standings, Map<Long, Attempt.State> runs)
            throws SQLException {
        long id = row.getLong("id");
        List<Standing> judged = standings.getOrDefault(id, List.of());
        Attempt.State state = judged.isEmpty()
                ? runs.getOrDefault(id, new Waiting("It has not been run yet."))
                : new Judged(
                        judged.getLast().judgement().points(),
                        judged.getLast().judgement().of(),
                        judged.getLast().held());
        return new Attempt(
                id,
                LabId.parse(row.getString("lab")),
                Owner.parse(row.getString("owner")),
                row.getString("commit_id"),
                Rows.instantOrNull(row, "received"),
                state,
                judged.stream().map(Standing::judgement).toList());
    }

    private Map<Long, List<Standing>> standings(CourseId course) {
        Map<Long, List<Standing>> standings = new HashMap<>();
        database.client()
                .sql("select s.submission, e.points, e.of_points, e.held, s.by_whom, s.why, s.at from standing s"
                        + " join evaluation e on e.id = s.evaluation join submission b on b.id = s.submission"
                        + " where b.course = ? order by s.id")
                .param(course.value())
                .query(row -> {
                    Judgement judgement = new Judgement(
                            Rows.points(row, "points"),
                            Rows.points(row, "of_points"),
                            Rows.instant(row, "at"),
                            row.getString("by_whom"),
                            row.getString("why"));
                    standings
                            .computeIfAbsent(row.getLong("submission"), any -> new ArrayList<>(1))
                            .add(new Standing(judgement, row.getBoolean("held")));
                });
        return standings;
    }

    /** Of what was never judged: how its last run ended. */
    private Map<Long, Attempt.State> runs(CourseId course) {
        Map<Long, Attempt.State> runs = new HashMap<>();
        database.client()
                .sql("select r.submission, r.outcome, r.code, r.message from run r"
                        + " join submission b on b.id = r.submission"
                        + " where b.course = ? and r.outcome <> 'graded' order by r.id")
                .param(course.value())
                .query(row -> {
                    runs.put(
                            row.getLong("submission"),
                            row.getString("outcome").equals("refused")
                                    ? new Refused(row.getString("code"))
                                    : new Waiting(row.getString("message")));
                });
        return runs;
    }

    private List<Mark> marks(CourseId course) {
        return database.client()
                .sql("select id, lab, owner, item, grader, chief, points, remark, at from mark"
                        + " where course = ? order by id")
                .param(course.value())
                .query((row, number) -> new Mark(
                        row.getLong("id"),
                        LabId.parse(row.getString("lab")),
                        Owner.parse(row.getString("owner")),
                        row.getString("item"),
                        row.getString("grader"),
                        row.getBoolean("chief"),
                        pointsOrNull(row),
                        row.getString("remark"),
                        Rows.instant(row, "at")))
                .list();
    }

    private static @Nullable Points pointsOrNull(ResultSet row) throws SQLException {
        return row.getBigDecimal("points") == null ? null : Rows.points(row, "points");
    }

    private List<GradeOverride> overrides(CourseId course) {
        return database.client()
                .sql("select o.id, o.student, o.lab, o.kind, o.amount, o.by_whom, o.why, o.at, b.by_whom as back_by,"
                        + " b.why as back_why, b.at as back_at from grade_override o"
                        + " left join override_taken_back b on b.override_id = o.id where o.course = ? order by o.id")
                .param(course.value())
                .query((row, number) -> new GradeOverride(
                        row.getLong("id"),
                        StudentId.parse(row.getString("student")),
                        LabId.parse(row.getString("lab")),
                        GradeOverride.Kind.valueOf(row.getString("kind")),
                        amount(row),
                        row.getString("by_whom"),
                        row.getString("why"),
                        Rows.instant(row, "at"),
                        takenBack(row)))
                .list();
    }

    /** Without the zeros that the column adds. */
    private static @Nullable BigDecimal amount(ResultSet row) throws SQLException {
        BigDecimal amount = row.getBigDecimal("amount");
        if (amount == null) {
            return null;
        }
        BigDecimal plain = amount.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    private static @Nullable TakenBack takenBack(ResultSet row) throws SQLException {
        String by = row.getString("back_by");
        return by == null ? null : new TakenBack(by, row.getString("back_why"), Rows.instant(row, "back_at"));
    }
}
