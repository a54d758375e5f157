/** The page of a course's staff on the server: what waits and runs, and what somebody has to look at. */
@NullMarked
package org.labharness.autograder.staffpage;

import org.jspecify.annotations.NullMarked;
