package org.labharness.pipeline.preflight;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Finding;
import org.labharness.pipeline.document.PythonImports.Imported;
import org.labharness.pipeline.evidence.ToolFacts;

/**
 * What reading a clone found.
 *
 * @param findings in the order of how much they matter
 * @param trackingUris hard-coded addresses of MLflow
 * @param tools what the submission is made for
 * @param newer what shows that the code needs a newer Python than 3.11, or null
 * @param imports of the scripts that are run, and of the files of the submission's own that these import
 */
public record PreflightReport(
        List<Finding> findings,
        List<TrackingUri> trackingUris,
        ToolFacts tools,
        @Nullable NewerPython newer,
        List<Imported> imports) {
    public PreflightReport {
        findings = List.copyOf(findings);
        trackingUris = List.copyOf(trackingUris);
        imports = List.copyOf(imports);
    }

    /** The same of everything else. */
    public PreflightReport with(List<Finding> others) {
        return new PreflightReport(others, trackingUris, tools, newer, imports);
    }
}
