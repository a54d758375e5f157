package org.labharness.autograder.gitserver;

import java.time.Instant;
import java.util.List;
import org.labharness.autograder.course.LiveCourses;
import org.labharness.autograder.course.ServedCourse;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.token.AccessToken;
import org.labharness.autograder.token.Scope;
import org.labharness.lab.Lab;
import org.labharness.lab.course.CourseLab;

/**
 * Somebody at a repository that they may reach.
 *
 * @param owner whose repository it is
 * @param people who share in it
 * @param token which they showed
 * @param arrived server time: when it is known what is asked for
 */
record Visit(
        ServedCourse served, CourseLab offered, Owner owner, List<Student> people, AccessToken token, Instant arrived) {
    Visit {
        people = List.copyOf(people);
    }

    Lab lab() {
        return served.described(offered);
    }

    boolean staff() {
        return token.scope() == Scope.STAFF;
    }

    /** {@code mlops/CS21B001/dvc-pipeline}. */
    String path() {
        return served.course().id() + "/" + owner.id() + "/" + offered.id();
    }

    /** The same by the course as it is described now; where the lab was taken out of it meanwhile, as it was when somebody came. */
    Visit now(LiveCourses courses) {
        return courses.now(served.course().id())
                .flatMap(described -> described
                        .offered(offered.id().value())
                        .map(lab -> new Visit(described, lab, owner, people, token, arrived)))
                .orElse(this);
    }

    /** The same, arrived at another moment. */
    Visit at(Instant moment) {
        return new Visit(served, offered, owner, people, token, moment);
    }
}
