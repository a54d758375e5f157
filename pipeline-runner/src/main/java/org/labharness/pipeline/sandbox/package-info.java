/** The contract of the place where student code runs: containers, limits, uid, file system, namespace. */
@NullMarked
package org.labharness.pipeline.sandbox;

import org.jspecify.annotations.NullMarked;
