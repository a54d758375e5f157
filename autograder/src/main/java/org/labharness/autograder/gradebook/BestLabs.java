package org.labharness.autograder.gradebook;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.numbers.fraction.BigFraction;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Component.Scale;

/** Which labs of a component are the best {@code k}. */
final class BestLabs {
    private BestLabs() {}

    /**
     * The {@code k} labs, or all where there are fewer, that together are worth most; of equals the earlier ones. In the order given.
     *
     * <p>Where a point is a point the ratio of two sums is to be as large as it can be; Dinkelbach's method ("On Nonlinear Fractional
     * Programming", 1967) finds it exactly: the best labs by points minus ratio times total, until the ratio stays.
     */
    static List<LabGrade> of(List<LabGrade> decided, int k, Scale scale) {
        if (scale == Scale.EQUAL) {
            return top(decided, k, sameTotal(decided) ? LabGrade::points : LabGrade::share);
        }
        BigFraction ratio = BigFraction.ZERO;
        while (true) {
            BigFraction now = ratio;
            List<LabGrade> best = top(decided, k, lab -> lab.points().subtract(now.multiply(lab.of())));
            BigFraction reached = ratio(best);
            if (Exact.BY_SIZE.compare(reached, ratio) <= 0) {
                return best;
            }
            ratio = reached;
        }
    }

    private static List<LabGrade> top(List<LabGrade> labs, int k, Function<LabGrade, BigFraction> worth) {
        if (labs.size() <= k) {
            return labs;
        }
        Set<LabId> best = labs.stream()
                .map(lab -> new Worth(lab.lab().id(), worth.apply(lab)))
                .sorted(Comparator.comparing(Worth::worth, Exact.BY_SIZE.reversed()))
                .limit(k)
                .map(Worth::lab)
                .collect(Collectors.toSet());
        return labs.stream().filter(lab -> best.contains(lab.lab().id())).toList();
    }

    private record Worth(LabId lab, BigFraction worth) {}

    static BigFraction share(List<LabGrade> counted, Scale scale) {
        if (counted.isEmpty()) {
            return BigFraction.ZERO;
        }
        // Of labs with the same total the mean of shares is the sum of points over the sum of totals, and quicker
        // found.
        return scale == Scale.POINTS || sameTotal(counted)
                ? ratio(counted)
                : counted.stream()
                        .map(LabGrade::share)
                        .reduce(BigFraction.ZERO, BigFraction::add)
                        .divide(counted.size());
    }

    private static boolean sameTotal(List<LabGrade> labs) {
        return labs.stream()
                .allMatch(lab -> lab.lab().points().equals(labs.getFirst().lab().points()));
    }

    private static BigFraction ratio(List<LabGrade> labs) {
        BigFraction of = labs.stream().map(LabGrade::of).reduce(BigFraction.ZERO, BigFraction::add);
        BigFraction points = labs.stream().map(LabGrade::points).reduce(BigFraction.ZERO, BigFraction::add);
        return of.signum() == 0 ? BigFraction.ZERO : points.divide(of);
    }
}
