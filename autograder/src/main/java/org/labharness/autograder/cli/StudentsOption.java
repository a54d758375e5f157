package org.labharness.autograder.cli;

import java.util.Arrays;
import java.util.List;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.RosterStore;
import org.labharness.lab.course.Course;
import picocli.CommandLine.Option;

/** Which students of a course a command is about. */
final class StudentsOption {
    @Option(
            names = "--students",
            paramLabel = "ID",
            description = "Only these, separated by commas. Default: the whole roster.")
    private List<String> given = List.of();

    boolean areGiven() {
        return !given.isEmpty();
    }

    /** Those that are named; everybody where the option is not given, never where it names nobody. */
    List<Student> of(Database database, Course course) {
        Roster roster = new RosterStore(database).read(course.id());
        if (roster.students().isEmpty()) {
            throw new WrongUse("The roster of " + course.id() + " is empty. Bring it in: ./lab roster F.csv --apply.");
        }
        if (!areGiven()) {
            return List.copyOf(roster.students());
        }
        List<String> names = given.stream()
                .flatMap(some -> Arrays.stream(some.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        if (names.isEmpty()) {
            throw new WrongUse("--students '" + String.join(",", given)
                    + "' names nobody. It takes ids of the roster, separated by commas; leave it out for everybody.");
        }
        return names.stream().map(name -> CourseOptions.student(roster, name)).toList();
    }
}
