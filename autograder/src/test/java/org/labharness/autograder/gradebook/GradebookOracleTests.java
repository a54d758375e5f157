package org.labharness.autograder.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.course.Rounding;

/** A whole course with every policy mixed, against sums that were made in another way. */
class GradebookOracleTests {
    private static final int STUDENTS = 200;

    @ParameterizedTest
    @CsvSource({
        "1, TOTAL, 2, HALF_UP",
        "2, TOTAL, 0, HALF_EVEN",
        "3, COMPONENTS, 1, HALF_UP",
        "4, COMPONENTS, 4, DOWN",
        "5, TOTAL, 3, UP",
        "6, COMPONENTS, 2, HALF_EVEN",
    })
    void twoHundredStudentsWithTwelveLabsAgreeToTheLastDigit(
            long seed, Rounding.Where where, int places, Rounding.Mode mode) {
        Rounding rounding = new Rounding(where, places, mode);
        RawCourse raw = new RawCourse(seed, STUDENTS, seed % 2 == 0 ? 150 : 100);
        Gradebook book = new RawFacts(raw).book(rounding);
        SoftAssertions all = new SoftAssertions();

        for (int i = 0; i < STUDENTS; i++) {
            PlainOracle oracle = new PlainOracle(raw, i);
            CourseGrade grade = book.grades().get(i);
            for (int lab = 0; lab < raw.labs.size(); lab++) {
                LabGrade one = grade.lab(RawFacts.lab(lab)).orElseThrow();
                String name = RawFacts.student(i) + " " + RawFacts.lab(lab);
                all.assertThat(one.status()).as(name).hasToString(oracle.status(lab));
                all.assertThat(one.points().bigDecimalValue(4, RoundingMode.HALF_UP))
                        .as(name)
                        .hasToString(oracle.points(lab));
                all.assertThat(one.provisional()).as(name).isEqualTo(oracle.provisional(lab));
                all.assertThat(one.fromBank()).as(name).isEqualTo(oracle.spent(lab));
            }
            String name = RawFacts.student(i);
            all.assertThat(grade.total()).as(name).hasToString(oracle.total(rounding));
            all.assertThat(grade.percent()).as(name).hasToString(oracle.percent(rounding));
            all.assertThat(grade.weight().movePointRight(2).intValueExact())
                    .as(name)
                    .isEqualTo(oracle.weight);
            all.assertThat(grade.complete()).as(name).isEqualTo(oracle.complete);
        }
        all.assertAll();
    }

    @Test
    void nothingThatCanHappenIsMissingInTheCourse() {
        Set<String> seen = new TreeSet<>();
        List<CourseGrade> grades = new ArrayList<>();
        for (int days : new int[] {100, 150}) {
            grades.addAll(new RawFacts(new RawCourse(1, STUDENTS, days))
                    .book(Rounding.DEFAULT)
                    .grades());
        }
        for (CourseGrade grade : grades) {
            seen.add(grade.complete() ? "complete" : "incomplete");
            for (LabGrade lab : grade.labs()) {
                seen.add(lab.status().toString());
                lab.attempts().forEach(attempt -> seen.add(attempt.standing().toString()));
                if (lab.notTaken() != null) {
                    seen.add("not taken, " + lab.status() + (lab.notTaken().excuses() ? ", excused" : ""));
                }
                if (lab.fromBank() > 0) {
                    seen.add("bank");
                }
                if (lab.earned().uncapped().compareTo(lab.points()) > 0) {
                    seen.add("capped");
                }
                if (lab.share().compareTo(org.apache.commons.numbers.fraction.BigFraction.ONE) > 0) {
                    seen.add("above");
                }
            }
        }

        assertThat(seen)
                .contains("bank", "capped", "above", "complete", "incomplete")
                .contains(
                        "not taken, OPEN",
                        "not taken, MISSING",
                        "not taken, GRADED, excused",
                        "not taken, WAITING, excused")
                .contains(names(LabGrade.Status.values()))
                .contains(names(JudgedAttempt.Standing.values()));
    }

    private static String[] names(Object[] constants) {
        return java.util.Arrays.stream(constants).map(Object::toString).toArray(String[]::new);
    }
}
