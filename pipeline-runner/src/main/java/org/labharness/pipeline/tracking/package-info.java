/** An MLflow tracking server of the submission's own. */
@NullMarked
package org.labharness.pipeline.tracking;

import org.jspecify.annotations.NullMarked;
