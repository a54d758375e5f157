/** Starts services of a submission after its run, in a namespace where nothing of the run is alive, and asks them what a lab wants to know. */
@NullMarked
package org.labharness.pipeline.serve;

import org.jspecify.annotations.NullMarked;
