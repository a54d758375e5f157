package org.labharness.autograder.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.GradeOverride.TakenBack;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.ledger.Mark;
import org.labharness.autograder.ledger.NotTaken;
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
        return facts(course).ledger();
    }

    /** The same, with the numbers of the evaluations that count now. */
    public Facts facts(CourseId course) {
        return database.reading(() -> {
            AttemptReader reader = new AttemptReader(database.template(), course);
            Ledger ledger = new Ledger(
                    reader.attempts(),
                    marks(course),
                    overriding(course),
                    new LookReader(database.client(), course).readings());
            return new Facts(ledger, reader.current());
        });
    }

    /**
     * Facts of a course.
     *
     * @param current by which verdicts are found
     */
    public record Facts(Ledger ledger, CurrentEvaluations current) {}

    /** What could not be taken of a course's repositories and pushes. */
    public List<NotTaken> notTaken(CourseId course) {
        return database.reading(() -> new LookReader(database.client(), course).notTaken());
    }

    private List<Mark> marks(CourseId course) {
        Known known = new Known();
        List<Mark> marks = new ArrayList<>();
        database.client()
                .sql("select id, lab, owner, item, grader, chief, points, remark, at from mark where course = ?")
                .param(course.value())
                .query(row -> {
                    marks.add(new Mark(
                            row.getLong("id"),
                            known.lab(row.getString("lab")),
                            known.owner(row.getString("owner")),
                            known.word(row.getString("item")),
                            known.word(row.getString("grader")),
                            row.getBoolean("chief"),
                            pointsOrNull(row),
                            known.word(row.getString("remark")),
                            Rows.instant(row, "at")));
                });
        marks.sort(Comparator.comparingLong(Mark::id));
        return marks;
    }

    private static @Nullable Points pointsOrNull(ResultSet row) throws SQLException {
        return row.getBigDecimal("points") == null ? null : Rows.points(row, "points");
    }

    /** All decisions of people, also those that were taken back. */
    public List<GradeOverride> overrides(CourseId course) {
        return database.reading(() -> overriding(course));
    }

    private List<GradeOverride> overriding(CourseId course) {
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
