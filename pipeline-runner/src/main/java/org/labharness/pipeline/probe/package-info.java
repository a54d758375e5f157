/** Runs the programs of the harness that live in containers: makes their runtime, starts them, reads what they leave. */
@NullMarked
package org.labharness.pipeline.probe;

import org.jspecify.annotations.NullMarked;
