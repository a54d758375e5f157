package org.labharness.autograder.gradebook;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.labharness.autograder.gradebook.Standing.Outcome;
import org.labharness.lab.course.Course;

/** What the totals of a course mean: letters, ranks, who has passed. */
public final class Standings {
    private final Course course;
    private final Map<BigDecimal, Long> ranks = new HashMap<>();

    public Standings(Gradebook book) {
        this.course = book.course();
        List<BigDecimal> percents = book.grades().stream()
                .map(CourseGrade::percent)
                .sorted(Comparator.reverseOrder())
                .toList();
        for (int i = 0; i < percents.size(); i++) {
            ranks.putIfAbsent(percents.get(i).stripTrailingZeros(), i + 1L);
        }
    }

    /** @param grade of the same gradebook */
    public Standing of(CourseGrade grade) {
        if (!grade.complete()) {
            return new Standing(grade.provisional() ? Outcome.WAITS : Outcome.OPEN, null, null);
        }
        return new Standing(
                outcome(grade),
                course.letter(grade.percent()).orElse(null),
                course.ranked() ? ranks.get(grade.percent().stripTrailingZeros()) : null);
    }

    private Outcome outcome(CourseGrade grade) {
        BigDecimal passMark = course.passMark();
        if (passMark == null) {
            return Outcome.FINAL;
        }
        return grade.percent().compareTo(passMark) >= 0 ? Outcome.PASSED : Outcome.NOT_PASSED;
    }
}
