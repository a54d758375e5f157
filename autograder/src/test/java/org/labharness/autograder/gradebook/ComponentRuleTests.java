package org.labharness.autograder.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.numbers.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.gradebook.SmallCourse.Handed;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.GradeOverride.Kind;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.lab.Form;
import org.labharness.lab.Points;
import org.labharness.lab.course.AttemptPolicy;
import org.labharness.lab.course.Component;
import org.labharness.lab.course.Component.Bonus;
import org.labharness.lab.course.Component.Scale;
import org.labharness.lab.course.ComponentId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.course.LatePolicy;
import org.labharness.lab.course.Rounding;
import org.labharness.lab.course.Rounding.Mode;
import org.labharness.lab.course.Rounding.Where;

/** What holds of components, weights and rounding in every course. */
// So many parameters have more edge cases together than there are tries.
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class ComponentRuleTests {
    /** @param quarters earned, of a point */
    record Earns(int quarters, int of) {}

    @Provide
    Arbitrary<List<Earns>> labs() {
        return Combinators.combine(Arbitraries.integers().between(0, 400), Arbitraries.of(5, 10, 20, 50, 50, 75, 100))
                .as(Earns::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<Rounding> rounding() {
        return Combinators.combine(
                        Arbitraries.of(Where.values()),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.of(Mode.values()))
                .as(Rounding::new);
    }

    @Provide
    Arbitrary<List<Handed>> handed() {
        return SmallCourse.handed(5);
    }

    private static LabGrade grade(int number, Earns earns) {
        CourseLab lab = new CourseLab(
                SmallCourse.id(number),
                "Lab",
                Points.of(earns.of()),
                Form.NONE,
                null,
                CourseLab.Schedule.ALWAYS,
                LatePolicy.REFUSED,
                AttemptPolicy.DEFAULT,
                false,
                null);
        return new LabGrade(
                lab,
                LabGrade.Status.GRADED,
                null,
                0,
                List.of(),
                null,
                List.of(),
                List.of(),
                null,
                Earned.of(BigFraction.of(earns.quarters(), 4), BigFraction.ZERO, List.of(), List.of(), null),
                false,
                null);
    }

    @Property
    void theBestLabsAreThoseThatTryingAllChoicesShows(
            @ForAll("labs") List<Earns> earned, @ForAll @IntRange(min = 1, max = 8) int best, @ForAll Scale scale) {
        List<LabGrade> labs = new ArrayList<>();
        for (Earns one : earned) {
            labs.add(grade(labs.size(), one));
        }
        int count = Math.min(best, labs.size());
        BigFraction most = BigFraction.of(-1);
        for (int choice = 1; choice < 1 << labs.size(); choice++) {
            if (Integer.bitCount(choice) == count) {
                BigFraction share = share(labs, choice, scale);
                most = share.subtract(most).signum() > 0 ? share : most;
            }
        }

        List<LabGrade> chosen = BestLabs.of(labs, best, scale);

        assertThat(chosen).hasSize(count).isSubsetOf(labs).doesNotHaveDuplicates();
        assertThat(BestLabs.share(chosen, scale)).isEqualTo(most);
    }

    private static BigFraction share(List<LabGrade> labs, int choice, Scale scale) {
        BigFraction points = BigFraction.ZERO;
        BigFraction of = BigFraction.ZERO;
        BigFraction shares = BigFraction.ZERO;
        for (int i = 0; i < labs.size(); i++) {
            if ((choice & 1 << i) != 0) {
                points = points.add(labs.get(i).points());
                of = of.add(labs.get(i).of());
                shares = shares.add(labs.get(i).points().divide(labs.get(i).of()));
            }
        }
        return scale == Scale.POINTS ? points.divide(of) : shares.divide(Integer.bitCount(choice));
    }

    @Test
    void ofEqualLabsTheEarlierOnesCount() {
        List<LabGrade> labs = List.of(
                grade(0, new Earns(40, 50)),
                grade(1, new Earns(80, 50)),
                grade(2, new Earns(40, 50)),
                grade(3, new Earns(40, 50)));

        for (Scale scale : Scale.values()) {
            assertThat(BestLabs.of(labs, 2, scale)).containsExactly(labs.get(0), labs.get(1));
        }
    }

    @Test
    void wherePointsCountTheBestShareOfAllIsNotThatOfTheLargestShares() {
        LabGrade small = grade(0, new Earns(18, 5));
        LabGrade large = grade(1, new Earns(340, 100));
        LabGrade middle = grade(2, new Earns(176, 50));

        assertThat(BestLabs.of(List.of(small, large, middle), 2, Scale.EQUAL)).containsExactly(small, middle);
        assertThat(BestLabs.of(List.of(small, large, middle), 2, Scale.POINTS)).containsExactly(small, middle);
        assertThat(BestLabs.of(List.of(grade(0, new Earns(4, 5)), large, middle), 2, Scale.POINTS))
                .containsExactly(large, middle);
    }

    private static Component component(int weight, Scale scale, Bonus bonus, int first, int labs) {
        List<CourseLab> offered = new ArrayList<>();
        for (int i = first; i < first + labs; i++) {
            offered.add(SmallCourse.lab(i, 24, LatePolicy.ACCEPTED, AttemptPolicy.DEFAULT));
        }
        return new Component(
                ComponentId.parse("c" + first), "C", BigDecimal.valueOf(weight), null, 1, scale, bonus, offered);
    }

    private static Course course(Rounding rounding, int weight) {
        return SmallCourse.course(
                rounding,
                0,
                List.of(
                        component(weight, Scale.EQUAL, Bonus.LAB, 0, 3),
                        component(100 - weight, Scale.POINTS, Bonus.COMPONENT, 3, 2)));
    }

    @Property
    void theTotalIsRoundedOnceAndInOnePlace(
            @ForAll("handed") List<Handed> handed,
            @ForAll("rounding") Rounding rounding,
            @ForAll @IntRange(min = 1, max = 99) int weight) {
        CourseGrade grade = SmallCourse.grade(course(rounding, weight), SmallCourse.attempts(handed));
        BigFraction sum =
                grade.components().stream().map(ComponentGrade::points).reduce(BigFraction.ZERO, BigFraction::add);
        BigDecimal expected = rounding.where() == Where.TOTAL
                ? rounded(sum, rounding)
                : grade.components().stream()
                        .map(component -> rounded(component.points(), rounding))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);

        assertThat(grade.exact()).isEqualTo(sum);
        assertThat(grade.total()).isEqualTo(expected);
        assertThat(grade.weight()).isEqualByComparingTo("100");
        assertThat(grade.percent()).isEqualTo(grade.total());
    }

    private static BigDecimal rounded(BigFraction exact, Rounding rounding) {
        return new BigDecimal(exact.getNumerator())
                .divide(
                        new BigDecimal(exact.getDenominator()),
                        rounding.places(),
                        rounding.mode().mode());
    }

    @Property
    void whoEarnsEverythingGetsAHundredAndWhoEarnsNothingNothing(
            @ForAll("rounding") Rounding rounding, @ForAll @IntRange(min = 1, max = 99) int weight) {
        List<Handed> all = new ArrayList<>();
        for (int lab = 0; lab < 5; lab++) {
            all.add(new Handed(lab, 1, 200, 50));
        }

        assertThat(SmallCourse.grade(course(rounding, weight), SmallCourse.attempts(all))
                        .total())
                .isEqualByComparingTo("100");
        assertThat(SmallCourse.grade(course(rounding, weight), List.of()).total())
                .isEqualByComparingTo("0");
    }

    @Property
    void aBonusReachesAsFarAsTheComponentSays(@ForAll @IntRange(max = 400) int quarters, @ForAll Scale scale) {
        BigFraction share = BigFraction.of(quarters, 2);
        BigFraction capped = Exact.least(share, BigFraction.of(100));

        assertThat(total(Bonus.LAB, scale, quarters)).isEqualTo(capped);
        assertThat(total(Bonus.COMPONENT, scale, quarters)).isEqualTo(capped);
        assertThat(total(Bonus.ABOVE, scale, quarters)).isEqualTo(share);
    }

    /** Of a course with one lab whose points people have set. */
    private static BigFraction total(Bonus bonus, Scale scale, int quarters) {
        GradeOverride set = new GradeOverride(
                1,
                SmallCourse.STUDENT,
                SmallCourse.id(0),
                Kind.SET,
                BigDecimal.valueOf(quarters).divide(BigDecimal.valueOf(4)),
                "by",
                "why",
                SmallCourse.START,
                null);
        return SmallCourse.grade(
                        SmallCourse.course(Rounding.DEFAULT, 0, List.of(component(100, scale, bonus, 0, 1))),
                        SmallCourse.student(Map.of(), Set.of()),
                        new Ledger(List.of(), List.of(), List.of(set)))
                .exact();
    }

    @Property
    void aNumberIsWrittenWithAnEllipsisWhereItGoesOn(
            @ForAll @IntRange(max = 10_000) int up, @ForAll @IntRange(min = 1, max = 300) int down) {
        BigFraction exact = BigFraction.of(up, down);
        String written = Explanation.written(exact);
        BigFraction read = Exact.of(new BigDecimal(written.replace("…", "")));

        assertThat(written.endsWith("…")).isEqualTo(!read.equals(exact));
        assertThat(Exact.BY_SIZE.compare(read, exact)).isNotPositive();
        assertThat(Exact.BY_SIZE.compare(read.add(BigFraction.of(1, 10_000)), exact))
                .isPositive();
    }
}
