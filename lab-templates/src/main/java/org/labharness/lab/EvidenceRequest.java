package org.labharness.lab;

/** What a check needs collected. Requests of all checks together say what must run. */
public sealed interface EvidenceRequest {
    /** The committed files and what reading them found. */
    record Tree() implements EvidenceRequest {}

    /** The declared pipelines, their locks and recorded metrics. */
    record Pipelines() implements EvidenceRequest {}

    /** The pipeline run by the harness, with the metrics it made. */
    record PipelineRun() implements EvidenceRequest {}

    /** A second {@code dvc repro} right after the first. */
    record SecondRun() implements EvidenceRequest {}

    /** What the run tracked and registered in MLflow. */
    record Tracking() implements EvidenceRequest {}

    /** What a pytest file of the lab finds, run when all else is known. */
    record Custom(String file) implements EvidenceRequest {}
}
