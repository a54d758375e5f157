package org.labharness.pipeline.preflight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.pipeline.checkout.CheckedOut;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.PipelineFacts;

/** Reads a clone before anything of it runs and says what can go wrong. */
public final class Preflight {
    private static final int MOST_FINDINGS = 300;

    private Preflight() {}

    /** What is found of data when fetching has ended. */
    public static List<Finding> afterFetch(List<DataFacts> data) {
        return data.stream()
                .filter(one -> !one.reachable())
                .map(one -> DataQuirk.finding(one, Place.of(one.tracker().isEmpty() ? one.path() : one.tracker())))
                .toList();
    }

    /**
     * @param pipelines as read from the clone
     * @param data as read from the clone, the lab's inputs considered
     */
    public static PreflightReport read(CheckedOut out, List<PipelineFacts> pipelines, List<DataFacts> data) {
        TreeView view = new TreeView(out, pipelines, data);
        List<TrackingUri> uris = TrackingScan.of(view);
        List<Quirk> quirks = List.of(
                new DvcLayoutQuirk(),
                new DataQuirk(),
                new OutputQuirk(),
                new LockQuirk(),
                new CommandQuirk(),
                new RequirementsQuirk(),
                new TrackingQuirk(uris),
                new SecretQuirk(),
                new CommittedFilesQuirk(),
                new NamesQuirk());
        List<Finding> findings = new ArrayList<>();
        for (Quirk quirk : quirks) {
            quirk.look(view, finding -> {
                if (findings.size() < MOST_FINDINGS) {
                    findings.add(finding);
                }
            });
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return new PreflightReport(findings, uris, view.tools());
    }
}
