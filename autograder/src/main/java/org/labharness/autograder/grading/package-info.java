/** Grades one submission: runs it, evaluates the lab's checks over the evidence, gives an outcome. */
@NullMarked
package org.labharness.autograder.grading;

import org.jspecify.annotations.NullMarked;
