package org.labharness.autograder.grading;

import java.util.Optional;
import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.collect.dvc.OwnRemote;

/** The DVC remotes that the harness keeps for those who hand in. */
public interface Remotes {
    /** Where none are kept. */
    Remotes NONE = (course, owner, lab) -> Optional.empty();

    /** That of an owner for a lab; empty where the course has none. */
    Optional<OwnRemote> remote(CourseId course, Owner owner, LabId lab);
}
