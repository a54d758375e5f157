/** The page of a course for its staff: every grade, and what grades say of labs and checks. */
@NullMarked
package org.labharness.autograder.coursepage;

import org.jspecify.annotations.NullMarked;
