package org.labharness.autograder.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.numbers.fraction.BigFraction;
import org.labharness.autograder.gradebook.SmallCourse.Handed;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.lab.course.AttemptPolicy;
import org.labharness.lab.course.AttemptPolicy.Counts;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.course.LatePolicy;

/** What holds of the attempts of any student, and which of them counts by each policy. */
// So many parameters have more edge cases together than there are tries.
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class AttemptPolicyTests {
    private static final int DUE = 240;

    @Provide
    Arbitrary<List<Handed>> one() {
        return SmallCourse.handed(1);
    }

    @Provide
    Arbitrary<List<Handed>> three() {
        return SmallCourse.handed(3);
    }

    @Provide
    Arbitrary<LatePolicy> late() {
        return SmallCourse.late(false);
    }

    @Provide
    Arbitrary<LatePolicy> anyLate() {
        return Arbitraries.oneOf(SmallCourse.late(false), SmallCourse.late(true));
    }

    @Provide
    Arbitrary<AttemptPolicy> best() {
        return SmallCourse.attempts(Counts.BEST);
    }

    @Provide
    Arbitrary<AttemptPolicy> last() {
        return SmallCourse.attempts(Counts.LAST);
    }

    @Provide
    Arbitrary<AttemptPolicy> lastInTime() {
        return SmallCourse.attempts(Counts.LAST_IN_TIME);
    }

    @Provide
    Arbitrary<AttemptPolicy> any() {
        return Arbitraries.of(Counts.values()).flatMap(SmallCourse::attempts);
    }

    private static Attempts judged(List<Attempt> attempts, LatePolicy late, AttemptPolicy policy, long bank) {
        CourseLab lab = SmallCourse.lab(0, DUE, late, policy);
        return Attempts.of(lab, attempts, lab.schedule().due(), false, bank);
    }

    private static Attempts judge(List<Handed> handed, LatePolicy late, AttemptPolicy policy, long bank) {
        return judged(SmallCourse.attempts(handed), late, policy, bank);
    }

    private static BigFraction worth(Attempts attempts) {
        return attempts.counting().map(JudgedAttempt::worth).orElse(BigFraction.ZERO);
    }

    private static List<JudgedAttempt> accepted(Attempts attempts) {
        return attempts.judged().stream().filter(JudgedAttempt::accepted).toList();
    }

    private static Instant received(JudgedAttempt one) {
        return Objects.requireNonNull(one.attempt().received());
    }

    /** Three labs, of which the best two count. */
    private static Course course(LatePolicy late, AttemptPolicy attempts) {
        List<CourseLab> labs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            labs.add(SmallCourse.lab(i, 120 * (i + 1), late, attempts));
        }
        return SmallCourse.course(0, 2, labs);
    }

    private static BigDecimal total(Course course, List<Handed> handed) {
        return SmallCourse.grade(course, SmallCourse.attempts(handed)).total();
    }

    @Property
    void theOrderInWhichAttemptsAreGivenDoesNotMatter(
            @ForAll("one") List<Handed> handed,
            @ForAll("anyLate") LatePolicy late,
            @ForAll("any") AttemptPolicy policy,
            @ForAll long seed,
            @ForAll @IntRange(max = 5) int bank) {
        List<Attempt> attempts = SmallCourse.attempts(handed);
        List<Attempt> shuffled = new ArrayList<>(attempts);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(judged(shuffled, late, policy, bank)).isEqualTo(judged(attempts, late, policy, bank));
    }

    @Property
    void bestIsWorthMostOfThoseThatAreAccepted(
            @ForAll("one") List<Handed> handed,
            @ForAll("anyLate") LatePolicy late,
            @ForAll("best") AttemptPolicy policy,
            @ForAll @IntRange(max = 5) int bank) {
        Attempts attempts = judge(handed, late, policy, bank);

        assertThat(attempts.counting().isPresent())
                .isEqualTo(!accepted(attempts).isEmpty());
        assertThat(accepted(attempts))
                .allSatisfy(one -> assertThat(Exact.BY_SIZE.compare(one.worth(), worth(attempts)))
                        .isNotPositive());
    }

    @Property
    void bestABetterAttemptNeverLowersATotal(
            @ForAll("three") List<Handed> handed,
            @ForAll("late") LatePolicy late,
            @ForAll("best") AttemptPolicy policy,
            @ForAll @IntRange(max = 11) int which,
            @ForAll @IntRange(max = 200) int better) {
        if (handed.isEmpty()) {
            return;
        }
        Handed one = handed.get(which % handed.size());
        List<Handed> improved = new ArrayList<>(handed);
        improved.set(which % handed.size(), one.worth(Math.max(one.quarters(), better)));

        assertThat(total(course(late, policy), improved)).isGreaterThanOrEqualTo(total(course(late, policy), handed));
    }

    @Property
    void bestOneMoreAttemptAfterAllOthersNeverLowersATotal(
            @ForAll("three") List<Handed> handed,
            @ForAll("late") LatePolicy late,
            @ForAll("best") AttemptPolicy policy,
            @ForAll @IntRange(max = 2) int lab,
            @ForAll @IntRange(max = 200) int points) {
        List<Handed> more = new ArrayList<>(handed);
        more.add(new Handed(lab, 20 * 24 + 1, points, 50));

        assertThat(total(course(late, policy), more)).isGreaterThanOrEqualTo(total(course(late, policy), handed));
    }

    @Property
    void lastIsTheLastThatWasAcceptedWhateverItIsWorth(
            @ForAll("one") List<Handed> handed,
            @ForAll("anyLate") LatePolicy late,
            @ForAll("last") AttemptPolicy policy,
            @ForAll @IntRange(max = 5) int bank) {
        Attempts attempts = judge(handed, late, policy, bank);
        Optional<Instant> latest =
                accepted(attempts).stream().map(AttemptPolicyTests::received).max(Comparator.naturalOrder());

        assertThat(attempts.counting().map(AttemptPolicyTests::received)).isEqualTo(latest);
    }

    @Property
    void lastInTimeIsTheLastInTimeOrTheFirstLateOneWhereNoneWas(
            @ForAll("one") List<Handed> handed,
            @ForAll("anyLate") LatePolicy late,
            @ForAll("lastInTime") AttemptPolicy policy) {
        Attempts attempts = judge(handed, late, policy, 9);
        List<Instant> all =
                accepted(attempts).stream().map(AttemptPolicyTests::received).toList();
        List<Instant> inTime = accepted(attempts).stream()
                .filter(one -> one.lateDays() == 0)
                .map(AttemptPolicyTests::received)
                .toList();

        assertThat(attempts.counting().map(AttemptPolicyTests::received))
                .isEqualTo(
                        inTime.isEmpty()
                                ? all.stream().min(Comparator.naturalOrder())
                                : inTime.stream().max(Comparator.naturalOrder()));
    }

    @Property
    void noMoreThanAllowedAreAcceptedAndNoneBeforeTheCoolDownIsOver(
            @ForAll("one") List<Handed> handed,
            @ForAll("anyLate") LatePolicy late,
            @ForAll("any") AttemptPolicy policy) {
        List<JudgedAttempt> accepted = accepted(judge(handed, late, policy, 9));

        assertThat(accepted.size()).isLessThanOrEqualTo(policy.most() == null ? Integer.MAX_VALUE : policy.most());
        for (int i = 1; i < accepted.size(); i++) {
            assertThat(Duration.between(received(accepted.get(i - 1)), received(accepted.get(i))))
                    .isGreaterThanOrEqualTo(policy.coolDown());
        }
    }
}
