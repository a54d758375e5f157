/** Brings the data that a submission names and does not hold, before any of its code runs, from places that may be asked. */
@NullMarked
package org.labharness.pipeline.fetch;

import org.jspecify.annotations.NullMarked;
