package org.labharness.pipeline.run;

import java.nio.file.Path;
import java.util.List;
import org.labharness.lab.LabInput;
import org.labharness.lab.Limits;
import org.labharness.lab.RunSpec;
import org.labharness.pipeline.document.TreeLinks;
import org.labharness.pipeline.environment.PreparedEnvironment;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.PipelineFacts;

/**
 * What is to be run and with what.
 *
 * @param labFolder what the sources of {@code inputs} are relative to
 * @param pipelines as read from the commit
 * @param data what is known of data that no stage makes
 * @param links of the commit, which lie in the tree
 * @param image the tools image of the environment's Python
 * @param trackingUri value of MLFLOW_TRACKING_URI
 */
public record RunRequest(
        RunSpec spec,
        Limits limits,
        Path labFolder,
        List<LabInput> inputs,
        List<PipelineFacts> pipelines,
        List<DataFacts> data,
        TreeLinks links,
        PreparedEnvironment environment,
        String image,
        String trackingUri) {
    public RunRequest {
        inputs = List.copyOf(inputs);
        pipelines = List.copyOf(pipelines);
        data = List.copyOf(data);
    }
}
