package org.labharness.autograder.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.labharness.lab.Check;
import org.labharness.lab.CheckId;
import org.labharness.lab.Lab;
import org.labharness.lab.sample.Sample.Kind;

/**
 * What verifying a lab showed.
 *
 * @param results of the solution, the starter and every faulty submission
 * @param calibrations what the solution reaches where a check has a threshold of chance
 * @param gaps checks that nothing proves to measure something, in words; empty where all is well
 * @param whole whether all samples were graded; else nothing is said of the checks
 */
public record LabProof(
        Lab lab, List<SampleResult> results, List<String> calibrations, List<String> gaps, boolean whole) {
    public LabProof {
        calibrations = List.copyOf(calibrations);
        results = List.copyOf(results);
        gaps = List.copyOf(gaps);
    }

    static LabProof ofAll(Lab lab, List<SampleResult> results) {
        List<Calibration> all = calibrations(lab, results);
        List<String> gaps = new ArrayList<>(gaps(lab, results));
        all.stream().filter(one -> !one.holds()).map(Calibration::words).forEach(gaps::add);
        return new LabProof(
                lab,
                results,
                all.stream().filter(Calibration::holds).map(Calibration::words).toList(),
                gaps,
                true);
    }

    static LabProof ofSome(Lab lab, List<SampleResult> results) {
        return new LabProof(
                lab,
                results,
                calibrations(lab, results).stream().map(Calibration::words).toList(),
                List.of(),
                false);
    }

    private static List<Calibration> calibrations(Lab lab, List<SampleResult> results) {
        return results.stream()
                .filter(result -> result.sample().kind() == Kind.SOLUTION)
                .flatMap(result -> result.graded() instanceof SampleGrader.Scored scored && scored.evidence() != null
                        ? Calibration.of(lab, scored.evidence()).stream()
                        : Stream.empty())
                .toList();
    }

    /** Whether every graded sample earned what it must, and, where all were, every check is lost by one that keeps all others. */
    public boolean holds() {
        return gaps.isEmpty() && results.stream().allMatch(SampleResult::asExpected);
    }

    private static List<String> gaps(Lab lab, List<SampleResult> results) {
        List<String> gaps = new ArrayList<>();
        for (Check check : lab.checks()) {
            if (results.stream()
                    .filter(result -> result.sample().kind() == Kind.SOLUTION)
                    .anyMatch(result -> !(result.graded() instanceof SampleGrader.Scored)
                            || result.lost().contains(check.id()))) {
                gaps.add("The solution does not keep the check '" + check.id() + "'.");
            }
            if (results.stream().noneMatch(result -> losesOnly(check.id(), result))) {
                gaps.add("No faulty submission loses the check '" + check.id() + "' and keeps all the others."
                        + nearest(check.id(), results));
            }
        }
        return gaps;
    }

    private static boolean losesOnly(CheckId check, SampleResult result) {
        return result.sample().kind() == Kind.FAULTY && result.lost().equals(Set.of(check));
    }

    private static String nearest(CheckId check, List<SampleResult> results) {
        return results.stream()
                .filter(result ->
                        result.sample().kind() == Kind.FAULTY && result.lost().contains(check))
                .min(Comparator.comparingInt(result -> result.lost().size()))
                .map(result -> " Nearest: '" + result.sample().name() + "' also loses " + others(check, result) + ".")
                .orElse(" None loses it at all.");
    }

    private static String others(CheckId check, SampleResult result) {
        return String.join(
                ", ",
                result.lost().stream()
                        .filter(other -> !other.equals(check))
                        .map(CheckId::toString)
                        .toList());
    }
}
