package org.labharness.autograder.course;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.labharness.lab.Lab;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Component;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseClock;
import org.labharness.lab.course.CourseLab;

/** What an edit of a course changes for those who hand something in. */
final class Differences {
    private final Course before;
    private final Course after;
    private final List<String> words = new ArrayList<>();

    private Differences(Course before, Course after) {
        this.before = before;
        this.after = after;
    }

    /** In a few words each, in the order of the course; empty where it changes nothing of that kind. */
    static List<String> between(ServedCourse before, ServedCourse after) {
        Differences differences = new Differences(before.course(), after.course());
        differences.course();
        differences.labs(before, after);
        return List.copyOf(differences.words);
    }

    private void course() {
        if (!before.zone().equals(after.zone())) {
            words.add("time zone " + after.zone() + ", was " + before.zone());
        }
        if (before.lateDays() != after.lateDays()) {
            words.add("late days " + after.lateDays() + ", were " + before.lateDays());
        }
        for (Component component : after.components()) {
            Optional<Component> was = before.components().stream()
                    .filter(one -> one.id().equals(component.id()))
                    .findFirst();
            if (was.isEmpty() || !counting(was.get()).equals(counting(component))) {
                words.add(component.id() + ": its weight, or how its labs are counted");
            }
        }
        if (!passed(before).equals(passed(after))
                || !before.rounding().equals(after.rounding())
                || !before.letters().equals(after.letters())
                || before.ranked() != after.ranked()) {
            words.add("how totals are rounded, passed, lettered or ranked");
        }
    }

    private static String passed(Course course) {
        BigDecimal mark = course.passMark();
        return mark == null ? "" : mark.stripTrailingZeros().toPlainString();
    }

    private static Component counting(Component one) {
        return new Component(
                one.id(), "", one.weight(), one.best(), one.offered(), one.scale(), one.bonus(), List.of());
    }

    private void labs(ServedCourse from, ServedCourse to) {
        Map<LabId, CourseLab> old = new LinkedHashMap<>();
        before.labs().forEach(lab -> old.put(lab.id(), lab));
        for (CourseLab lab : after.labs()) {
            CourseLab was = old.remove(lab.id());
            if (was == null) {
                words.add(lab.id() + ": new, due " + due(after, lab));
            } else {
                lab(was, lab);
                if (!digest(from, lab).equals(digest(to, lab))) {
                    words.add(lab.id() + ": its lab.yaml, or what it is tested with");
                }
            }
        }
        old.keySet().forEach(gone -> words.add(gone + ": no longer in the course"));
    }

    private static String digest(ServedCourse served, CourseLab lab) {
        Lab described = served.labs().get(lab.id());
        return described == null ? "" : described.digest();
    }

    private void lab(CourseLab was, CourseLab lab) {
        if (!Objects.equals(was.schedule().opens(), lab.schedule().opens())) {
            words.add(lab.id() + ": opens " + opens(after, lab) + ", was " + opens(before, was));
        }
        if (!Objects.equals(was.schedule().due(), lab.schedule().due())) {
            words.add(lab.id() + ": due " + due(after, lab) + ", was " + due(before, was));
        }
        if (!was.late().equals(lab.late())) {
            words.add(lab.id() + ": what late work costs, or how long it is accepted");
        }
        if (!was.attempts().equals(lab.attempts())) {
            words.add(lab.id() + ": how often it may be handed in");
        }
        if (was.team() != lab.team()) {
            words.add(lab.id() + (lab.team() ? ": for teams" : ": for each student alone"));
        }
        if (!Objects.equals(was.cancelled(), lab.cancelled())) {
            words.add(lab.id() + (lab.cancelled() == null ? ": counts again" : ": cancelled"));
        }
    }

    private static String opens(Course course, CourseLab lab) {
        Instant opens = lab.schedule().opens();
        return opens == null ? "not set" : new CourseClock(course.zone()).time(opens);
    }

    private static String due(Course course, CourseLab lab) {
        Instant due = lab.schedule().due();
        return due == null ? "not set" : new CourseClock(course.zone()).end(due);
    }
}
