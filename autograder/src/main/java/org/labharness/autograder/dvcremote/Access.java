package org.labharness.autograder.dvcremote;

import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;

/** Says who may use which remote. Safe for use by several threads. */
public interface Access {
    /**
     * @param user as the client names itself; empty where it does not
     * @param secret as the client proves itself, such as a token; empty where it does not
     * @param who id of the student or team whose remote it is
     * @param writing whether something is to be added
     */
    Decision decide(String user, String secret, CourseId course, String who, LabId lab, boolean writing);

    /** What is decided. */
    sealed interface Decision {
        record Granted(Owner owner) implements Decision {}

        /** Nobody is known by that user and secret. */
        record Unknown() implements Decision {}

        /** @param why a sentence for whoever asked */
        record Denied(String why) implements Decision {}
    }
}
