/** Whether the harness reaches the repositories of a roster, found out before anything is graded. */
@NullMarked
package org.labharness.autograder.reach;

import org.jspecify.annotations.NullMarked;
