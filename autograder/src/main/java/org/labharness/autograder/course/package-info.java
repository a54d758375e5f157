/** Courses while a process works for them that runs for weeks: as their files describe them now. */
@NullMarked
package org.labharness.autograder.course;

import org.jspecify.annotations.NullMarked;
