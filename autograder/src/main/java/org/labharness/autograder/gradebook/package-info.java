/** What the facts of a course are worth by its rules: pure arithmetic, exact until the one place where the course rounds. */
@NullMarked
package org.labharness.autograder.gradebook;

import org.jspecify.annotations.NullMarked;
