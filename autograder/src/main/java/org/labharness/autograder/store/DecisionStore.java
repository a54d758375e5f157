package org.labharness.autograder.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.Mark;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.course.CourseId;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/** What people decide: marks of forms, and overrides. */
public final class DecisionStore {
    private final Database database;

    public DecisionStore(Database database) {
        this.database = database;
    }

    /** Notes marks, all of them or none; their numbers and times are given here. */
    public void marks(CourseId course, List<NewMark> marks, Instant at) {
        List<Object[]> rows = marks.stream()
                .map(mark -> new Object[] {
                    course.value(),
                    mark.lab().value(),
                    mark.owner().toString(),
                    mark.item(),
                    Rows.text(mark.grader(), 200),
                    mark.chief(),
                    value(mark.points()),
                    Rows.text(mark.comment(), 4_000),
                    Rows.time(at)
                })
                .toList();
        database.inTransaction(() -> database.template()
                .batchUpdate(
                        "insert into mark (course, lab, owner, item, grader, chief, points, remark, at)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        rows));
    }

    private static @Nullable BigDecimal value(@Nullable Points points) {
        return points == null ? null : points.value();
    }

    /**
     * A {@link Mark} before it is noted.
     *
     * @param points null takes the grader's earlier mark back
     */
    public record NewMark(
            LabId lab,
            Owner owner,
            String item,
            String grader,
            boolean chief,
            @Nullable Points points,
            String comment) {}

    /** Notes an override and gives its number. */
    public long override(
            CourseId course,
            StudentId student,
            LabId lab,
            GradeOverride.Kind kind,
            @Nullable BigDecimal value,
            String by,
            String why,
            Instant at) {
        return database.inTransaction(() -> {
            KeyHolder number = new GeneratedKeyHolder();
            database.client()
                    .sql("insert into grade_override (course, student, lab, kind, amount, by_whom, why, at)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(course.value(), student.value(), lab.value(), kind.name())
                    .param(value)
                    .params(Rows.text(by, 200), Rows.text(why, 4_000), Rows.time(at))
                    .update(number, "id");
            return Objects.requireNonNull(number.getKey()).longValue();
        });
    }

    /**
     * Takes an override back; it stays to be seen.
     *
     * @return whether it held until now
     */
    public boolean takeBack(CourseId course, long override, String by, String why, Instant at) {
        return database.inTransaction(() -> database.client()
                        .sql("insert into override_taken_back (override_id, by_whom, why, at)"
                                + " select id, ?, ?, ? from grade_override where id = ? and course = ?"
                                + " on conflict do nothing")
                        .params(Rows.text(by, 200), Rows.text(why, 4_000), Rows.time(at))
                        .params(override, course.value())
                        .update()
                == 1);
    }
}
