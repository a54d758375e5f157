package org.labharness.pipeline.preflight;

import java.util.List;
import org.labharness.lab.Finding;
import org.labharness.pipeline.evidence.ToolFacts;

/**
 * What reading a clone found.
 *
 * @param findings in the order of how much they matter
 * @param trackingUris hard-coded addresses of MLflow
 * @param tools what the submission is made for
 */
public record PreflightReport(List<Finding> findings, List<TrackingUri> trackingUris, ToolFacts tools) {
    public PreflightReport {
        findings = List.copyOf(findings);
        trackingUris = List.copyOf(trackingUris);
    }
}
