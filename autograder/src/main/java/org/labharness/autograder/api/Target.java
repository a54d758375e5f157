package org.labharness.autograder.api;

import java.util.List;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Student;
import org.labharness.lab.course.CourseLab;

/**
 * Whose work for which lab something is about.
 *
 * @param people who share in it
 */
record Target(CourseLab offered, Owner owner, List<Student> people) {
    Target {
        people = List.copyOf(people);
    }
}
