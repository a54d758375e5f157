package org.labharness.autograder.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.autograder.sample.SampleGradebook;

class CourseStatisticsTests {
    private final CourseStatistics statistics =
            CourseStatistics.of(SampleGradebook.everything().book(), Map::of);

    private LabStatistics lab(String id) {
        return statistics.labs().stream()
                .filter(lab -> lab.lab().id().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyStudentIsCountedOnceInEachLab() {
        assertThat(statistics.labs())
                .allSatisfy(lab -> assertThat(lab.graded() + lab.missing() + lab.undecided() + lab.left())
                        .isEqualTo(6));
        assertThat(lab("a1").graded()).isEqualTo(4);
        assertThat(lab("a1").missing()).isEqualTo(1);
        assertThat(lab("a1").left()).isEqualTo(1);
        assertThat(lab("a4").left()).isEqualTo(6);
    }

    @Test
    void aLabsMeanAndMedianAreOfThoseWhoAreGraded() {
        // 46.5, 30, 38.5 and 35.8333 of 50
        assertThat(lab("a1").mean().orElseThrow()).isCloseTo(0.754166, within(1e-5));
        assertThat(lab("a1").median().orElseThrow()).isCloseTo(0.743333, within(1e-5));
        assertThat(lab("a1").shares().counts()).containsExactly(0, 0, 0, 0, 0, 0, 1, 2, 0, 1, 0);
    }

    @Test
    void attemptsAndLatenessAreCounted() {
        LabStatistics a1 = lab("a1");

        assertThat(a1.attempts().counts()).containsExactly(2, 3, 0, 1, 0, 0, 0, 0);
        assertThat(a1.submissions()).isEqualTo(7);
        assertThat(a1.late()).isEqualTo(1);
        assertThat(a1.first().orElseThrow()).isCloseTo(0.4, within(1e-9));
        assertThat(a1.counting().orElseThrow()).isCloseTo(0.93, within(1e-9));
        assertThat(a1.arrivals().all()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            -200h | a week or more before
            -168h | a week or more before
            -167h | 3–7 days before
            -25h  | 1–3 days before
            -24h  | 1–3 days before
            -23h  | 12–24 h before
            -1h   | 1–6 h before
            -59m  | the last hour
            0m    | the last hour
            1m    | up to 1 h late
            60m   | up to 1 h late
            61m   | 1–24 h late
            25h   | 1–3 days late
            73h   | later
            """, delimiter = '|')
    void aSubmissionFallsIntoOneRange(String after, String range) {
        Instant due = Instant.parse("2026-09-11T18:30:00Z");
        Arrivals arrivals = new Arrivals();

        arrivals.add(due.plus(Duration.parse(after.startsWith("-") ? "-PT" + after.substring(1) : "PT" + after)), due);

        Histogram histogram = arrivals.histogram();
        assertThat(histogram.labels().get(histogram.counts().indexOf(1))).isEqualTo(range);
        assertThat(histogram.all()).isEqualTo(1);
    }

    @Test
    void sharesOfExactlyATenthBelongToTheTenthThatBeginsThere() {
        assertThat(Histogram.ofShares(new double[] {0, 0.1, 0.3, 0.7, 0.999, 1, 1.001})
                        .counts())
                .containsExactly(1, 1, 0, 1, 0, 0, 0, 1, 0, 2, 1);
    }
}
