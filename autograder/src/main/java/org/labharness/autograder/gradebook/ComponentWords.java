package org.labharness.autograder.gradebook;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.numbers.fraction.BigFraction;
import org.labharness.lab.course.Component;
import org.labharness.lab.course.Component.Scale;

/** What is said of how a component comes to its share. */
final class ComponentWords {
    private ComponentWords() {}

    static List<String> lines(ComponentGrade grade) {
        List<String> lines = new ArrayList<>();
        offered(grade, lines);
        if (!grade.decided()) {
            lines.add(
                    grade.labs().stream().anyMatch(LabGrade::offered)
                            ? "Nothing of it is decided yet."
                            : "Nothing of it counts for this student: its weight is left out.");
            return lines;
        }
        best(grade, lines);
        lines.add(sum(grade));
        return lines;
    }

    private static void offered(ComponentGrade grade, List<String> lines) {
        int promised = grade.component().offered();
        int all = grade.labs().size();
        long cancelled = grade.labs().stream()
                .filter(lab -> lab.lab().cancelled() != null)
                .count();
        if (all < promised) {
            lines.add(labs(all) + " of at least " + promised + " are announced so far.");
        } else if (all - cancelled < promised) {
            lines.add(labs(all) + " were offered, of which " + cancelled + (cancelled == 1 ? " was" : " were")
                    + " cancelled for all.");
        }
    }

    private static void best(ComponentGrade grade, List<String> lines) {
        Integer best = grade.component().best();
        List<LabGrade> dropped = grade.dropped();
        int counted = grade.counted().size();
        if (best == null) {
            if (counted < grade.best()) {
                lines.add(counted + " of " + labs(grade.best()) + (counted == 1 ? " is" : " are") + " decided so far.");
            }
            return;
        }
        if (grade.best() < best) {
            lines.add("Only " + labs(grade.best()) + " can count for this student, so no lab is dropped.");
        } else if (dropped.isEmpty()) {
            lines.add(labs(counted) + (counted == 1 ? " is" : " are") + " decided so far, and the best " + best
                    + " count: none dropped.");
        } else {
            boolean alike = grade.labs().stream()
                            .map(lab -> lab.lab().points())
                            .distinct()
                            .count()
                    == 1;
            lines.add(counted + " best of " + (counted + dropped.size()) + ": dropped "
                    + Wording.list(
                            dropped.stream().map(lab -> named(lab, alike)).toList())
                    + ".");
        }
    }

    private static String labs(int count) {
        return count == 1 ? "1 lab" : count + " labs";
    }

    private static String named(LabGrade grade, boolean alike) {
        return grade.lab().id() + " (" + Wording.number(grade.points())
                + (alike ? "" : " of " + grade.lab().points()) + ")";
    }

    private static String sum(ComponentGrade grade) {
        Component component = grade.component();
        boolean capped = grade.uncapped().compareTo(grade.share()) > 0;
        String share = Wording.percent(grade.uncapped())
                + (capped ? ", which counts as " + Wording.percent(grade.share()) + ", the most that it gives," : "");
        String earned = " of " + Wording.number(component.weight()) + " = " + Wording.number(grade.points()) + ".";
        if (component.scale() == Scale.POINTS) {
            BigFraction points =
                    grade.counted().stream().map(LabGrade::points).reduce(BigFraction.ZERO, BigFraction::add);
            BigFraction of = grade.counted().stream().map(LabGrade::of).reduce(BigFraction.ZERO, BigFraction::add);
            return Wording.number(points) + " of " + Wording.number(of) + " points = " + share + earned;
        }
        int labs = grade.counted().size();
        return (labs == 1 ? "" : "The mean of " + labs + " labs is ") + share + earned;
    }
}
