/** A gradebook as text for a terminal: the table of a course, the steps of one student's grade. */
@NullMarked
package org.labharness.autograder.transcript;

import org.jspecify.annotations.NullMarked;
