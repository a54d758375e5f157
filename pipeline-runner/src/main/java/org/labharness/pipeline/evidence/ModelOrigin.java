package org.labharness.pipeline.evidence;

/**
 * Where a model was found.
 *
 * @param place as people read it: {@code version 2 of 'wine'}, {@code models/wine.onnx}
 * @param store the MLflow store, empty for a file in the tree
 * @param runId the run that made it, empty where none is known
 * @param fresh whether it was made by this grading's run; of a file whether a stage made it or nobody knows
 * @param flavor what kind of model it is: {@code onnx}, {@code sklearn}
 */
public record ModelOrigin(String place, String store, String runId, boolean fresh, String flavor) {}
