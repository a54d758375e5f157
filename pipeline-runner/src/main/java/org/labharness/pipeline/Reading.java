package org.labharness.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.labharness.lab.Finding;
import org.labharness.lab.Lab;
import org.labharness.lab.LabInput;
import org.labharness.lab.Place;
import org.labharness.lab.RunSpec;
import org.labharness.pipeline.checkout.CheckedOut;
import org.labharness.pipeline.collect.dvc.DataSources;
import org.labharness.pipeline.collect.dvc.LinkTargets;
import org.labharness.pipeline.collect.dvc.OwnRemote;
import org.labharness.pipeline.collect.dvc.Pipelines;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.RunFacts;
import org.labharness.pipeline.evidence.TreeFacts;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;
import org.labharness.pipeline.fetch.DataFetch;
import org.labharness.pipeline.preflight.FindingCode;
import org.labharness.pipeline.preflight.Preflight;
import org.labharness.pipeline.preflight.PreflightReport;
import org.labharness.pipeline.preflight.TrackingUri;
import org.labharness.pipeline.sandbox.LoopbackPort;
import org.labharness.pipeline.tracking.TrackingServers;

/** What reading a clone tells, before anything runs. */
record Reading(
        TreeReader tree,
        List<PipelineFacts> pipelines,
        DataSources data,
        List<LabInput> inputs,
        List<DataFacts> facts,
        PreflightReport report) {
    private static final Set<String> WHAT_TO_RUN = Set.of(
            FindingCode.REPO_NOTHING_TO_RUN.code(),
            FindingCode.REPO_MAKEFILE_ONLY.code(),
            FindingCode.DVC_NO_PIPELINE.code());
    private static final int MOST_PORTS = 16;
    private static final int MOST_POINTERS = 5_000;

    static Reading of(CheckedOut clone, Lab lab) {
        return of(clone, lab, Optional.empty());
    }

    /** @param own what the harness keeps for whoever handed it in */
    static Reading of(CheckedOut clone, Lab lab, Optional<OwnRemote> own) {
        List<String> paths = clone.tree().files().stream().map(TreeFile::path).toList();
        TreeReader tree = LinkTargets.reader(
                clone.directory(),
                clone.links(),
                paths,
                lab.inputs().stream().map(LabInput::target).toList());
        List<PipelineFacts> pipelines = Pipelines.read(tree, paths);
        DataSources data = new DataSources(tree, paths, pipelines, own);
        List<LabInput> inputs = data.placed(lab.inputs());
        List<DataFacts> facts = data.read(inputs, new TreeReader(lab.folder()));
        PreflightReport report = Preflight.read(clone, tree, pipelines, facts);
        return new Reading(tree, pipelines, data, inputs, data.withLinks(facts), asked(report, lab));
    }

    /** A lab that says itself what to run asks for no file that would say it. */
    private static PreflightReport asked(PreflightReport report, Lab lab) {
        return lab.run() instanceof RunSpec.Commands
                ? report.with(report.findings().stream()
                        .filter(finding -> !WHAT_TO_RUN.contains(finding.code()))
                        .toList())
                : report;
    }

    /** The files that Git LFS keeps. */
    static List<String> pointers(CheckedOut clone) {
        return clone.tree().files().stream()
                .filter(file -> file.kind() == TreeFacts.Kind.LFS_POINTER)
                .map(TreeFile::path)
                .limit(MOST_POINTERS)
                .toList();
    }

    /** What is known when fetching has ended and what came is in its place. */
    Reading after(DataFetch.Fetched fetched, Lab lab) {
        DataSources now = data.after(new TreeReader(fetched.folder()), fetched.fates());
        List<DataFacts> known = new ArrayList<>(now.read(inputs, new TreeReader(lab.folder())));
        Set<String> paths = known.stream().map(DataFacts::path).collect(Collectors.toSet());
        fetched.fates().forEach((path, fate) -> {
            if (!paths.contains(path)) {
                known.add(new DataFacts(path, "", -1, fate.presence(), fate.reason()));
            }
        });
        known.sort(Comparator.comparing(DataFacts::path));
        List<Finding> found = new ArrayList<>(report.findings());
        found.addAll(Preflight.afterFetch(known.stream()
                .filter(one -> fetched.fates().containsKey(one.path()))
                .toList()));
        found.sort(Comparator.comparing(Finding::severity));
        return new Reading(tree, pipelines, now, inputs, now.withLinks(known), report.with(found));
    }

    /**
     * All findings, those that only the run could show included, those that it has shown to be wrong left out. What reading said of a requirement's line is not said again by the
     * environment that was made of it, nor of a command or of outputs that Git holds twice what reading and the run both show.
     */
    List<Finding> findings(RunFacts run, List<Finding> ofRun, List<Finding> ofEnvironment) {
        List<Finding> all = new ArrayList<>(
                RepairFindings.without(ofRun, new Disproved(run, pipelines).without(report.findings())));
        Set<Place> said = all.stream()
                .filter(finding -> finding.code().startsWith("env."))
                .flatMap(finding -> Optional.ofNullable(finding.where()).stream())
                .collect(Collectors.toSet());
        ofEnvironment.stream()
                .filter(finding -> finding.where() == null || !said.contains(finding.where()))
                .forEach(all::add);
        all.addAll(RepairFindings.besides(report.findings(), ofRun));
        return List.copyOf(new LinkedHashSet<>(all));
    }

    /** Why there is nothing to grade, as far as that is known. */
    Optional<String> whyNothing() {
        return Preflight.whyNothing(report.findings());
    }

    boolean usesNothing() {
        return !report.tools().dvc() && !report.tools().mlflow();
    }

    /**
     * Loopback ports that the tracking server answers: its own, and those that the submission's tracking calls name. On 127.0.0.1 only
     * where the submission does not open that port itself.
     */
    Set<LoopbackPort> answeredPorts() {
        Map<Integer, Boolean> bound = new TreeMap<>();
        report.trackingUris().stream()
                .filter(TrackingUri::isLoopback)
                .filter(uri -> uri.port() >= 1024 && uri.port() != TrackingServers.PORT.port())
                .limit(MOST_PORTS)
                .forEach(uri -> bound.merge(uri.port(), uri.bound(), Boolean::logicalOr));
        Set<LoopbackPort> ports = bound.entrySet().stream()
                .map(entry -> new LoopbackPort(entry.getKey(), !entry.getValue()))
                .collect(Collectors.toSet());
        ports.add(TrackingServers.PORT);
        return ports;
    }
}
