/** Looks for rows of a lab's hidden data in whatever a submission holds. */
@NullMarked
package org.labharness.pipeline.collect.rows;

import org.jspecify.annotations.NullMarked;
