package org.labharness.pipeline.preflight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.pipeline.checkout.CheckedOut;
import org.labharness.pipeline.checkout.History;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.PipelineFacts;

/** Reads a clone before anything of it runs and says what can go wrong. */
public final class Preflight {
    private static final int MOST_FINDINGS = 300;

    private static final List<FindingCode> WHY_NOTHING = List.of(
            FindingCode.REPO_WORK_ON_OTHER_BRANCH,
            FindingCode.DVC_WRONG_NAME,
            FindingCode.DVC_OLD_STAGE_FILES,
            FindingCode.REPO_NOTEBOOKS_ONLY,
            FindingCode.DVC_NO_PIPELINE);

    private Preflight() {}

    /** What is found of data when fetching has ended. */
    public static List<Finding> afterFetch(List<DataFacts> data) {
        return data.stream()
                .filter(one -> !one.reachable())
                .map(one -> DataQuirk.finding(one, Place.of(one.tracker().isEmpty() ? one.path() : one.tracker())))
                .toList();
    }

    /** Why there is nothing to grade: what the work is in instead; empty where that is not known. */
    public static Optional<String> whyNothing(List<Finding> findings) {
        return findings.stream()
                .filter(finding ->
                        WHY_NOTHING.stream().anyMatch(code -> code.code().equals(finding.code())))
                .map(finding -> finding.message() + " " + finding.hint())
                .findFirst();
    }

    /** Whether a file's content is not looked at: installed packages, which are nobody's own work. */
    public static boolean isLeft(String path) {
        return path.contains("/site-packages/") || path.contains("node_modules/") || path.contains("__pycache__/");
    }

    /**
     * @param tree of the clone, with the links that are followed
     * @param pipelines as read from the clone
     * @param data as read from the clone, the lab's inputs considered
     */
    public static PreflightReport read(
            CheckedOut out, TreeReader tree, List<PipelineFacts> pipelines, List<DataFacts> data) {
        try (History history = History.of(out.directory())) {
            return read(new TreeView(out, tree, history, pipelines, data));
        }
    }

    private static PreflightReport read(TreeView view) {
        List<TrackingUri> uris = TrackingScan.of(view);
        NewerPython newer = view.scripts().newer().orElse(null);
        List<Quirk> quirks = List.of(
                new DvcLayoutQuirk(),
                new HiddenPipelineQuirk(),
                new BranchQuirk(),
                new GraphQuirk(),
                new DataQuirk(),
                new OutputQuirk(),
                new LinkQuirk(),
                new LockQuirk(),
                new LockFormatQuirk(),
                new CommandQuirk(),
                new EnvironmentQuirk(),
                new LinesQuirk(),
                new ShellScriptQuirk(),
                new ScriptQuirk(),
                new ReadingQuirk(),
                new ShadowQuirk(),
                new DownloadQuirk(),
                new VariableQuirk(),
                new FolderQuirk(),
                new NotebookKernelQuirk(),
                new MlProjectQuirk(),
                new RequirementsQuirk(),
                new PackagesQuirk(),
                new PythonVersionQuirk(newer),
                new TrackingQuirk(uris),
                new StoreQuirk(),
                new SecretQuirk(),
                new CommittedFilesQuirk(),
                new NamesQuirk(),
                new ConflictQuirk(),
                Preflight::partlyRead);
        List<Finding> findings = new ArrayList<>();
        for (Quirk quirk : quirks) {
            quirk.look(view, finding -> {
                if (findings.size() < MOST_FINDINGS) {
                    findings.add(finding);
                }
            });
        }
        withoutRepeated(findings);
        findings.sort(Comparator.comparing(Finding::severity));
        return new PreflightReport(
                findings, uris, view.tools(), newer, view.scripts().imports());
    }

    /** Lines of a merge conflict for which another finding says what they break. */
    private static void withoutRepeated(List<Finding> findings) {
        String conflict = FindingCode.REPO_MERGE_CONFLICT.code();
        Set<Place> told = findings.stream()
                .filter(finding -> !finding.code().equals(conflict))
                .flatMap(finding -> Optional.ofNullable(finding.where()).stream())
                .collect(Collectors.toUnmodifiableSet());
        findings.removeIf(finding -> finding.code().equals(conflict) && told.contains(finding.where()));
    }

    private static void partlyRead(TreeView view, Consumer<Finding> findings) {
        if (!view.complete()) {
            findings.accept(FindingCode.REPO_PARTLY_READ.at(
                    null,
                    "The repository holds so much text that only part of it was looked at for secrets, addresses and calls.",
                    "Keep data, generated files and copies of other projects out of Git."));
        }
    }
}
