package org.labharness.autograder.challenge;

import org.labharness.autograder.roster.Student;
import org.labharness.lab.Points;

/**
 * What a challenge earns a student.
 *
 * @param why in words and numbers
 */
public record Awarded(Student student, Points points, String why) {}
