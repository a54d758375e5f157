package org.labharness.lab.course;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Form;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;

/**
 * A lab as a course offers it, or whatever else of a course is worth points: a viva, a project, attendance.
 *
 * @param machine what the harness can give of the points by its checks; zero where nothing is submitted
 * @param form what people give; {@link Form#NONE} where the harness gives all
 * @param lab where its {@code lab.yaml} lies, an absolute path; null where the course itself describes it
 * @param team whether a team hands in together
 * @param cancelled why it counts for nobody; null where it counts
 */
public record CourseLab(
        LabId id,
        String title,
        Points machine,
        Form form,
        @Nullable Path lab,
        Schedule schedule,
        LatePolicy late,
        AttemptPolicy attempts,
        boolean team,
        @Nullable String cancelled) {
    /** What can be earned without bonus. */
    public Points points() {
        return machine.plus(form.points());
    }

    /** Whether something is handed in for it. */
    public boolean submitted() {
        return !machine.isZero();
    }

    /**
     * When it is open.
     *
     * @param opens the first moment; null: always was
     * @param due the last moment that is not late; null: there is no deadline
     * @param release when its scores are meant to be shown; null: whenever staff release them
     */
    public record Schedule(
            @Nullable Instant opens,
            @Nullable Instant due,
            @Nullable Instant release) {
        public static final Schedule ALWAYS = new Schedule(null, null, null);
    }
}
