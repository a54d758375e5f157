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
    private final int graded;

    public Standings(Gradebook book) {
        this.course = book.course();
        List<BigDecimal> percents = book.grades().stream()
                .filter(grade -> !grade.student().audits())
                .map(CourseGrade::percent)
                .sorted(Comparator.reverseOrder())
                .toList();
        this.graded = percents.size();
        for (int i = 0; i < percents.size(); i++) {
            ranks.putIfAbsent(percents.get(i).stripTrailingZeros(), i + 1L);
        }
    }

    /** How many take the course for a grade: those who audit have no rank, and nobody is ranked behind them. */
    public int graded() {
        return graded;
    }

    /** @param grade of the same gradebook */
    public Standing of(CourseGrade grade) {
        if (grade.student().audits()) {
            return new Standing(Outcome.AUDITS, null, null);
        }
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
