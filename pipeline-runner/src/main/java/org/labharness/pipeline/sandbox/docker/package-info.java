/** The sandbox on a Docker engine. */
@NullMarked
package org.labharness.pipeline.sandbox.docker;

import org.jspecify.annotations.NullMarked;
