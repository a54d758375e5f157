package org.labharness.pipeline.collect.mlflow;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Finding;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.Kind;
import org.labharness.pipeline.tracking.TrackingServer;

/**
 * Reads what a run tracked and registered in MLflow: from the submission's own server, and from every store that lies in its tree,
 * whether Git ignores it or not. Nothing of the submission may run meanwhile. Whatever is in a store, reading all of them ends in
 * bounded time and memory; what was not read is told by findings.
 */
public final class TrackingCollector {
    private static final String TEMPORARY = "/tmp/";
    private static final int LONGEST_WORDS = 200;

    private final Caps caps;
    private final InstantSource clock;

    public TrackingCollector() {
        this(Caps.DEFAULT, InstantSource.system());
    }

    TrackingCollector(Caps caps, InstantSource clock) {
        this.caps = caps;
        this.clock = clock;
    }

    /**
     * What was collected.
     *
     * @param stores the server first, then those in the tree by path; stores in the tree that hold nothing are left out
     * @param findings what could not be read, or only in part, and what does not count as new
     */
    public record Collected(List<TrackingStore> stores, List<Finding> findings) {
        public Collected {
            stores = List.copyOf(stores);
            findings = List.copyOf(findings);
        }
    }

    /** Notes what is in the stores of a tree, before anything runs. */
    public Snapshot snapshot(Path tree) {
        return SnapshotReader.read(tree, caps, clock.instant());
    }

    /** Reads the stores of a tree alone. */
    public Collected collect(Path tree, Snapshot before) {
        return collect(tree, null, before, null);
    }

    /** Reads the server and the stores of the tree. */
    public Collected collect(Path tree, Snapshot before, TrackingServer server) {
        return collect(tree, null, before, server);
    }

    /**
     * Reads the server, the stores of the tree, and those that code has put into {@code /tmp}.
     *
     * @param temporary what stages had at {@code /tmp}, empty before the first; null where there was nothing of the kind
     * @param server null where there was none
     * @throws org.labharness.pipeline.SystemBroke with TRACKING_SERVER where the server does not answer at all
     */
    public Collected collect(Path tree, @Nullable Path temporary, Snapshot before, @Nullable TrackingServer server) {
        Allowance allowance = new Allowance(caps);
        List<StoreDraft> drafts = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        if (server != null) {
            drafts.add(new ServerCollection(allowance).read(server));
        }
        boolean complete = stores(TreeStores.of(tree), "", before, allowance, drafts);
        if (temporary != null) {
            complete &= stores(TreeStores.of(temporary), TEMPORARY, before, allowance, drafts);
        }
        drafts.forEach(draft -> findings.addAll(StoreFindings.of(draft)));
        if (!complete) {
            findings.add(StoreFindings.treeTooLarge());
        }
        return new Collected(drafts.stream().map(StoreDraft::build).toList(), findings);
    }

    /**
     * Adds the stores of a tree to the drafts.
     *
     * @param place to stand before their names
     * @return whether all were seen
     */
    private boolean stores(
            TreeStores stores, String place, Snapshot before, Allowance allowance, List<StoreDraft> drafts) {
        TreeArtifacts artifacts = new TreeArtifacts(stores);
        drafts.forEach(artifacts::add);
        TreeStores.Search search = stores.find();
        for (TreeStores.Found found : search.stores()) {
            String name = place + found.name();
            StoreDraft draft = new StoreDraft(name, found.kind(), before.of(name, clock.instant()), allowance);
            if (read(stores, found, draft) && draft.isWorthTelling()) {
                artifacts.add(draft);
                drafts.add(draft);
            }
        }
        return stores.complete() && search.complete();
    }

    /** @return whether it is a store at all */
    private static boolean read(TreeStores stores, TreeStores.Found found, StoreDraft draft) {
        Allowance allowance = draft.allowance();
        if (allowance.timeUp()) {
            draft.unread(allowance.timeUpWords());
            return true;
        }
        if (found.kind() == Kind.FILE) {
            FileStoreReader.read(stores, found.path(), draft);
            return true;
        }
        if (SqliteCopy.isOther(stores, found.path(), allowance)) {
            return false;
        }
        try (SqliteCopy copy = SqliteCopy.open(stores, found.path(), allowance)) {
            SqliteTables tables = new SqliteTables(copy.connection(), SqliteStoreReader.MOST_ROWS);
            return SqliteStoreReader.read(tables, draft);
        } catch (SQLException e) {
            if (allowance.timeUp()) {
                draft.unread(allowance.timeUpWords());
            } else {
                draft.problem("SQLite says: " + brief(e));
            }
            return true;
        } catch (IOException e) {
            draft.problem(brief(e));
            return true;
        }
    }

    /** Words that name a file may be as long as its name. */
    static String brief(Exception problem) {
        String words = String.valueOf(problem.getMessage());
        return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + "…";
    }
}
