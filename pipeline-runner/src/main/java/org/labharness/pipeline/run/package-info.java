/** Runs a pipeline through the sandbox: the grader's DVC in one container, every stage in one of its own. */
@NullMarked
package org.labharness.pipeline.run;

import org.jspecify.annotations.NullMarked;
