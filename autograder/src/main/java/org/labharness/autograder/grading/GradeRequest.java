package org.labharness.autograder.grading;

import org.jspecify.annotations.Nullable;
import org.labharness.lab.Lab;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.collect.dvc.OwnRemote;

/**
 * One submission to grade.
 *
 * @param student who handed it in, or the repository's name where nobody is named
 * @param own the DVC remote that the harness keeps for whoever handed it in; null: there is none
 */
public record GradeRequest(
        String student, Source source, Lab lab, @Nullable OwnRemote own) {
    /** Of somebody for whom no remote is kept. */
    public GradeRequest(String student, Source source, Lab lab) {
        this(student, source, lab, null);
    }
}
