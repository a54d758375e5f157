/** Adds verdicts up to a scorecard: exact decimals, what was set aside, whether it is held. No I/O, no clock. */
@NullMarked
package org.labharness.autograder.score;

import org.jspecify.annotations.NullMarked;
