/** Puts everything that is kept of courses into one file, whatever database keeps it, and back. */
@NullMarked
package org.labharness.autograder.backup;

import org.jspecify.annotations.NullMarked;
