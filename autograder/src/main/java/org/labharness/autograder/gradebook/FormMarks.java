package org.labharness.autograder.gradebook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.numbers.fraction.BigFraction;
import org.labharness.autograder.ledger.Mark;
import org.labharness.autograder.roster.Student;
import org.labharness.lab.Form;
import org.labharness.lab.Form.Combine;
import org.labharness.lab.FormItem;
import org.labharness.lab.Points;
import org.labharness.lab.course.CourseLab;

/** What people gave one student for a lab, item by item. */
final class FormMarks {
    private FormMarks() {}

    /** @param marks of this lab, in the order in which they were given */
    static List<MarkedItem> of(CourseLab lab, Student student, List<Mark> marks) {
        Form form = lab.form();
        return form.items().stream()
                .map(item -> item(form, item, holding(item, student, marks)))
                .toList();
    }

    /**
     * The last mark of each grader, where it was not taken back, in the order in which these were given. Who is written {@code Asha} in a
     * table and {@code asha} at a terminal is one grader.
     */
    private static List<Mark> holding(FormItem item, Student student, List<Mark> marks) {
        Map<String, Mark> last = new LinkedHashMap<>();
        for (Mark mark : marks) {
            if (mark.item().equals(item.id()) && mark.owner().includes(student)) {
                String grader = mark.grader().toLowerCase(Locale.ROOT);
                last.remove(grader);
                last.put(grader, mark);
            }
        }
        return last.values().stream().filter(mark -> mark.points() != null).toList();
    }

    private static MarkedItem item(Form form, FormItem item, List<Mark> marks) {
        List<Mark> chiefs = form.combine() == Combine.CHIEF
                ? marks.stream().filter(Mark::chief).toList()
                : List.of();
        boolean finished = !chiefs.isEmpty() || marks.size() >= form.graders();
        List<BigFraction> given = (chiefs.isEmpty() ? marks : List.of(chiefs.getLast()))
                .stream()
                        .map(mark -> Objects.requireNonNull(mark.points()))
                        .sorted()
                        .map(Points::value)
                        .map(Exact::of)
                        .toList();
        BigFraction combined = combined(form.combine(), given);
        return new MarkedItem(
                item,
                marks,
                finished,
                Exact.least(combined, Exact.of(item.points().value())));
    }

    /** @param given in ascending order */
    private static BigFraction combined(Combine combine, List<BigFraction> given) {
        if (given.isEmpty()) {
            return BigFraction.ZERO;
        }
        List<BigFraction> middle = new ArrayList<>(given);
        if (combine == Combine.MEDIAN) {
            middle = given.subList((given.size() - 1) / 2, given.size() / 2 + 1);
        }
        return middle.stream().reduce(BigFraction.ZERO, BigFraction::add).divide(middle.size());
    }
}
