/** Measures what the harness costs beside the bare pipeline, as ratios taken in one run on one machine. */
@NullMarked
package org.labharness.autograder.bench;

import org.jspecify.annotations.NullMarked;
