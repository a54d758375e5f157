package org.labharness.pipeline.collect.mlflow;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.evidence.TrackingStore.Kind;

/**
 * Notes the ids of all runs and versions in a tree, deleted ones and those in folders where no store belongs included: from there a
 * stage could move them. What it could not see, it says.
 */
final class SnapshotReader {
    /** An id as a part of a path is one of a run's folder, whichever store it is in. */
    private static final Pattern RUN = Pattern.compile("(?<![^/])[0-9a-f]{32}(?=/)");

    private static final Pattern VERSION = Pattern.compile("(?:(.*)/)?models/([^/]+)/version-([0-9]+)/meta\\.yaml");
    private static final int MOST_IDS = 100_000;

    private final TreeStores stores;
    private final Allowance allowance;
    private final Set<String> runs = new HashSet<>();
    private final Map<String, Set<String>> versions = new HashMap<>();
    private final Map<String, String> unread = new HashMap<>();
    private @Nullable String gap;
    private int ids;

    private SnapshotReader(TreeStores stores, Allowance allowance) {
        this.stores = stores;
        this.allowance = allowance;
    }

    static Snapshot read(Path tree, Caps caps, Instant now) {
        SnapshotReader reader = new SnapshotReader(TreeStores.whole(tree), new Allowance(caps));
        reader.folders();
        reader.databases();
        return new Snapshot(reader.runs, reader.versions, reader.unread, reader.gap, now);
    }

    private void folders() {
        if (!stores.complete()) {
            gap = "the repository holds so many files that not all of them could be looked at before the run";
        }
        for (String path : stores.paths()) {
            for (Matcher run = RUN.matcher(path); run.find(); ) {
                run(run.group());
            }
            Matcher version = VERSION.matcher(path);
            if (version.matches()) {
                String folder = version.group(1) == null ? "" : version.group(1);
                version(new TreeStores.Found(folder, Kind.FILE).name(), version.group(2) + "/" + version.group(3));
            }
        }
    }

    private void databases() {
        TreeStores.Search databases = stores.databases();
        if (!databases.complete()) {
            gap = "the repository holds more databases than could be looked at before the run";
        }
        for (TreeStores.Found found : databases.stores()) {
            if (allowance.timeUp()) {
                gap = "looking at the repository's databases before the run took more than "
                        + allowance.caps().time().toSeconds() + " s";
                return;
            }
            database(found);
        }
    }

    private void database(TreeStores.Found found) {
        try (SqliteCopy copy = SqliteCopy.open(stores, found.path(), allowance)) {
            SqliteTables tables = new SqliteTables(copy.connection(), MOST_IDS);
            boolean all = tables.each("runs", List.of("run_uuid"), "", row -> run(row.text(1)));
            all &= tables.each(
                    "model_versions",
                    List.of("name", "version"),
                    "",
                    row -> version(found.name(), row.text(1) + "/" + row.text(2)));
            if (!all) {
                unread.put(found.name(), "it holds more than " + MOST_IDS + " rows");
            }
        } catch (SQLException | IOException e) {
            unread.put(found.name(), TrackingCollector.brief(e));
        }
    }

    private void run(String id) {
        if (hasRoom() && runs.add(id)) {
            ids++;
        }
    }

    private void version(String store, String key) {
        if (hasRoom()
                && versions.computeIfAbsent(store, name -> new HashSet<>()).add(key)) {
            ids++;
        }
    }

    private boolean hasRoom() {
        if (ids < MOST_IDS) {
            return true;
        }
        gap = "the repository holds more than " + MOST_IDS + " committed runs and registered versions";
        return false;
    }
}
