package org.labharness.autograder.grading;

import org.labharness.lab.Lab;
import org.labharness.pipeline.Source;

/**
 * One submission to grade.
 *
 * @param student who handed it in, or the repository's name where nobody is named
 */
public record GradeRequest(String student, Source source, Lab lab) {}
