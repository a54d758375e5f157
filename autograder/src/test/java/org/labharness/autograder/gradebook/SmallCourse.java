package org.labharness.autograder.gradebook;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.Form;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.course.AttemptPolicy;
import org.labharness.lab.course.AttemptPolicy.Counts;
import org.labharness.lab.course.Component;
import org.labharness.lab.course.ComponentId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.course.LatePolicy;
import org.labharness.lab.course.Rounding;

/** A course of one student and a few labs of 50 points, for properties: what is handed in, and what rules make of it. */
final class SmallCourse {
    static final StudentId STUDENT = StudentId.parse("s01");
    static final Instant START = Instant.parse("2026-09-01T00:00:00Z");
    static final Instant END = START.plus(Duration.ofDays(400));
    private static final Points FULL = Points.of(50);

    private SmallCourse() {}

    /**
     * Something handed in.
     *
     * @param hour after the start
     * @param quarters of a point
     * @param of what could be earned, in points
     */
    record Handed(int lab, int hour, int quarters, int of) {
        Points points() {
            return new Points(BigDecimal.valueOf(Math.min(quarters, 4L * of)).divide(BigDecimal.valueOf(4)));
        }

        Handed worth(int others) {
            return new Handed(lab, hour, others, of);
        }
    }

    /** @param labs how many there are */
    static Arbitrary<List<Handed>> handed(int labs) {
        return Combinators.combine(
                        Arbitraries.integers().between(0, labs - 1),
                        Arbitraries.integers().between(0, 20 * 24),
                        Arbitraries.integers().between(0, 200),
                        Arbitraries.of(50, 50, 40, 30))
                .as(Handed::new)
                .list()
                .ofMaxSize(4 * labs);
    }

    static Arbitrary<LatePolicy> late(boolean bank) {
        return Combinators.combine(
                        Arbitraries.of(0, 1, 30),
                        Arbitraries.integers().between(0, 400).injectNull(0.3),
                        Arbitraries.of(100, 50, 10),
                        Arbitraries.of(0, 24, 60, 120).injectNull(0.5))
                .as((grace, perDay, most, closes) -> new LatePolicy(
                        Duration.ofHours(grace),
                        perDay == null ? null : BigDecimal.valueOf(perDay, 1),
                        BigDecimal.valueOf(most),
                        bank,
                        closes == null ? null : Duration.ofHours(closes)));
    }

    static Arbitrary<AttemptPolicy> attempts(Counts counts) {
        return Combinators.combine(Arbitraries.integers().between(1, 4).injectNull(0.5), Arbitraries.of(0, 0, 1, 24))
                .as((most, hours) -> new AttemptPolicy(most, Duration.ofHours(hours), counts));
    }

    static CourseLab lab(int number, int dueHour, LatePolicy late, AttemptPolicy attempts) {
        return new CourseLab(
                id(number),
                "Lab",
                FULL,
                Form.NONE,
                null,
                new CourseLab.Schedule(null, START.plus(Duration.ofHours(dueHour)), null),
                late,
                attempts,
                false,
                null);
    }

    static LabId id(int number) {
        return LabId.parse("a" + number);
    }

    static CourseLab cancelled(CourseLab lab) {
        return new CourseLab(
                lab.id(),
                lab.title(),
                lab.machine(),
                lab.form(),
                null,
                lab.schedule(),
                lab.late(),
                lab.attempts(),
                false,
                "broken");
    }

    static Attempt attempt(long number, Handed handed) {
        return attempt(
                number, handed, new Attempt.Judged(handed.points(), Points.of(handed.of()), Points.ZERO, false), false);
    }

    static Attempt attempt(long number, Handed handed, Attempt.State state, boolean spared) {
        return new Attempt(
                number,
                id(handed.lab()),
                new Owner.OfStudent(STUDENT),
                "c".repeat(40),
                START.plus(Duration.ofHours(handed.hour())),
                state,
                spared,
                List.of());
    }

    static List<Attempt> attempts(List<Handed> handed) {
        return new ArrayList<>(IntStream.range(0, handed.size())
                .mapToObj(i -> attempt(i + 1L, handed.get(i)))
                .toList());
    }

    static Course course(Rounding rounding, int lateDays, List<Component> components) {
        return new Course(
                CourseId.parse("small"),
                "Small",
                ZoneOffset.UTC,
                null,
                rounding,
                List.of(),
                false,
                lateDays,
                components,
                Path.of("").toAbsolutePath());
    }

    static Course course(int lateDays, @Nullable Integer best, List<CourseLab> labs) {
        return course(
                Rounding.DEFAULT,
                lateDays,
                List.of(new Component(
                        ComponentId.parse("all"),
                        "All",
                        BigDecimal.valueOf(100),
                        best,
                        1,
                        Component.Scale.EQUAL,
                        Component.Bonus.LAB,
                        labs)));
    }

    static Student student(Map<LabId, Extension> extensions, Set<LabId> excused) {
        return new Student(STUDENT, "S", null, null, null, null, Map.of(), extensions, excused, false);
    }

    static CourseGrade grade(Course course, Student student, Ledger ledger) {
        return Gradebook.of(course, new Roster(List.of(student)), ledger, END)
                .grades()
                .getFirst();
    }

    static CourseGrade grade(Course course, Student student, List<Attempt> attempts) {
        return grade(course, student, new Ledger(attempts, List.of(), List.of()));
    }

    static CourseGrade grade(Course course, List<Attempt> attempts) {
        return grade(course, student(Map.of(), Set.of()), attempts);
    }
}
