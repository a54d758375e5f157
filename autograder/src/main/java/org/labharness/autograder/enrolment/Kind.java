package org.labharness.autograder.enrolment;

import java.util.List;
import java.util.Optional;
import org.labharness.autograder.table.CsvTable;

/** Where a table comes from, as its first line tells. */
public enum Kind {
    OWN("a roster"),
    MOODLE("an export of Moodle"),
    CANVAS("a gradebook of Canvas"),
    CLASSROOM_ROSTER("a roster of GitHub Classroom"),
    CLASSROOM_GRADES("the grades of an assignment of GitHub Classroom");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /** What a sentence calls it. */
    public String words() {
        return words;
    }

    /** Names of columns are compared without regard to upper and lower case; most specific first. */
    static Optional<Kind> of(CsvTable table) {
        if (all(table, "github_username", "roster_identifier")) {
            return Optional.of(CLASSROOM_GRADES);
        }
        if (all(table, "identifier", "github_username")) {
            return Optional.of(CLASSROOM_ROSTER);
        }
        boolean named = table.has("student") || all(table, "lastname", "firstname");
        if (named && table.has("id") && (table.has("section") || table.has("sis login id"))) {
            return Optional.of(CANVAS);
        }
        boolean person = all(table, "first name", "last name") || all(table, "first name", "surname");
        if ((person || table.has("full name")) && (table.has("email address") || table.has("id number"))) {
            return Optional.of(MOODLE);
        }
        return table.has("id") ? Optional.of(OWN) : Optional.empty();
    }

    private static boolean all(CsvTable table, String... columns) {
        return List.of(columns).stream().allMatch(table::has);
    }
}
