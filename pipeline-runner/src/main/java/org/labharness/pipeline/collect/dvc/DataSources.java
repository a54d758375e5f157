package org.labharness.pipeline.collect.dvc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.labharness.lab.LabInput;
import org.labharness.pipeline.collect.dvc.StoredContent.Stored;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.DataFacts.Presence;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

/** Says for each file that a pipeline needs and does not make whether its content can be had from a clean clone. */
public final class DataSources {
    private static final int MOST_BEHIND_LINKS = 1_000;

    private final TreeReader tree;
    private final List<PipelineFacts> pipelines;
    private final List<TrackedFile> tracked;
    private final Optional<TreeReader> fetched;
    private final Map<String, Fate> fates;
    private final Optional<OwnRemote> own;
    private final Map<String, DvcRoot> roots = new HashMap<>();

    /** @param paths of the committed files */
    public DataSources(TreeReader tree, List<String> paths, List<PipelineFacts> pipelines) {
        this(tree, paths, pipelines, Optional.empty());
    }

    /** @param own what the harness keeps for whoever handed it in */
    public DataSources(TreeReader tree, List<String> paths, List<PipelineFacts> pipelines, Optional<OwnRemote> own) {
        this(tree, pipelines, TrackedFile.withFrozen(tree, paths, pipelines), Optional.empty(), Map.of(), own);
    }

    private DataSources(
            TreeReader tree,
            List<PipelineFacts> pipelines,
            List<TrackedFile> tracked,
            Optional<TreeReader> fetched,
            Map<String, Fate> fates,
            Optional<OwnRemote> own) {
        this.tree = tree;
        this.pipelines = List.copyOf(pipelines);
        this.tracked = List.copyOf(tracked);
        this.fetched = fetched;
        this.fates = Map.copyOf(fates);
        this.own = own;
    }

    /**
     * The same, knowing what fetching brought.
     *
     * @param store folder with contents by their sums, as in a DVC remote
     * @param ends by the path of what was wanted
     */
    public DataSources after(TreeReader store, Map<String, Fate> ends) {
        return new DataSources(tree, pipelines, tracked, Optional.of(store), ends, own);
    }

    /** What has to be fetched: the submission does not hold it and the lab does not provide it. */
    public List<WantedContent> wanted(List<LabInput> inputs) {
        return tracked.stream()
                .filter(file -> tracked(file, inputs).presence() == Presence.FETCHABLE)
                .map(file -> new WantedContent(file.path(), file.md5(), elsewhere(file), file.origin(), file.git()))
                .toList();
    }

    /** The lab's inputs by their places in this submission. */
    public List<LabInput> placed(List<LabInput> inputs) {
        return recorded().placed(inputs);
    }

    private RecordedContent recorded() {
        return new RecordedContent(tree, pipelines, tracked);
    }

    /** The same, and in what way inputs of the lab differ from what the submission records. */
    public List<DataFacts> read(List<LabInput> inputs, TreeReader lab) {
        Map<String, DataFacts> found = new TreeMap<>();
        read(inputs).forEach(fact -> found.put(fact.path(), fact));
        RecordedContent recorded = recorded();
        for (LabInput input : inputs) {
            DataFacts fact = found.get(input.target());
            if (fact == null ? !tree.exists(input.target()) : fact.presence() == Presence.PROVIDED) {
                recorded.difference(input, lab)
                        .ifPresent(words -> found.put(
                                input.target(),
                                new DataFacts(
                                        input.target(),
                                        fact == null ? "" : fact.tracker(),
                                        fact == null ? -1 : fact.size(),
                                        Presence.PROVIDED,
                                        words)));
            }
        }
        return List.copyOf(found.values());
    }

    /** Every file that a {@code .dvc} file tracks, and every dependency that nothing makes and Git does not hold. */
    public List<DataFacts> read(List<LabInput> inputs) {
        Map<String, DataFacts> found = new TreeMap<>();
        for (TrackedFile file : tracked) {
            found.put(file.path(), tracked(file, inputs));
        }
        for (PipelineFacts pipeline : pipelines) {
            for (Stage stage : pipeline.stages()) {
                stage.deps().stream()
                        .filter(dep -> !found.containsKey(dep) && isNeeded(dep) && !stage.runs(dep))
                        .forEach(dep -> found.put(dep, untracked(dep, stage, inputs)));
            }
        }
        return List.copyOf(found.values());
    }

