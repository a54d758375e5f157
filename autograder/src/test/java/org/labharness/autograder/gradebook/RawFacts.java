package org.labharness.autograder.gradebook;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.ledger.Mark;
import org.labharness.autograder.ledger.NotTaken;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.Readings;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.lab.Form;
import org.labharness.lab.FormItem;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.course.AttemptPolicy;
import org.labharness.lab.course.Component;
import org.labharness.lab.course.ComponentId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.course.LatePolicy;
import org.labharness.lab.course.Rounding;

/** A generated course as the program knows it. */
record RawFacts(RawCourse raw) {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    Gradebook book(Rounding rounding) {
        return Gradebook.of(course(rounding), roster(), ledger(), at(raw.now));
    }

    static String student(int number) {
        return "s%03d".formatted(number);
    }

    static String lab(int number) {
        return "a" + number;
    }

    private static Instant at(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }

    private static @Nullable Instant at(@Nullable Integer minute) {
        return minute == null ? null : at(minute.intValue());
    }

    private static BigDecimal hundredths(int value) {
        return BigDecimal.valueOf(value, 2);
    }

    private static Points points(int hundredths) {
        return new Points(hundredths(hundredths));
    }

    Course course(Rounding rounding) {
        List<Component> components = new ArrayList<>();
        int number = 0;
        for (RawCourse.Component one : raw.components) {
            List<CourseLab> labs = new ArrayList<>();
            for (RawCourse.Lab lab : one.labs()) {
                labs.add(lab(lab, number++));
            }
            components.add(new Component(
                    ComponentId.parse("c" + components.size()),
                    "C",
                    hundredths(one.weight()),
                    one.best(),
                    one.offered(),
                    one.points() ? Component.Scale.POINTS : Component.Scale.EQUAL,
                    one.bonus(),
                    labs));
        }
        return new Course(
                CourseId.parse("raw"),
                "Raw",
                ZoneOffset.UTC,
                null,
                rounding,
                List.of(),
                true,
                RawCourse.LATE_DAYS,
                components,
                Path.of("").toAbsolutePath());
    }

    private static CourseLab lab(RawCourse.Lab lab, int number) {
        List<FormItem> items = new ArrayList<>();
        for (RawCourse.Item item : lab.items()) {
            items.add(new FormItem(
                    "i" + items.size(),
                    "",
                    "I",
                    points(item.points()),
                    Points.parse("0.25"),
                    item.personal(),
                    item.bonus()));
        }
        return new CourseLab(
                LabId.parse(lab(number)),
                "Lab",
                points(lab.machine()),
                new Form(lab.graders(), lab.combine(), items),
                null,
                new CourseLab.Schedule(at(lab.opens()), at(lab.due()), null),
                new LatePolicy(
                        Duration.ofMinutes(lab.grace()),
                        lab.perDay() == null ? null : hundredths(lab.perDay()),
                        hundredths(lab.mostPercent()),
                        lab.bank(),
                        lab.closes() == null ? null : Duration.ofMinutes(lab.closes())),
                new AttemptPolicy(lab.mostAttempts(), Duration.ofMinutes(lab.coolDown()), lab.counts()),
                false,
                lab.cancelled() ? "broken" : null);
    }

    private Roster roster() {
        List<Student> students = new ArrayList<>();
        for (int i = 0; i < raw.students; i++) {
            Map<LabId, Extension> extensions = new HashMap<>();
            Set<LabId> excused = new HashSet<>();
            for (int lab = 0; lab < raw.labs.size(); lab++) {
                LabId id = LabId.parse(lab(lab));
                if (raw.span[i][lab] != null) {
                    extensions.put(id, new Extension.Span(Duration.ofMinutes(raw.span[i][lab])));
                }
                if (raw.until[i][lab] != null) {
                    extensions.put(id, new Extension.Until(at(raw.until[i][lab].intValue())));
                }
                if (raw.excused[i][lab]) {
                    excused.add(id);
                }
            }
            students.add(new Student(
                    StudentId.parse(student(i)),
                    "S",
                    null,
                    raw.team[i] < 0 ? null : TeamId.parse("t" + raw.team[i]),
                    null,
                    null,
                    Map.of(),
                    extensions,
                    excused,
                    false));
        }
        return new Roster(students);
    }

    private static Owner owner(boolean team, int number) {
        return team
                ? new Owner.OfTeam(TeamId.parse("t" + number))
                : new Owner.OfStudent(StudentId.parse(student(number)));
    }

    private Ledger ledger() {
        List<Attempt> attempts = new ArrayList<>();
        Set<Long> found = new HashSet<>();
        for (RawCourse.Attempt one : raw.attempts) {
            if (one.found()) {
                found.add(attempts.size() + 1L);
            }
            attempts.add(new Attempt(
                    attempts.size() + 1L,
                    LabId.parse(lab(one.lab())),
                    owner(one.team(), one.owner()),
                    "c".repeat(40),
                    at(one.minute()),
                    switch (one.state()) {
                        case 0 ->
                            new Attempt.Judged(points(one.points()), points(one.of()), points(one.bonus()), one.held());
                        case 1 -> new Attempt.Waiting("why");
                        default -> new Attempt.Refused("why");
                    },
                    one.spared(),
                    List.of()));
        }
        List<Mark> marks = new ArrayList<>();
        for (RawCourse.Mark one : raw.marks) {
            marks.add(new Mark(
                    marks.size() + 1L,
                    LabId.parse(lab(one.lab())),
                    owner(one.team(), one.owner()),
                    "i" + one.item(),
                    "g" + one.grader(),
                    one.chief(),
                    one.points() == null ? null : points(one.points()),
                    "",
                    START));
        }
        List<GradeOverride> overrides = new ArrayList<>();
        for (RawCourse.Decision one : raw.decisions) {
            overrides.add(new GradeOverride(
                    overrides.size() + 1L,
                    StudentId.parse(student(one.student())),
                    LabId.parse(lab(one.lab())),
                    one.kind(),
                    value(one),
                    "by",
                    "why",
                    START,
                    one.back() ? new GradeOverride.TakenBack("by", "why", START) : null));
        }
        List<NotTaken> notTaken = new ArrayList<>();
        for (RawCourse.NotTaken one : raw.notTaken) {
            notTaken.add(new NotTaken(
                    LabId.parse(lab(one.lab())),
                    owner(one.team(), one.owner()),
                    at(one.minute()),
                    one.pushed() ? "c".repeat(40) : null,
                    one.excuses(),
                    "why",
                    at(one.taken())));
        }
        return new Ledger(attempts, marks, overrides, new Readings(notTaken, List.of(), found));
    }

    private static @Nullable BigDecimal value(RawCourse.Decision one) {
        return switch (one.kind()) {
            case SET, ADD -> hundredths(one.value());
            case FACTOR -> BigDecimal.valueOf(one.value(), 4);
            case EXCUSE, IN_TIME, COMMENT -> null;
        };
    }
}
