package org.labharness.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.labharness.lab.Finding;
import org.labharness.lab.Lab;
import org.labharness.pipeline.checkout.CheckedOut;
import org.labharness.pipeline.collect.dvc.DataSources;
import org.labharness.pipeline.collect.dvc.Pipelines;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;
import org.labharness.pipeline.sandbox.LoopbackPort;
import org.labharness.pipeline.tracking.TrackingServers;

/** What reading a clone tells, before anything runs. */
record Reading(
        TreeReader tree, List<PipelineFacts> pipelines, DataSources data, List<DataFacts> facts, List<Finding> findings) {
    static Reading of(CheckedOut clone, Lab lab) {
        TreeReader tree = new TreeReader(clone.directory());
        List<String> paths = clone.tree().files().stream().map(TreeFile::path).toList();
        List<PipelineFacts> pipelines = Pipelines.read(tree, paths);
        DataSources data = new DataSources(tree, paths, pipelines);
        return new Reading(tree, pipelines, data, data.read(lab.inputs()), List.of());
    }

    /** All findings, those that only the run could show included. */
    List<Finding> findings(List<Finding> ofRun) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(ofRun);
        return List.copyOf(new LinkedHashSet<>(all));
    }

    /** Loopback ports that the tracking server answers: its own, and those that the student's code names. */
    Set<LoopbackPort> answeredPorts() {
        return Set.of(TrackingServers.PORT);
    }
}
