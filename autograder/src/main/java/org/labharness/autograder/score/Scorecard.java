package org.labharness.autograder.score;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.labharness.lab.CheckId;
import org.labharness.lab.Lab;
import org.labharness.lab.Points;
import org.labharness.lab.Untestable;
import org.labharness.lab.Verdict;

/**
 * What a submission is worth.
 *
 * @param verdicts in the lab's order
 * @param total the lab's points, whether or not some of them were set aside
 */
public record Scorecard(List<Verdict> verdicts, Points total) {
    /** @throws IllegalArgumentException if a check occurs twice, or the verdicts are worth more than the total without bonus */
    public Scorecard {
        verdicts = List.copyOf(verdicts);
        Set<CheckId> seen = new TreeSet<>();
        for (Verdict verdict : verdicts) {
            if (!seen.add(verdict.id())) {
                throw new IllegalArgumentException("check " + verdict.id() + " occurs twice");
            }
        }
        if (sumOf(verdicts).compareTo(total) > 0) {
            throw new IllegalArgumentException("checks worth " + sumOf(verdicts) + " of a total of " + total);
        }
    }

    public static Scorecard of(Lab lab, List<Verdict> verdicts) {
        return new Scorecard(verdicts, lab.machinePoints());
    }

    /** What was earned, without bonus. */
    public Points points() {
        return verdicts.stream()
                .filter(verdict -> !verdict.bonus())
                .map(Verdict::points)
                .reduce(Points.ZERO, Points::plus);
    }

    /** What was earned on top. */
    public Points bonus() {
        return verdicts.stream().filter(Verdict::bonus).map(Verdict::points).reduce(Points.ZERO, Points::plus);
    }

    /** What could be earned without bonus: the total less what was set aside. */
    public Points of() {
        return sumOf(verdicts);
    }

    /** What does not apply to this submission. */
    public Points setAside() {
        return total.minus(of());
    }

    /** Whether the points are provisional: something that is the harness's matter could not be tested. */
    public boolean held() {
        return verdicts.stream().anyMatch(verdict -> verdict.untestable() == Untestable.OURS);
    }

    /** {@code 42 of 50}, {@code 42 of 50 + 8 bonus}, or {@code 62 of 75 applicable (25 of 100 set aside)}. */
    public String describe() {
        String result = points() + " of " + of();
        String aside = setAside().isZero() ? "" : " applicable (" + setAside() + " of " + total + " set aside)";
        return result + aside + (bonus().isZero() ? "" : " + " + bonus() + " bonus");
    }

    /** Why the points are provisional, in one sentence; empty where they are not. */
    public String heldBecause() {
        return held()
                ? "Provisional: "
                        + verdicts.stream()
                                .filter(verdict -> verdict.untestable() == Untestable.OURS)
                                .map(verdict -> verdict.id().value())
                                .collect(Collectors.joining(", "))
                        + " could not be tested here; staff are asked to look, and no point is lost for it."
                : "";
    }

    private static Points sumOf(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> !verdict.bonus())
                .map(Verdict::of)
                .reduce(Points.ZERO, Points::plus);
    }
}
