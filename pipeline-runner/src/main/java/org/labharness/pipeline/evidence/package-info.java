/** The facts that checks read, and their file evidence.json. */
@NullMarked
package org.labharness.pipeline.evidence;

import org.jspecify.annotations.NullMarked;
