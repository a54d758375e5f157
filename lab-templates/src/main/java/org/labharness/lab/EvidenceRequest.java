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

    /** A further run after a change. */
    record Intervene(Intervention change) implements EvidenceRequest {}

    /** Whether the content of a path differs from run to run. */
    record Content(String path) implements EvidenceRequest {}

    /** What a model makes of rows: hidden ones of the lab, or the submission's own. */
    record Predictions(ModelReference model, TestRows rows) implements EvidenceRequest {}

    /** What a service of the lab does while it is asked. */
    record Serving(String service) implements EvidenceRequest {}

    /** Whom a client asks. */
    record Client(ServiceCheck.ClientFollows client) implements EvidenceRequest {}

    /** Rows of hidden data in what the submission holds. */
    record HiddenCopies(String data) implements EvidenceRequest {}

    /** Branches, merges and authors. */
    record History() implements EvidenceRequest {}

    /** What the repository keeps at a path at each of the tags. */
    record DataVersions(java.util.List<String> tags, String path, HistoryCheck.Disjoint disjoint)
            implements EvidenceRequest {
        public DataVersions {
            tags = java.util.List.copyOf(tags);
        }
    }

    /** Experiments that DVC recorded, with their params and metrics. */
    record Experiments() implements EvidenceRequest {}

    /** What a pytest file of the lab finds, run when all else is known. */
    record Custom(String file) implements EvidenceRequest {}
}
