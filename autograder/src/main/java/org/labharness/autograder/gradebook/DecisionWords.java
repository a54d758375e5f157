package org.labharness.autograder.gradebook;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.GradeOverride.Kind;
import org.labharness.autograder.ledger.GradeOverride.TakenBack;
import org.labharness.lab.course.CourseClock;

/** What is said of the decisions of people. */
record DecisionWords(CourseClock clock) {
    /** One sentence a decision, also where it does not hold any more. */
    List<String> lines(List<GradeOverride> overrides) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < overrides.size(); i++) {
            GradeOverride one = overrides.get(i);
            boolean replaced = one.holds() && isReplaced(one.kind(), overrides.subList(i + 1, overrides.size()));
            lines.add(line(one) + (replaced ? " A later decision took its place." : ""));
        }
        return lines;
    }

    private static boolean isReplaced(Kind kind, List<GradeOverride> later) {
        return (kind == Kind.SET || kind == Kind.FACTOR)
                && later.stream().anyMatch(one -> one.holds() && one.kind() == kind);
    }

    String line(GradeOverride override) {
        TakenBack back = override.takenBack();
        return what(override) + " by " + override.by() + " on " + clock.time(override.at()) + because(override.why())
                + (back == null
                        ? ""
                        : " Taken back by " + back.by() + " on " + clock.time(back.at()) + because(back.why()));
    }

    private static String what(GradeOverride override) {
        return switch (override.kind()) {
            case SET -> "Set to " + points(value(override));
            case ADD ->
                value(override).signum() < 0
                        ? points(value(override).negate()) + " taken away"
                        : points(value(override)) + " added";
            case FACTOR -> "What the team shares counts times " + Wording.number(value(override)) + ", decided";
            case EXCUSE -> "Excused";
            case IN_TIME -> "Lateness waived";
            case COMMENT -> "Comment";
        };
    }

    private static BigDecimal value(GradeOverride override) {
        return Objects.requireNonNull(override.value());
    }

    private static String points(BigDecimal value) {
        return Wording.number(value) + (value.compareTo(BigDecimal.ONE) == 0 ? " point" : " points");
    }

    /** Nothing where the reason is for staff alone. */
    private static String because(String why) {
        return why.isEmpty() ? "." : ": " + (why.endsWith(".") ? why : why + ".");
    }
}
