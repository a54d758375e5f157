/** The lab's own pytest files: run in a container of their own over the evidence and a copy of the submission's files. */
@NullMarked
package org.labharness.pipeline.custom;

import org.jspecify.annotations.NullMarked;
