package org.labharness.autograder.gradebook;

import java.util.List;
import org.apache.commons.numbers.fraction.BigFraction;
import org.labharness.autograder.ledger.Mark;
import org.labharness.lab.FormItem;

/**
 * An item of a form with what graders gave.
 *
 * @param marks that hold, one a grader
 * @param finished whether enough graders have marked it
 * @param points what the marks make together, exact, at most the item's; zero where there are none
 */
public record MarkedItem(FormItem item, List<Mark> marks, boolean finished, BigFraction points) {
    public MarkedItem {
        marks = List.copyOf(marks);
    }

    /** Whether a mark is more than the item can give: its points were lowered after it was marked. */
    boolean overfull() {
        return marks.stream()
                .map(Mark::points)
                .anyMatch(points -> points != null && points.compareTo(item.points()) > 0);
    }

    /** Whether staff still have to mark it; nobody has to give a bonus. */
    boolean open() {
        return overfull() || (!finished && !(item.bonus() && marks.isEmpty()));
    }
}
