/** Brings tables of students into a roster: the harness's own, and what Moodle, Canvas and GitHub Classroom export. */
@NullMarked
package org.labharness.autograder.enrolment;

import org.jspecify.annotations.NullMarked;
