package org.labharness.autograder.sample;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Form;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.course.AttemptPolicy;
import org.labharness.lab.course.Component;
import org.labharness.lab.course.Component.Bonus;
import org.labharness.lab.course.Component.Scale;
import org.labharness.lab.course.ComponentId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.course.CourseLab.Schedule;
import org.labharness.lab.course.LatePolicy;
import org.labharness.lab.course.Rounding;

/** A course in Chennai with a lab for each student, one for teams that opens later, one that is cancelled, and a viva. */
public final class TinyCourse {
    public static final Path FOLDER = Path.of("/courses/mlops");
    /** The end of the 11th of September in Chennai. */
    public static final Instant DUE = Instant.parse("2026-09-11T18:30:00Z");

    public static final Instant TEAM_LAB_OPENS = Instant.parse("2026-10-01T03:30:00Z");
    public static final LabId DVC = LabId.parse("dvc-pipeline");
    public static final LabId TEAM = LabId.parse("mlflow-tracking");
    public static final LabId VIVA = LabId.parse("viva");

    private TinyCourse() {}

    public static Course course() {
        List<CourseLab> labs = List.of(
                lab(DVC, "A reproducible pipeline", 50, new Schedule(null, DUE, null), false, null),
                lab(
                        TEAM,
                        "Tracked experiments",
                        50,
                        new Schedule(TEAM_LAB_OPENS, TEAM_LAB_OPENS.plus(Duration.ofDays(10)), null),
                        true,
                        null),
                lab(LabId.parse("spark"), "Spark", 50, Schedule.ALWAYS, false, "the cluster was down"),
                lab(VIVA, "Viva", 0, Schedule.ALWAYS, false, null));
        Component all = new Component(
                ComponentId.parse("all"), "All", BigDecimal.valueOf(100), null, 0, Scale.EQUAL, Bonus.COMPONENT, labs);
        return new Course(
                CourseId.parse("mlops"),
                "MLOps",
                ZoneId.of("Asia/Kolkata"),
                null,
                Rounding.DEFAULT,
                List.of(),
                false,
                0,
                List.of(all),
                FOLDER);
    }

    private static CourseLab lab(
            LabId id, String title, int machine, Schedule schedule, boolean team, @Nullable String cancelled) {
        return new CourseLab(
                id,
                title,
                Points.of(machine),
                Form.NONE,
                null,
                schedule,
                LatePolicy.ACCEPTED,
                AttemptPolicy.DEFAULT,
                team,
                cancelled);
    }
}
