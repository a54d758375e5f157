package org.labharness.autograder.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads which kept files facts point to, in all courses of a database. */
public final class ReferenceStore {
    /** What grades stand on, and what can be evaluated again: the last run of each submission that left evidence. */
    private static final List<String> NEEDED = List.of(
            "select r.evidence from standing s join evaluation e on e.id = s.evaluation join run r on r.id = e.run"
                    + " where r.evidence is not null"
                    + " and s.id = (select max(t.id) from standing t where t.submission = s.submission)",
            "select r.evidence from run r where r.id = (select max(q.id) from run q where q.submission = r.submission"
                    + " and q.outcome = 'graded' and q.evidence is not null)",
            // Work that was judged, waits, or is still to be run; not what was refused.
            "select b.bundle from submission b where b.bundle is not null"
                    + " and (exists (select 1 from standing s where s.submission = b.id)"
                    + " or coalesce((select r.outcome from run r where r.submission = b.id order by r.id desc limit 1),"
                    + " '') <> 'refused')",
            "select file_digest from challenge_entry where file_digest <> ''");

    private static final List<String> NAMED = List.of(
            "select evidence from run where evidence is not null",
            "select bundle from submission where bundle is not null",
            "select file_digest from challenge_entry where file_digest <> ''");

    private final Database database;

    public ReferenceStore(Database database) {
        this.database = database;
    }

    /**
     * Digests of kept files.
     *
     * @param needed what current facts stand on
     * @param named what any fact names, so also what earlier runs left
     */
    public record References(Set<String> needed, Set<String> named) {
        public References {
            needed = Set.copyOf(needed);
            named = Set.copyOf(named);
        }
    }

    /** As it is at this moment. */
    public References read() {
        return database.reading(() -> new References(digests(database, NEEDED), named(database)));
    }

    /** What any fact names, as the transaction that goes on sees it. */
    static Set<String> named(Database database) {
        return digests(database, NAMED);
    }

    private static Set<String> digests(Database database, List<String> queries) {
        Set<String> digests = new HashSet<>();
        for (String query : queries) {
            digests.addAll(database.client().sql(query).query(String.class).list());
        }
        return digests;
    }
}
