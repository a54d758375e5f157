package org.labharness.autograder.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Explanation;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.gradebook.LabGrade;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.RosterChange.Changed;
import org.labharness.lab.course.Course;

/** What students win or lose of work that is already handed in when they change their team. */
final class MovedPoints {
    private MovedPoints() {}

    /** One line a student and lab, and what to do; nothing where no points move. */
    static List<String> of(Course course, Roster before, RosterChange change, Ledger ledger, Instant now) {
        List<Changed> moved = change.changed().stream()
                .filter(one -> !Objects.equals(one.before().team(), one.after().team()))
                .toList();
        if (moved.isEmpty()) {
            return List.of();
        }
        Roster after = before;
        for (Changed one : moved) {
            after = after.with(one.after());
        }
        Gradebook were = Gradebook.of(course, before, ledger, now);
        Gradebook will = Gradebook.of(course, after, ledger, now);
        List<String> lines = new ArrayList<>(moved.stream()
                .flatMap(one -> lines(
                        were.grade(one.before().id()).orElseThrow(),
                        will.grade(one.after().id()).orElseThrow()))
                .toList());
        if (!lines.isEmpty()) {
            lines.add(
                    "  What a team handed in counts for those who are its members. What is to stay as it was is decided by hand:");
            lines.add("  ./lab override STUDENT LAB --set POINTS --why \"...\"");
        }
        return lines;
    }

    private static Stream<String> lines(CourseGrade was, CourseGrade will) {
        return was.labs().stream().flatMap(lab -> {
            LabGrade now = will.lab(lab.lab().id().value()).orElseThrow();
            String before = Explanation.written(lab.points());
            String after = Explanation.written(now.points());
            return before.equals(after)
                    ? Stream.of()
                    : Stream.of("  " + was.student().id() + "  " + lab.lab().id() + ": " + before + " -> " + after
                            + " of " + lab.lab().points());
        });
    }
}
