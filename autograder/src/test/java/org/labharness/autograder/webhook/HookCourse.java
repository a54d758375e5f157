package org.labharness.autograder.webhook;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.RosterStore;
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

/** Ada has one repository for all labs, Bo and Cy one for the team's lab, each has one for a lab of their own. */
final class HookCourse {
    static final Instant NOON = Instant.parse("2026-09-10T12:00:00Z");
    static final LabId DVC = LabId.parse("dvc-pipeline");
    static final LabId TEAM = LabId.parse("teamwork");

    private HookCourse() {}

    static Course named(String id) {
        List<CourseLab> labs = List.of(
                lab(DVC, NOON.minus(Duration.ofDays(5)), NOON, Duration.ofHours(1), false, null),
                lab(TEAM, null, null, null, true, null),
                lab(LabId.parse("later"), NOON.plus(Duration.ofDays(1)), null, null, false, null),
                lab(LabId.parse("cancelled"), null, null, null, false, "the cluster was down"));
        Component all = new Component(
                ComponentId.parse("all"), "All", BigDecimal.valueOf(100), null, 0, Scale.EQUAL, Bonus.COMPONENT, labs);
        return new Course(
                CourseId.parse(id),
                "MLOps",
                ZoneOffset.UTC,
                null,
                Rounding.DEFAULT,
                List.of(),
                false,
                0,
                List.of(all),
                Path.of("/courses/mlops"));
    }

    private static CourseLab lab(
            LabId id,
            @Nullable Instant opens,
            @Nullable Instant due,
            @Nullable Duration closes,
            boolean team,
            @Nullable String cancelled) {
        return new CourseLab(
                id,
                id.value(),
                Points.of(50),
                Form.NONE,
                Path.of("/courses/mlops/labs", id.value()),
                new Schedule(opens, due, null),
                new LatePolicy(Duration.ZERO, null, BigDecimal.valueOf(100), false, closes),
                AttemptPolicy.DEFAULT,
                team,
                cancelled);
    }

    static void enrol(Database database, Course course) {
        RosterStore store = new RosterStore(database);
        store.note(course, NOON);
        store.apply(
                course.id(),
                RosterChange.between(
                        Roster.EMPTY,
                        new Roster(List.of(
                                student("s01", null, "https://github.com/course-2026/Ada-Labs", Map.of()),
                                student(
                                        "s02",
                                        "alpha",
                                        "git@gitlab.example.org:mlops/{lab}/{team}.git",
                                        Map.of(DVC, new Extension.Span(Duration.ofDays(2)))),
                                student("s03", "alpha", "git@gitlab.example.org:mlops/{lab}/{team}.git", Map.of()),
                                student("s04", null, "ssh://git@git.example.org:2222/mlops/dan.git", Map.of())))),
                "roster.csv",
                "staff",
                NOON);
    }

    static void enrolMany(Database database, Course course, int count) {
        RosterStore store = new RosterStore(database);
        Roster before = store.read(course.id());
        List<Student> all = new ArrayList<>(before.students());
        for (int i = 0; i < count; i++) {
            all.add(student("many" + i, null, "https://github.com/course-2026/{lab}-{student}-labs.git", Map.of()));
        }
        store.apply(course.id(), RosterChange.between(before, new Roster(all)), "roster.csv", "staff", NOON);
    }

    private static Student student(
            String id, @Nullable String team, String repository, Map<LabId, Extension> extensions) {
        return new Student(
                StudentId.parse(id),
                "Somebody",
                null,
                team == null ? null : TeamId.parse(team),
                null,
                repository,
                Map.of(),
                extensions,
                Set.of(),
                false);
    }
}