    /** The same, and under the names that committed links give it, what DVC keeps. */
    public List<DataFacts> withLinks(List<DataFacts> known) {
        List<DataFacts> all = new ArrayList<>(known);
        tree.links()
                .followed()
                .forEach((path, link) -> known.stream()
                        .filter(fact -> !fact.tracker().isEmpty() && all.size() < known.size() + MOST_BEHIND_LINKS)
                        .forEach(fact -> {
                            if (RepositoryPath.isWithin(link.place(), fact.path())) {
                                all.add(named(path, fact));
                            } else if (RepositoryPath.isWithin(fact.path(), link.place())) {
                                all.add(named(
                                        path
                                                + fact.path()
                                                        .substring(link.place().length()),
                                        fact));
                            }
                        }));
        return all;
    }

    private static DataFacts named(String path, DataFacts fact) {
        return new DataFacts(path, fact.tracker(), fact.size(), fact.presence(), fact.reason());
    }

    private DvcRoot root(TrackedFile file) {
        return roots.computeIfAbsent(
                DvcRoot.folderOf(tree, file.tracker()), folder -> DvcRoot.of(tree, folder, fetched));
    }

    private boolean isNeeded(String named) {
        String dep = tree.followed(named);
        boolean made = pipelines.stream()
                .flatMap(pipeline -> pipeline.stages().stream())
                .flatMap(stage -> stage.outs().stream())
                .anyMatch(out -> RepositoryPath.isWithin(dep, out.path()) || RepositoryPath.isWithin(out.path(), dep));
        return !made
                && !dep.contains("${")
                && !tree.exists(dep)
                && tracked.stream().noneMatch(file -> file.covers(dep) || RepositoryPath.isWithin(file.path(), dep));
    }

    private static boolean isProvided(String path, List<LabInput> inputs) {
        return inputs.stream()
                .anyMatch(input ->
                        RepositoryPath.isWithin(path, input.target()) || RepositoryPath.isWithin(input.target(), path));
    }

    private static DataFacts untracked(String dep, Stage stage, List<LabInput> inputs) {
        if (isProvided(dep, inputs)) {
            return new DataFacts(dep, "", -1, Presence.PROVIDED, "");
        }
        if (RepositoryPath.isElsewhere(dep) || dep.startsWith("..")) {
            boolean url = dep.contains("://");
            return new DataFacts(
                    dep,
                    "",
                    -1,
                    url ? Presence.REMOTE_UNREACHABLE : Presence.REMOTE_ELSEWHERE,
                    url
                            ? "stage " + stage.name() + " reads it from an address that cannot be reached while grading"
                            : "stage " + stage.name() + " reads it from a path outside the repository");
        }
        return new DataFacts(
                dep,
                "",
                -1,
                Presence.UNTRACKED,
                "stage " + stage.name()
                        + " needs it, but it is neither in Git nor tracked by DVC, and no stage makes it");
    }

    private DataFacts tracked(TrackedFile file, List<LabInput> inputs) {
        Fate fate = fates.get(file.path());
        if (tree.exists(file.path())) {
            return facts(file, Presence.PRESENT, "");
        }
        Optional<Map<String, Stored>> stored =
                file.md5().isEmpty() ? Optional.empty() : root(file).stored().find(file);
        if (stored.isPresent()) {
            Optional<Stored> changed = stored.get().values().stream()
                    .filter(one -> one.endings() != LineEndings.AS_THEY_ARE)
                    .findFirst();
            if (changed.isPresent()) {
                return facts(file, Presence.RESTORED, changed.get().store().folder());
            }
            return fate != null && fate.presence() == Presence.FETCHED
                    ? facts(file, Presence.FETCHED, fate.reason())
                    : facts(file, Presence.PRESENT, "");
        }
        if (isProvided(file.path(), inputs)) {
            return facts(file, Presence.PROVIDED, "");
        }
        if (file.md5().isEmpty()) {
            return facts(file, Presence.NOT_PUSHED, file.tracker() + " records no content (md5) for it");
        }
        return fate == null ? absent(file) : besides(facts(file, fate.presence(), fate.reason()));
    }

    /** Remotes that can be asked for it, but the harness's own. */
    List<DvcRemote> elsewhere(TrackedFile file) {
        return root(file).remotesOf(file).stream()
                .filter(remote -> remote.isFetchable()
                        && own.filter(one -> one.is(remote)).isEmpty())
                .toList();
    }

