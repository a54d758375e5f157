package org.labharness.autograder.reach;

import org.labharness.autograder.roster.Student;
import org.labharness.lab.course.CourseLab;

/** A student's work for a lab. */
record Errand(Student student, CourseLab lab) {}
