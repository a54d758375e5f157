package org.labharness.autograder.store;

import java.time.Instant;
import java.util.Optional;
import org.labharness.autograder.archive.Archive;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/** Which store of bundles and evidence belongs to a database: what one machine keeps there, the others must find. */
public final class StoreIdentity {
    private final Database database;

    public StoreIdentity(Database database) {
        this.database = database;
    }

    /**
     * Notes the store where none is noted.
     *
     * @throws SystemBroke where another one is noted
     */
    public void require(Archive archive) {
        String mine = archive.identity();
        Optional<String> noted = database.inTransaction(() -> {
            Optional<String> known = known();
            if (known.isEmpty()) {
                database.client()
                        .sql("insert into store_identity (id, noted) values (?, ?) on conflict do nothing")
                        .params(mine, Rows.time(Instant.now()))
                        .update();
            }
            return known;
        });
        if (noted.isPresent() && !noted.get().equals(mine)) {
            throw new SystemBroke(
                    Breakdown.DATABASE,
                    "The store " + archive.folder()
                            + " is not the one that belongs to this database. Let LAB_STORE name the"
                            + " folder that the other machines use.");
        }
    }

    private Optional<String> known() {
        return database.client()
                .sql("select id from store_identity order by noted limit 1")
                .query(String.class)
                .optional();
    }
}
