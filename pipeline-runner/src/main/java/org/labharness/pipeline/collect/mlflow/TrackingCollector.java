package org.labharness.pipeline.collect.mlflow;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Severity;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.Kind;
import org.labharness.pipeline.tracking.TrackingServer;

/**
 * Reads what a run tracked and registered in MLflow: from the submission's own server, and from every store that lies in its tree,
 * whether Git ignores it or not. Nothing of the submission may run meanwhile. Whatever is in a store, reading it ends in bounded time
 * and memory; what was not read is told by findings.
 */
public final class TrackingCollector {
    private final Caps caps;

    public TrackingCollector() {
        this(Caps.DEFAULT);
    }

    TrackingCollector(Caps caps) {
        this.caps = caps;
    }

    /**
     * What was collected.
     *
     * @param stores the server first, then those in the tree by path; stores in the tree that hold nothing are left out
     * @param findings what could not be read, or only in part
     */
    public record Collected(List<TrackingStore> stores, List<Finding> findings) {
        public Collected {
            stores = List.copyOf(stores);
            findings = List.copyOf(findings);
        }
    }

    /** Notes what is in the stores of a tree, before anything runs. */
    public Snapshot snapshot(Path tree) {
        TreeStores stores = new TreeStores(tree);
        Map<String, Ids> ids = new HashMap<>();
        for (TreeStores.Found found : stores.find()) {
            StoreDraft draft = new StoreDraft(found.name(), found.kind(), Ids.NONE, caps);
            if (read(stores, found, draft)) {
                ids.put(found.name(), draft.ids());
            }
        }
        return new Snapshot(ids);
    }

    /** Reads the stores of a tree alone. */
    public Collected collect(Path tree, Snapshot before) {
        List<TrackingStore> found = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        sweep(tree, before, found, findings);
        return new Collected(found, findings);
    }

    /**
     * Reads the server and the stores of the tree.
     *
     * @throws org.labharness.pipeline.SystemBroke with TRACKING_SERVER where the server does not answer at all
     */
    public Collected collect(Path tree, Snapshot before, TrackingServer server) {
        List<TrackingStore> found = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        StoreDraft draft = new ServerCollection(caps).read(server);
        add(draft, found, findings);
        sweep(tree, before, found, findings);
        return new Collected(found, findings);
    }

    private void sweep(Path tree, Snapshot before, List<TrackingStore> found, List<Finding> findings) {
        TreeStores stores = new TreeStores(tree);
        for (TreeStores.Found store : stores.find()) {
            StoreDraft draft = new StoreDraft(store.name(), store.kind(), before.of(store.name()), caps);
            boolean isStore = read(stores, store, draft);
            if (isStore && !(draft.isEmpty() && draft.problems().isEmpty())) {
                add(draft, found, findings);
            }
        }
        if (!stores.complete()) {
            findings.add(
                    new Finding(
                            "tracking.tree-too-large",
                            Severity.ADVICE,
                            null,
                            "The work tree holds so many files after the run that not all were searched for MLflow stores.",
                            "Log to the tracking server that the harness offers in MLFLOW_TRACKING_URI; its runs always count."));
        }
    }

    private static void add(StoreDraft draft, List<TrackingStore> found, List<Finding> findings) {
        TrackingStore store = draft.build();
        found.add(store);
        if (!draft.problems().isEmpty()) {
            findings.add(new Finding(
                    "tracking.partly-read",
                    Severity.ADVICE,
                    store.kind() == Kind.SERVER ? null : Place.of(store.store()),
                    "The MLflow store '" + store.store() + "' was read only in part: "
                            + String.join("; ", draft.problems()) + ".",
                    "Log less: what a lab asks for needs a few runs with a few values each."));
        }
    }

    private boolean read(TreeStores stores, TreeStores.Found found, StoreDraft draft) {
        if (found.kind() == Kind.FILE) {
            FileStoreReader.read(stores, found.path(), draft);
            return true;
        }
        if (!SqliteCopy.isSqlite(stores.tree(), found.path())) {
            return false;
        }
        long size = SqliteCopy.size(stores, found.path());
        if (size > caps.bytes()) {
            draft.problem(
                    "it has " + (size >> 20) + " MiB, more than the " + (caps.bytes() >> 20) + " MiB that are read");
            return true;
        }
        try (SqliteCopy copy = SqliteCopy.open(stores.tree(), found.path(), caps.time())) {
            SqliteTables tables = new SqliteTables(copy.connection(), SqliteStoreReader.mostRows());
            return SqliteStoreReader.read(tables, stores, draft);
        } catch (SQLException | IOException e) {
            draft.problem("SQLite says: " + caps.cut(String.valueOf(e.getMessage())));
            return true;
        }
    }
}
