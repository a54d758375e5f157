package org.labharness.pipeline;

import java.util.List;
import org.labharness.lab.Finding;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.SubmissionFacts;

/**
 * What reading a submission found; nothing ran.
 *
 * @param findings in the order of how much they matter
 */
public record Inspection(SubmissionFacts submission, List<PipelineFacts> pipelines, List<Finding> findings) {
    public Inspection {
        pipelines = List.copyOf(pipelines);
        findings = List.copyOf(findings);
    }
}
