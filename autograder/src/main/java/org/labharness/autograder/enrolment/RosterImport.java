package org.labharness.autograder.enrolment;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;

/**
 * What a table makes of a roster; nothing is changed yet.
 *
 * @param whole whether its kind lists everybody, so that those who are not in it have left
 * @param students how many it names
 * @param before the roster as it was
 * @param merged the roster with what it says, and with those who are not in it
 * @param absent those who are not in it
 * @param notes what is worth knowing of it, one sentence each
 */
public record RosterImport(
        Kind kind,
        boolean whole,
        int students,
        Roster before,
        Roster merged,
        List<Student> absent,
        List<String> notes) {
    public RosterImport {
        absent = List.copyOf(absent);
        notes = List.copyOf(notes);
    }

    /** @param leave whether those who are not in it leave the roster */
    public RosterChange change(boolean leave) {
        return RosterChange.between(before, after(leave));
    }

    /** The roster as it would be. */
    public Roster after(boolean leave) {
        Set<Student> leaving = leave ? new HashSet<>(absent) : Set.of();
        return new Roster(merged.students().stream()
                .filter(student -> !leaving.contains(student))
                .toList());
    }

    /** Whether more than half of the roster is not in it, as where a part of a list is taken for the whole. */
    public boolean missesMost() {
        return absent.size() * 2 > before.students().size();
    }
}
