/** Reads a clone and says what can go wrong, before anything runs. */
@NullMarked
package org.labharness.pipeline.preflight;

import org.jspecify.annotations.NullMarked;
