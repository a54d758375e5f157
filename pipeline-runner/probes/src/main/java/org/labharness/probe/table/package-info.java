/** Rows and columns as they cross the border of a container, in files that either side reads with bounds. */
@NullMarked
package org.labharness.probe.table;

import org.jspecify.annotations.NullMarked;
