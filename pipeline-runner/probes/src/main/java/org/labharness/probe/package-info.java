/** The programs of the harness that run inside containers: nothing of the host is known here. */
@NullMarked
package org.labharness.probe;

import org.jspecify.annotations.NullMarked;
