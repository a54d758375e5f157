package org.labharness.autograder.dvcremote;

import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;

/** Lets every student in who has the one token, to the remotes of the id that they name as user. */
record OpenAccess(String token) implements Access {
    @Override
    public Decision decide(String user, String secret, CourseId course, String who, LabId lab, boolean writing) {
        if (!secret.equals(token)) {
            return new Decision.Unknown();
        }
        return user.equals(who)
                ? new Decision.Granted(new Owner.OfStudent(StudentId.parse(who)))
                : new Decision.Denied("Not yours.");
    }
}
