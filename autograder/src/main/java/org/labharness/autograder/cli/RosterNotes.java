package org.labharness.autograder.cli;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import org.labharness.autograder.enrolment.SharedRepositories;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.lab.course.CourseLab;

/** What staff should look at in the roster, after what a command has to say. */
final class RosterNotes {
    private RosterNotes() {}

    /** @param concerned whom the command was about */
    static void print(PrintStream out, Collection<CourseLab> labs, Roster roster, Collection<Student> concerned) {
        List<String> notes = SharedRepositories.notes(labs, roster, concerned);
        if (!notes.isEmpty()) {
            out.println();
            notes.forEach(note -> out.println("note: " + note));
        }
    }
}
