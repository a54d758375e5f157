/** Runs one submission and gives its evidence: the steps in their order, progress, and the kinds of not-OK. */
@NullMarked
package org.labharness.pipeline;

import org.jspecify.annotations.NullMarked;
