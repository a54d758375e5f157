/** Turns what a submission declares into a Python environment, built by uv from our own input. */
@NullMarked
package org.labharness.pipeline.environment;

import org.jspecify.annotations.NullMarked;
