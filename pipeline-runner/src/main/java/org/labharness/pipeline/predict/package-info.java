/** Finds a submission's models, lets them predict rows that the submission never saw, and measures how well. */
@NullMarked
package org.labharness.pipeline.predict;

import org.jspecify.annotations.NullMarked;
