package org.labharness.autograder.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.Assertions;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.sample.TinyCourse;
import org.labharness.autograder.table.CsvTable;
import org.labharness.autograder.table.InvalidTable;

/** Tables brought into rosters of the tiny course. */
final class Imported {
    private Imported() {}

    static RosterImport into(Roster before, String text, ImportChoices choices) {
        return RosterTable.read(CsvTable.parse("list.csv", text), TinyCourse.course(), before, choices);
    }

    static RosterImport into(Roster before, String text) {
        return into(before, text, ImportChoices.NONE);
    }

    static Roster fresh(String text) {
        return into(Roster.EMPTY, text).merged();
    }

    static Student student(Roster roster, String id) {
        return roster.student(StudentId.parse(id)).orElseThrow();
    }

    /** The problems, one a line. */
    static String refused(Roster before, String text, ImportChoices choices) {
        InvalidTable refused = Assertions.catchThrowableOfType(InvalidTable.class, () -> into(before, text, choices));
        assertThat(refused).isNotNull();
        return String.valueOf(refused.getMessage());
    }

    static String refused(String text) {
        return refused(Roster.EMPTY, text, ImportChoices.NONE);
    }
}
