package org.labharness.autograder.cli;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.GradeOverride.Kind;
import org.labharness.lab.course.CourseLab;
import picocli.CommandLine.Option;

/** What is decided about one lab of one student: exactly one of these. */
final class DecisionOptions {
    private static final BigDecimal TWICE = BigDecimal.valueOf(2);
    /** A number with more places or zeros is named as it was written. */
    private static final int LONG = 20;

    @Option(names = "--set", paramLabel = "POINTS", description = "These points, whatever else was found.")
    private @Nullable BigDecimal set;

    @Option(names = "--add", paramLabel = "POINTS", description = "So many more, or fewer: --add -5.")
    private @Nullable BigDecimal add;

    @Option(names = "--factor", paramLabel = "F", description = "What a team shares counts times this, 0 to 2.")
    private @Nullable BigDecimal factor;

    @Option(names = "--excuse", description = "The lab does not count for this student.")
    private boolean excuse;

    @Option(names = "--in-time", description = "Nothing of this student counts as late.")
    private boolean inTime;

    @Option(names = "--comment", description = "Decides nothing: --why is shown with the grade.")
    private boolean comment;

    @Option(names = "--take-back", paramLabel = "N", description = "The decision of this number holds no longer.")
    @Nullable
    Long takeBack;

    record Decision(Kind kind, @Nullable BigDecimal value) {}

    /** The decision, after its value was found to be one that the lab can have. */
    Decision about(CourseLab lab) {
        BigDecimal points = lab.points().value();
        if (set != null) {
            return new Decision(Kind.SET, bounded("--set", set, BigDecimal.ZERO, points.multiply(TWICE), 2));
        }
        if (add != null) {
            return new Decision(Kind.ADD, bounded("--add", add, points.negate(), points, 2));
        }
        if (factor != null) {
            if (!lab.team()) {
                throw new WrongUse("--factor is for what a team shares, and " + lab.id()
                        + " is no lab for teams. To change its points: --set or --add.");
            }
            return new Decision(Kind.FACTOR, bounded("--factor", factor, BigDecimal.ZERO, TWICE, 4));
        }
        if (!excuse && !inTime && !comment) {
            throw new IllegalStateException("nothing is decided");
        }
        return new Decision(excuse ? Kind.EXCUSE : inTime ? Kind.IN_TIME : Kind.COMMENT, null);
    }

    private static BigDecimal bounded(String option, BigDecimal value, BigDecimal least, BigDecimal most, int places) {
        BigDecimal plain = value.stripTrailingZeros();
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0 || plain.scale() > places) {
            boolean small = value.precision() < LONG && Math.abs(value.scale()) < LONG;
            throw new WrongUse(option + " takes " + number(least) + " to " + number(most) + " with at most " + places
                    + " decimal places, not " + (small ? value.toPlainString() : value.toString()) + ".");
        }
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    private static String number(BigDecimal bound) {
        return bound.stripTrailingZeros().toPlainString();
    }
}
