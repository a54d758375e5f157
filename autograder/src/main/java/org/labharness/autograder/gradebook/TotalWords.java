package org.labharness.autograder.gradebook;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.labharness.lab.course.Rounding;

/** What is said of how components come to the total. */
record TotalWords(Rounding rounding) {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    String line(CourseGrade grade) {
        List<ComponentGrade> decided =
                grade.components().stream().filter(ComponentGrade::decided).toList();
        if (decided.isEmpty()) {
            return grade.offered()
                    ? "Nothing is decided yet."
                    : "Nothing of the course counts for this student: there is no total.";
        }
        String parts = decided.stream().map(this::part).collect(Collectors.joining(" + "));
        String sum = switch (rounding.where()) {
            case TOTAL ->
                parts + (decided.size() == 1 ? "" : " = " + Wording.number(grade.exact())) + ", " + how() + ": "
                        + grade.total().toPlainString();
            case COMPONENTS -> parts + ", each " + how() + ": " + grade.total().toPlainString();
        };
        boolean whole = grade.weight().compareTo(WHOLE) == 0;
        return sum + " of " + Wording.number(grade.weight())
                + (whole
                        ? "."
                        : " that are decided, which is " + grade.percent().toPlainString() + " %.");
    }

    private String part(ComponentGrade component) {
        return switch (rounding.where()) {
            case TOTAL -> Wording.number(component.points());
            case COMPONENTS -> Gradebook.rounded(rounding, component.points()).toPlainString();
        };
    }

    private String how() {
        String places = switch (rounding.places()) {
            case 0 -> "a whole number";
            case 1 -> "1 decimal place";
            default -> rounding.places() + " decimal places";
        };
        return "rounded " + rounding.mode().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " to " + places;
    }
}
