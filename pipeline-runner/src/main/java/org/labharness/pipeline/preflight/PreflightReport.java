package org.labharness.pipeline.preflight;

import java.util.List;
import org.labharness.lab.Finding;

/**
 * What reading a clone found.
 *
 * @param findings in the order of how much they matter
 * @param trackingUris hard-coded addresses of MLflow
 * @param usesDvc whether there is a dvc.yaml, a {@code .dvc} folder or a {@code .dvc} file
 * @param usesMlflow whether code imports MLflow or a command calls it
 * @param mlproject path of the MLproject file nearest to the root; empty where there is none
 */
public record PreflightReport(
        List<Finding> findings, List<TrackingUri> trackingUris, boolean usesDvc, boolean usesMlflow, String mlproject) {
    public PreflightReport {
        findings = List.copyOf(findings);
        trackingUris = List.copyOf(trackingUris);
    }
}
