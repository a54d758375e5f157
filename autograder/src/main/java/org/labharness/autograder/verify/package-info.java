/** Proves that a lab measures what it says: its solution, starter and faulty submissions earn exactly what they must. */
@NullMarked
package org.labharness.autograder.verify;

import org.jspecify.annotations.NullMarked;
