/** Who hands what in: notes submissions and what became of them in a course's ledger. */
@NullMarked
package org.labharness.autograder.intake;

import org.jspecify.annotations.NullMarked;
