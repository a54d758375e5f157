package org.labharness.autograder.gitserver;

import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;

/** Addresses of this server as people outside of it use them. */
public interface Links {
    /** Where a repository is pushed to. */
    String repository(CourseId course, Owner owner, LabId lab);

    /** By which people reach this server, without a slash at its end. */
    String server();

    /** A page about a submission that whoever has the address may see, and nobody can guess. */
    String report(long submission);
}
