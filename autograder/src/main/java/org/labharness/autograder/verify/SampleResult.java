package org.labharness.autograder.verify;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.labharness.autograder.verify.SampleGrader.Graded;
import org.labharness.lab.CheckId;
import org.labharness.lab.Points;
import org.labharness.lab.Untestable;
import org.labharness.lab.Verdict;
import org.labharness.lab.sample.Expected;
import org.labharness.lab.sample.Sample;

/** What grading a sample gave, beside what it must give. */
public record SampleResult(Sample sample, Graded graded, List<Deviation> deviations) {
    public SampleResult {
        deviations = List.copyOf(deviations);
    }

    /**
     * One difference.
     *
     * @param check the check's id, or {@code outcome} where one was refused and the other not
     * @param message what the grading said of it
     */
    public record Deviation(String check, String expected, String seen, String message) {}

    static SampleResult of(Sample sample, Graded graded) {
        List<Deviation> deviations = switch (graded) {
            case SampleGrader.Refused refused -> refused(sample, refused);
            case SampleGrader.Scored scored -> scored(sample, scored);
        };
        return new SampleResult(sample, graded, deviations);
    }

    private static List<Deviation> refused(Sample sample, SampleGrader.Refused seen) {
        return switch (sample.expected()) {
            case Expected.Refused expected -> List.of();
            case Expected.Scored expected ->
                List.of(new Deviation("outcome", "graded", "refused (" + seen.code() + ")", seen.message()));
        };
    }

    private static List<Deviation> scored(Sample sample, SampleGrader.Scored seen) {
        return switch (sample.expected()) {
            case Expected.Refused expected -> {
                Points sum = seen.verdicts().stream().map(Verdict::points).reduce(Points.ZERO, Points::plus);
                yield List.of(new Deviation("outcome", "refused", "graded", "It was graded and earned " + sum + "."));
            }
            case Expected.Scored expected -> differences(expected, seen);
        };
    }

    private static List<Deviation> differences(Expected.Scored expected, SampleGrader.Scored seen) {
        Map<CheckId, Verdict> verdicts =
                seen.verdicts().stream().collect(Collectors.toMap(Verdict::id, Function.identity()));
        return expected.outcomes().entrySet().stream()
                .flatMap(entry -> {
                    Verdict verdict = verdicts.get(entry.getKey());
                    if (verdict == null) {
                        return List.of(new Deviation(
                                        entry.getKey().toString(),
                                        entry.getValue().toString(),
                                        "nothing",
                                        "No verdict."))
                                .stream();
                    }
                    return agrees(entry.getValue(), verdict)
                            ? List.<Deviation>of().stream()
                            : List.of(deviation(entry.getValue(), verdict)).stream();
                })
                .toList();
    }

    private static Deviation deviation(Expected.Outcome expected, Verdict verdict) {
        String seen = setAside(verdict)
                ? "set aside"
                : untested(verdict) ? "could not be tested" : verdict.points().toString();
        return new Deviation(verdict.id().toString(), expected.toString(), seen, verdict.message());
    }

    private static boolean agrees(Expected.Outcome expected, Verdict verdict) {
        return switch (expected) {
            case Expected.SetAside aside -> setAside(verdict);
            case Expected.Earns earns ->
                !setAside(verdict) && !untested(verdict) && earns.points().compareTo(verdict.points()) == 0;
        };
    }

    /** Points that are given because the harness failed prove nothing of a lab. */
    private static boolean untested(Verdict verdict) {
        return verdict.untestable() == Untestable.OURS;
    }

    private static boolean setAside(Verdict verdict) {
        return verdict.untestable() == Untestable.NOT_APPLICABLE;
    }

    /** The checks that lost points here; empty where the sample was refused. */
    Set<CheckId> lost() {
        return switch (graded) {
            case SampleGrader.Refused refused -> Set.of();
            case SampleGrader.Scored scored ->
                scored.verdicts().stream()
                        .filter(verdict -> !verdict.full())
                        .map(Verdict::id)
                        .collect(Collectors.toCollection(TreeSet::new));
        };
    }

    public boolean asExpected() {
        return deviations.isEmpty();
    }
}
