package org.labharness.autograder.gradebook;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.numbers.fraction.BigFraction;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.GradeOverride.Kind;
import org.labharness.lab.FormItem;

/**
 * The parts of a lab's points, each exact.
 *
 * @param machine what the attempt that counts is worth, without bonus
 * @param shared what people gave for all of a team, or for the only one, without bonus
 * @param sharedBonus on top, by checks or people, for all of a team
 * @param factor of what a team shares, 1 where nobody decided otherwise
 * @param own what people gave for one member's own part, without bonus
 * @param ownBonus on top, for one member
 * @param set what people decided instead of all that; null where they did not
 * @param added what people decided in addition, less than zero where they took something away
 * @param most what may be earned at most; null where bonus points have no cap in the lab
 */
public record Earned(
        BigFraction machine,
        BigFraction shared,
        BigFraction sharedBonus,
        BigFraction factor,
        BigFraction own,
        BigFraction ownBonus,
        @Nullable BigFraction set,
        BigFraction added,
        @Nullable BigFraction most) {
    static Earned of(
            BigFraction machine,
            BigFraction machineBonus,
            List<MarkedItem> items,
            List<GradeOverride> overrides,
            @Nullable BigFraction most) {
        return new Earned(
                machine,
                sum(items, item -> !item.personal() && !item.bonus()),
                machineBonus.add(sum(items, item -> !item.personal() && item.bonus())),
                last(overrides, Kind.FACTOR).orElse(BigFraction.ONE),
                sum(items, item -> item.personal() && !item.bonus()),
                sum(items, item -> item.personal() && item.bonus()),
                last(overrides, Kind.SET).orElse(null),
                overrides.stream()
                        .filter(one -> one.holds() && one.kind() == Kind.ADD)
                        .map(Earned::value)
                        .reduce(BigFraction.ZERO, BigFraction::add),
                most);
    }

    private static BigFraction sum(List<MarkedItem> items, Predicate<FormItem> which) {
        return items.stream()
                .filter(marked -> which.test(marked.item()))
                .map(MarkedItem::points)
                .reduce(BigFraction.ZERO, BigFraction::add);
    }

    /** The last decision of a kind that holds. */
    private static Optional<BigFraction> last(List<GradeOverride> overrides, Kind kind) {
        return overrides.stream()
                .filter(one -> one.holds() && one.kind() == kind)
                .reduce((earlier, later) -> later)
                .map(Earned::value);
    }

    private static BigFraction value(GradeOverride override) {
        return Exact.of(Objects.requireNonNull(override.value()));
    }

    /** What a team shares, times the factor, with what is one member's own. */
    BigFraction ruled() {
        return machine.add(shared).add(sharedBonus).multiply(factor).add(own).add(ownBonus);
    }

    /** What is left after decisions, before the cap; never less than zero. */
    BigFraction uncapped() {
        return Exact.most(BigFraction.ZERO, (set == null ? ruled() : set).add(added));
    }

    /** What counts. */
    BigFraction points() {
        return most == null ? uncapped() : Exact.least(uncapped(), most);
    }
}