    /** Where its content should be, for content that the submission does not hold. */
    DataFacts absent(TrackedFile file) {
        Optional<OwnRemote> here = own.filter(one -> one.holds(file.md5(), false));
        return here.isPresent() ? facts(file, Presence.FETCHABLE, here.get().shown()) : besides(absentHere(file));
    }

    /** Says of what cannot be had that it is not in the harness's own remote either. */
    private DataFacts besides(DataFacts fact) {
        boolean theirs = switch (fact.presence()) {
            case NO_REMOTE, REMOTE_ELSEWHERE, REMOTE_UNREACHABLE, NOT_PUSHED -> true;
            case PRESENT, RESTORED, PROVIDED, FETCHABLE, FETCHED, UNANSWERED, UNTRACKED -> false;
        };
        String words = own.filter(one -> theirs && !fact.reason().contains(one.address()))
                .map(one -> "; it is not in " + one.shown() + " either")
                .orElse("");
        return new DataFacts(fact.path(), fact.tracker(), fact.size(), fact.presence(), fact.reason() + words);
    }

    private DataFacts absentHere(TrackedFile file) {
        if (file.git().isPresent()) {
            return imported(file, file.git().get());
        }
        List<DvcRemote> remotes = root(file).remotesOf(file);
        Optional<DvcRemote> there = elsewhere(file).stream().findFirst();
        if (there.isPresent()) {
            return facts(file, Presence.FETCHABLE, there.get().shown());
        }
        if (DvcRemote.isFetchable(file.origin())) {
            return facts(file, Presence.FETCHABLE, "the address " + DvcRemote.withoutLogin(file.origin()));
        }
        return remotes.stream().findFirst().map(remote -> at(file, remote)).orElseGet(() -> withoutRemote(file));
    }

    /** DVC takes it from that repository, whatever remotes this one names. */
    private static DataFacts imported(TrackedFile file, GitSource source) {
        return source.isAddress()
                ? facts(file, Presence.FETCHABLE, source.shown())
                : facts(
                        file,
                        Presence.REMOTE_ELSEWHERE,
                        "it was imported from the Git repository '" + source.url()
                                + "', which is a folder on one machine's disk");
    }

    private static DataFacts withoutRemote(TrackedFile file) {
        return file.origin().isEmpty()
                ? facts(
                        file,
                        Presence.NO_REMOTE,
                        "the repository names no DVC remote, so its content exists only on your machine")
                : facts(
                        file,
                        Presence.REMOTE_UNREACHABLE,
                        "it was imported from " + DvcRemote.withoutLogin(file.origin())
                                + ", which cannot be reached while grading");
    }

    private DataFacts at(TrackedFile file, DvcRemote there) {
        Optional<OwnRemote> here = own.filter(one -> one.is(there));
        if (here.isPresent()) {
            return facts(
                    file,
                    Presence.NOT_PUSHED,
                    "its content is not in " + here.get().shown());
        }
        if (!there.folder().isEmpty()) {
            return facts(
                    file,
                    Presence.NOT_PUSHED,
                    "its content is not in the remote '" + there.name() + "' (" + there.folder()
                            + " in the repository)");
        }
        if (there.isElsewhere()) {
            return facts(
                    file,
                    Presence.REMOTE_ELSEWHERE,
                    "the DVC remote '" + there.name() + "' is a folder on one machine's disk (" + there.url() + ")");
        }
        return facts(
                file,
                Presence.REMOTE_UNREACHABLE,
                "the DVC remote '" + there.name() + "' is " + there.service() + ", which the grader cannot read ("
                        + DvcRemote.withoutLogin(there.url()) + ")");
    }

    private static DataFacts facts(TrackedFile file, Presence presence, String reason) {
        return new DataFacts(file.path(), file.tracker(), file.size(), presence, reason);
    }

    /**
     * Puts what a cache or remote inside the repository holds, and what was fetched, where it belongs in the clone.
     *
     * @return the paths that were put in place
     */
    public List<String> materialize() throws IOException {
        Placing placing = new Placing(tree);
        for (TrackedFile file : tracked) {
            if (!tree.exists(file.path()) && !file.md5().isEmpty()) {
                root(file).stored().find(file).ifPresent(placing::add);
            }
        }
        return new ArrayList<>(placing.place());
    }
}
