package org.labharness.pipeline.evidence;

/**
 * The tools that the committed files are made for, as reading them told.
 *
 * @param dvc whether there is a dvc.yaml, a {@code .dvc} folder or a {@code .dvc} file
 * @param mlflow whether code imports MLflow, a command calls it, or there is an MLproject
 * @param mlproject path of the MLproject file nearest to the root; empty where there is none
 */
public record ToolFacts(boolean dvc, boolean mlflow, String mlproject) {}
