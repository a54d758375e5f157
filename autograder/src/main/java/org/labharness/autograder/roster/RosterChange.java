package org.labharness.autograder.roster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a new roster changes.
 *
 * @param gone students that it does not hold any more; their facts stay, and they come back when a later roster holds them again
 */
public record RosterChange(List<Student> added, List<Changed> changed, List<Student> gone) {
    public RosterChange {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        gone = List.copyOf(gone);
    }

    /** A student before and after. */
    public record Changed(Student before, Student after) {}

    public static RosterChange between(Roster before, Roster after) {
        List<Student> added = new ArrayList<>();
        List<Changed> changed = new ArrayList<>();
        for (Student student : after.students()) {
            Optional<Student> known = before.student(student.id());
            if (known.isEmpty()) {
                added.add(student);
            } else if (!known.get().equals(student)) {
                changed.add(new Changed(known.get(), student));
            }
        }
        List<Student> gone = before.students().stream()
                .filter(student -> after.student(student.id()).isEmpty())
                .toList();
        return new RosterChange(added, changed, gone);
    }

    public boolean nothing() {
        return added.isEmpty() && changed.isEmpty() && gone.isEmpty();
    }
}
