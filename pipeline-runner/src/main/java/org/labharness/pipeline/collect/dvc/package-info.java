/** Reads dvc.yaml, dvc.lock, .dvc files and metrics from outside, and compares them. */
@NullMarked
package org.labharness.pipeline.collect.dvc;

import org.jspecify.annotations.NullMarked;
