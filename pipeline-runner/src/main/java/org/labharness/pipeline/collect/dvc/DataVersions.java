package org.labharness.pipeline.collect.dvc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.lab.EvidenceRequest;
import org.labharness.lab.HistoryCheck.Disjoint;
import org.labharness.pipeline.checkout.CommitTree;
import org.labharness.pipeline.checkout.CommitTree.Entry;
import org.labharness.pipeline.checkout.History;
import org.labharness.pipeline.collect.dvc.StoredContent.Stored;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.DataFacts.Presence;
import org.labharness.pipeline.evidence.HistoryFacts;
import org.labharness.pipeline.evidence.HistoryFacts.Version;

/** Versions of data that tags mark: what each keeps, whether its content can be had, and what they have in common. */
public final class DataVersions {
    private static final String TAGS = "refs/tags/";

    private final EvidenceRequest.DataVersions request;
    private final History history;
    private final DataSources sources;
    private final TreeReader tree;
    private final Map<String, KeptVersion> kept = new LinkedHashMap<>();

    /**
     * @param tree of the graded commit, whose DVC configuration says where contents are
     * @param history stays open as long as this is used
     */
    public DataVersions(EvidenceRequest.DataVersions request, History history, DataSources sources, TreeReader tree) {
        this.request = request;
        this.history = history;
        this.sources = sources;
        this.tree = tree;
        KeptVersion.Known known = new KeptVersion.Known();
        for (String tag : request.tags()) {
            history.at(TAGS + tag).ifPresent(commit -> kept.put(tag, KeptVersion.of(commit, request.path(), known)));
        }
    }

    /** What has to be fetched to compare contents; of folders the lists of their files only. */
    public List<WantedContent> wanted() {
        List<WantedContent> wanted = new ArrayList<>();
        kept.forEach((tag, version) -> {
            TrackedFile file = version.tracked();
            if (file != null
                    && sources.absent(file).presence() == Presence.FETCHABLE
                    && root(file, Optional.empty()).stored().one(file.md5()).isEmpty()) {
                wanted.add(new WantedContent(id(tag), file.md5(), sources.elsewhere(file), "", Optional.empty(), true));
            }
        });
        return wanted;
    }

    private String id(String tag) {
        return request.path() + " at " + tag;
    }

    private DvcRoot root(TrackedFile file, Optional<TreeReader> fetched) {
        return DvcRoot.of(tree, DvcRoot.folderOf(tree, file.tracker()), fetched);
    }

    /**
     * All that is known when fetching has ended.
     *
     * @param fetched the folder with what came; empty where nothing was to be fetched
     */
    public HistoryFacts.DataVersions facts(Optional<TreeReader> fetched, Map<String, Fate> fates) {
        List<Version> versions =
                request.tags().stream().map(tag -> version(tag, fetched, fates)).toList();
        return new HistoryFacts.DataVersions(
                request.path(),
                versions,
                request.disjoint() == Disjoint.NOTHING ? List.of() : shared(versions, fetched));
    }

    private Version version(String tag, Optional<TreeReader> fetched, Map<String, Fate> fates) {
        KeptVersion version = kept.get(tag);
        if (version == null) {
            boolean there = history.has(TAGS + tag);
            return new Version(
                    tag,
                    "",
                    "",
                    "",
                    -1,
                    false,
                    null,
                    there ? "the tag leads to no commit" : "there is no tag of this name");
        }
        CommitTree commit = version.commit();
        TrackedFile file = version.tracked();
        Entry held = version.held();
        if (file != null) {
            return tracked(tag, commit, file, fetched, fates.get(id(tag)));
        }
        if (held == null || version.sum().isEmpty()) {
            return new Version(
                    tag, commit.commit(), "", "", -1, false, null, "neither Git nor DVC keeps anything there");
        }
        boolean pointer = version.isPointer();
        return new Version(
                tag,
                commit.commit(),
                "Git",
                version.sum(),
                held.size(),
                !pointer,
                null,
                pointer ? "Git LFS keeps its content" : "");
    }

    private Version tracked(
            String tag,
            CommitTree commit,
            TrackedFile file,
            Optional<TreeReader> fetched,
            @org.jspecify.annotations.Nullable Fate fate) {
        Optional<Stored> stored = root(file, fetched).stored().one(file.md5());
        if (stored.isPresent()) {
            return new Version(tag, commit.commit(), file.tracker(), file.md5(), file.size(), true, null, "");
        }
        DataFacts absent = sources.absent(file);
        Presence presence = fate == null ? absent.presence() : fate.presence();
        String reason = fate == null ? absent.reason() : fate.reason();
        return new Version(
                tag,
                commit.commit(),
                file.tracker(),
                file.md5(),
                file.size(),
                false,
                presence == Presence.FETCHABLE ? Presence.NOT_PUSHED : presence,
                reason);
    }

    private List<HistoryFacts.Shared> shared(List<Version> versions, Optional<TreeReader> fetched) {
        SharedContent contents = new SharedContent(request.disjoint());
        for (Version version : versions) {
            KeptVersion from = kept.get(version.tag());
            if (from == null || !version.had()) {
                continue;
            }
            TrackedFile file = from.tracked();
            Entry held = from.held();
            if (file != null) {
                root(file, fetched)
                        .stored()
                        .one(file.md5())
                        .ifPresent(stored ->
                                contents.add(version.tag(), stored, file.md5().endsWith(".dir")));
            } else if (held != null) {
                contents.add(version.tag(), from.commit(), held);
            }
        }
        List<HistoryFacts.Shared> pairs = new ArrayList<>();
        for (int second = 1; second < versions.size(); second++) {
            for (int first = 0; first < second; first++) {
                if (!versions.get(first).keeper().isEmpty()
                        && !versions.get(second).keeper().isEmpty()) {
                    pairs.add(contents.compare(
                            versions.get(first).tag(), versions.get(second).tag()));
                }
            }
        }
        return pairs;
    }
}
