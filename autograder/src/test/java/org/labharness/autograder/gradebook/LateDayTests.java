package org.labharness.autograder.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.labharness.autograder.gradebook.SmallCourse.Handed;
import org.labharness.lab.course.AttemptPolicy;
import org.labharness.lab.course.AttemptPolicy.Counts;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.course.LatePolicy;

/** What holds of late days, whoever spends them. */
// So many parameters have more edge cases together than there are tries.
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class LateDayTests {
    private static final int LABS = 4;

    private record Rules(int due, LatePolicy late, AttemptPolicy attempts) {}

    /** In the order of the file, which is not that of their deadlines. */
    @Provide
    Arbitrary<List<CourseLab>> labs() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 400),
                        SmallCourse.late(true),
                        Arbitraries.of(Counts.values()).flatMap(SmallCourse::attempts))
                .as(Rules::new)
                .list()
                .ofSize(LABS)
                .map(LateDayTests::labs);
    }

    private static List<CourseLab> labs(List<Rules> all) {
        List<CourseLab> labs = new ArrayList<>();
        for (Rules rules : all) {
            labs.add(SmallCourse.lab(labs.size(), rules.due(), rules.late(), rules.attempts()));
        }
        return labs;
    }

    @Provide
    Arbitrary<List<Handed>> handed() {
        return SmallCourse.handed(LABS);
    }

    private static CourseGrade grade(List<CourseLab> labs, List<Handed> handed, int bank) {
        return SmallCourse.grade(SmallCourse.course(bank, 2, labs), SmallCourse.attempts(handed));
    }

    private static List<LabGrade> byDeadline(CourseGrade grade) {
        return grade.labs().stream()
                .sorted(Comparator.comparing(
                        lab -> Objects.requireNonNull(lab.lab().schedule().due())))
                .toList();
    }

    @Property
    void neverAreMoreSpentThanThereAre(
            @ForAll("labs") List<CourseLab> labs,
            @ForAll("handed") List<Handed> handed,
            @ForAll @IntRange(max = 8) int bank) {
        assertThat(grade(labs, handed, bank).lateDays()).isBetween(0L, (long) bank);
    }

    @Property
    void theyAreSpentOnTheAttemptThatCountsAndOnNoOther(
            @ForAll("labs") List<CourseLab> labs,
            @ForAll("handed") List<Handed> handed,
            @ForAll @IntRange(max = 8) int bank) {
        for (LabGrade lab : grade(labs, handed, bank).labs()) {
            JudgedAttempt counting = lab.counting();
            assertThat(lab.fromBank()).isEqualTo(counting == null ? 0 : counting.fromBank());
            assertThat(lab.fromBank()).isLessThanOrEqualTo(counting == null ? 0 : counting.lateDays());
            assertThat(lab.fromBank() == 0 || lab.points().signum() > 0).isTrue();
        }
    }

    @Property
    void theyAreSpentInTheOrderOfTheDeadlines(
            @ForAll("labs") List<CourseLab> labs,
            @ForAll("handed") List<Handed> handed,
            @ForAll @IntRange(max = 8) int bank) {
        long left = bank;
        for (LabGrade lab : byDeadline(grade(labs, handed, bank))) {
            left -= lab.fromBank();
            JudgedAttempt counting = lab.counting();
            if (counting != null && lab.fromBank() > 0 && counting.chargedDays() > 0) {
                assertThat(left).as("days kept from " + lab.lab().id()).isZero();
            }
        }
    }

    @Property
    void theyAreNotSpentWhereTheyBuyNothing(
            @ForAll("labs") List<CourseLab> labs,
            @ForAll("handed") List<Handed> handed,
            @ForAll @IntRange(max = 8) int bank) {
        for (LabGrade lab : grade(labs, handed, bank).labs()) {
            JudgedAttempt counting = lab.counting();
            LatePolicy late = lab.lab().late();
            if (counting != null && lab.fromBank() > 0 && late.perDay() != null) {
                double unpaid = Math.min(
                        late.perDay().doubleValue() * counting.lateDays(),
                        late.most().doubleValue());
                assertThat(counting.penalty().doubleValue()).isLessThan(unpaid);
            }
        }
    }

    @Property
    void bestOneMoreOfThemNeverLowersTheLabWithTheFirstDeadline(
            @ForAll("labs") List<CourseLab> labs,
            @ForAll("handed") List<Handed> handed,
            @ForAll @IntRange(max = 8) int bank) {
        List<CourseLab> best = new ArrayList<>();
        for (CourseLab lab : labs) {
            AttemptPolicy policy =
                    new AttemptPolicy(lab.attempts().most(), lab.attempts().coolDown(), Counts.BEST);
            int due = (int) java.time.Duration.between(
                            SmallCourse.START,
                            Objects.requireNonNull(lab.schedule().due()))
                    .toHours();
            best.add(SmallCourse.lab(best.size(), due, lab.late(), policy));
        }

        LabGrade then = byDeadline(grade(best, handed, bank)).getFirst();
        LabGrade now = byDeadline(grade(best, handed, bank + 1)).getFirst();
        assertThat(Exact.BY_SIZE.compare(now.points(), then.points())).isNotNegative();
    }
}
