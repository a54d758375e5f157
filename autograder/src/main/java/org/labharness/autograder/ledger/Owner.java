package org.labharness.autograder.ledger;

import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;

/** Whose work something is: {@code student:CS21B001} or {@code team:alpha}. */
public sealed interface Owner {
    static Owner parse(String text) {
        int colon = text.indexOf(':');
        String id = text.substring(colon + 1);
        return switch (text.substring(0, Math.max(0, colon))) {
            case "student" -> new OfStudent(StudentId.parse(id));
            case "team" -> new OfTeam(TeamId.parse(id));
            default -> throw new IllegalArgumentException("'" + text + "' is no owner: expected student:ID or team:ID");
        };
    }

    /** Whether a student has a share in it. */
    boolean includes(Student student);

    /** The id alone. */
    String id();

    /** Work of one student. */
    record OfStudent(StudentId student) implements Owner {
        @Override
        public boolean includes(Student other) {
            return other.id().equals(student);
        }

        @Override
        public String id() {
            return student.value();
        }

        @Override
        public String toString() {
            return "student:" + student;
        }
    }

    /** Work of a team. */
    record OfTeam(TeamId team) implements Owner {
        @Override
        public boolean includes(Student other) {
            return team.equals(other.team());
        }

        @Override
        public String id() {
            return team.value();
        }

        @Override
        public String toString() {
            return "team:" + team;
        }
    }
}
