/** Requests that go into a container and what came of them, in files that either side reads with bounds. */
@NullMarked
package org.labharness.probe.exchange;

import org.jspecify.annotations.NullMarked;
