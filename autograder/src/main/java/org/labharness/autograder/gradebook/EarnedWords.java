package org.labharness.autograder.gradebook;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.numbers.fraction.BigFraction;

/** How the parts of a lab's points add up. */
final class EarnedWords {
    private EarnedWords() {}

    /** Nothing where there is nothing to add, to multiply or to cap. */
    static List<String> lines(LabGrade grade) {
        Earned earned = grade.earned();
        List<String> lines = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        if (earned.set() != null) {
            part(earned.set(), "set", parts);
        } else if (earned.factor().compareTo(BigFraction.ONE) != 0) {
            BigFraction shared = earned.machine().add(earned.shared()).add(earned.sharedBonus());
            BigFraction left = shared.multiply(earned.factor());
            lines.add("Shared: " + Wording.number(shared) + " x " + Wording.number(earned.factor()) + " = "
                    + Wording.number(left) + ".");
            part(left, "shared", parts);
            own(earned, parts);
        } else if (grade.lab().team()) {
            part(earned.machine(), "by checks", parts);
            part(earned.shared(), "shared", parts);
            part(earned.sharedBonus(), "bonus", parts);
            own(earned, parts);
        } else {
            part(earned.machine(), "by checks", parts);
            part(earned.shared().add(earned.own()), "by people", parts);
            part(earned.sharedBonus().add(earned.ownBonus()), "bonus", parts);
        }
        if (earned.added().signum() > 0) {
            part(earned.added(), "by decision", parts);
        }
        String less = earned.added().signum() < 0
                ? " - " + Wording.number(earned.added().abs()) + " by decision"
                : "";
        if (parts.size() > 1 || !less.isEmpty()) {
            String sum = parts.isEmpty() ? "0" : String.join(" + ", parts);
            lines.add("Sum: " + sum + less + " = " + Wording.number(earned.uncapped()) + ".");
        }
        if (earned.uncapped().compareTo(earned.points()) > 0) {
            lines.add(Wording.number(earned.uncapped()) + " counts as " + Wording.number(earned.points())
                    + ", the most that the lab gives.");
        }
        return lines;
    }

    private static void own(Earned earned, List<String> parts) {
        part(earned.own(), "own", parts);
        part(earned.ownBonus(), "own bonus", parts);
    }

    private static void part(BigFraction points, String what, List<String> parts) {
        if (points.signum() != 0) {
            parts.add(Wording.number(points) + " " + what);
        }
    }
}
