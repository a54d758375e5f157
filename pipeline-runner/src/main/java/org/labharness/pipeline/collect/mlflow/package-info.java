/** Reads what a run tracked and registered in MLflow, from outside. */
@NullMarked
package org.labharness.pipeline.collect.mlflow;

import org.jspecify.annotations.NullMarked;
