package org.labharness.autograder.roster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        Map<StudentId, Student> gone = new LinkedHashMap<>();
        before.students().forEach(student -> gone.put(student.id(), student));
        for (Student student : after.students()) {
            Student known = gone.remove(student.id());
            if (known == null) {
                added.add(student);
            } else if (!known.equals(student)) {
                changed.add(new Changed(known, student));
            }
        }
        return new RosterChange(added, changed, List.copyOf(gone.values()));
    }

    public boolean nothing() {
        return added.isEmpty() && changed.isEmpty() && gone.isEmpty();
    }
}
