/** Turns evidence into verdicts: one pure rule for each record of {@link org.labharness.lab.CheckSpec}. No I/O, no clock. */
@NullMarked
package org.labharness.autograder.check;

import org.jspecify.annotations.NullMarked;
