/** Changes one thing in a copy of a submission's tree, so that another run shows what follows. */
@NullMarked
package org.labharness.pipeline.intervene;

import org.jspecify.annotations.NullMarked;
