package org.labharness.autograder.mark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.store.DecisionStore.NewMark;
import org.labharness.lab.FormItem;
import org.labharness.lab.Points;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.load.NearestWord;

/** Makes marks out of what graders write, and complains of what no form takes. */
public final class MarkReader {
    /** Takes an earlier mark back. */
    static final String BACK = "-";

    private static final int LONGEST = 80;

    private final CourseLab lab;
    private final Roster roster;
    private final List<String> problems = new ArrayList<>();

    public MarkReader(CourseLab lab, Roster roster) {
        this.lab = lab;
        this.roster = roster;
    }

    /** What was wrong so far, one sentence each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    void wrong(String where, String sentence) {
        problems.add(where.isEmpty() ? sentence : where + ": " + sentence);
    }

    /**
     * One mark, or none after a problem was noted.
     *
     * @param where such as {@code line 3}; empty where it is plain
     * @param whose a student, or a team for what a team shares
     * @param points a number, or {@code -} to take an earlier mark back
     */
    public Optional<NewMark> mark(
            String where, String whose, String item, String points, String grader, boolean chief, String comment) {
        Optional<FormItem> known = item(where, item);
        Optional<Owner> owner = known.flatMap(form -> owner(where, whose, form));
        if (known.isEmpty() || owner.isEmpty()) {
            return Optional.empty();
        }
        if (points.equals(BACK)) {
            return Optional.of(new NewMark(lab.id(), owner.get(), item, grader, chief, null, comment));
        }
        return points(where, points, known.get())
                .map(given -> new NewMark(lab.id(), owner.get(), item, grader, chief, given, comment));
    }

    /** An item of the form, or none after a problem was noted. */
    Optional<FormItem> item(String where, String id) {
        Optional<FormItem> item = lab.form().item(id);
        if (item.isEmpty()) {
            List<String> ids = lab.form().items().stream().map(FormItem::id).toList();
            wrong(
                    where,
                    "the form of " + lab.id() + " has no item '" + PlainText.line(id, LONGEST) + "'."
                            + NearestWord.to(id, ids)
                                    .map(word -> " Did you mean '" + word + "'?")
                                    .orElse(" It has " + String.join(", ", ids) + "."));
        }
        return item;
    }

    /** For a shared item of a lab for teams a student stands for the whole team. */
    private Optional<Owner> owner(String where, String whose, FormItem item) {
        Optional<Student> student = roster.students().stream()
                .filter(one -> one.id().value().equals(whose))
                .findFirst();
        if (student.isPresent()) {
            return student.map(one -> lab.team() && !item.personal() && one.team() != null
                    ? new Owner.OfTeam(one.team())
                    : new Owner.OfStudent(one.id()));
        }
        Optional<Owner> team = roster.students().stream()
                .map(Student::team)
                .filter(one -> one != null && one.value().equals(whose))
                .findFirst()
                .map(Owner.OfTeam::new);
        if (team.isPresent() && item.personal()) {
            wrong(where, "'" + item.id() + "' is given to each member, but '" + whose + "' is a team. Name a student.");
            return Optional.empty();
        }
        if (team.isEmpty()) {
            List<String> ids =
                    roster.students().stream().map(one -> one.id().value()).toList();
            wrong(
                    where,
                    "the roster has no student or team '" + PlainText.line(whose, LONGEST) + "'."
                            + NearestWord.to(whose, ids)
                                    .map(word -> " Did you mean '" + word + "'?")
                                    .orElse(""));
        }
        return team;
    }

    private Optional<Points> points(String where, String text, FormItem item) {
        @Nullable Points points = parsed(text);
        if (points == null || !item.takes(points)) {
            String steps =
                    item.step().value().movePointRight(2).intValueExact() == 1 ? "" : " in steps of " + item.step();
            wrong(
                    where,
                    "'" + item.id() + "' takes 0 to " + item.points() + " points" + steps + ", not '"
                            + PlainText.line(text, LONGEST) + "'.");
            return Optional.empty();
        }
        return Optional.of(points);
    }

    /** A comma is as good as a point. */
    private static @Nullable Points parsed(String text) {
        if (!text.matches("[0-9]{1,6}([.,][0-9]{1,6})?")) {
            return null;
        }
        try {
            return Points.parse(text.replace(',', '.'));
        } catch (IllegalArgumentException tooExact) {
            return null;
        }
    }
}
