package org.labharness.autograder.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;

/**
 * What one grader gave for one item of a form. A later mark of the same grader for the same item and owner takes its place.
 *
 * @param chief whether the grader's word decides where the form says so
 * @param points null where the grader takes the earlier mark back
 */
public record Mark(
        long id,
        LabId lab,
        Owner owner,
        String item,
        String grader,
        boolean chief,
        @Nullable Points points,
        String comment,
        Instant at) {}
