package org.labharness.autograder.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.NotTaken;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.reach.Trouble;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads what could not be taken of a course's repositories, and of the pushes that forges told of: of each owner and lab the newest that is
 * the student's own matter, and the newest that may not be.
 */
final class NotTakenReader {
    private record Key(LabId lab, Owner owner) {}

    private record Kind(Key key, boolean pushed, boolean excuses) {}

    private final JdbcClient client;
    private final CourseId course;

    NotTakenReader(JdbcClient client, CourseId course) {
        this.client = client;
        this.course = course;
    }

    List<NotTaken> all() {
        Known known = new Known();
        Map<Kind, NotTaken> newest = new HashMap<>();
        client.sql(
                        "select lab, owner, at, code, message from collection where course = ? and submission is null order by id")
                .param(course.value())
                .query(row -> {
                    Key key = key(row, known);
                    boolean excuses = Trouble.parse(row.getString("code")).excuses();
                    // What came of the last time stands: who gave a wrong address first and an empty repository later
                    // has handed in nothing.
                    newest.remove(new Kind(key, false, !excuses));
                    newest.put(new Kind(key, false, excuses), fact(row, key, "at", null, excuses));
                });
        client.sql("select lab, owner, received, commit_id, status, message from webhook_receipt where course = ?"
                        + " and status in ('waiting', 'unreachable', 'gone', 'refused') order by received, id")
                .param(course.value())
                .query(row -> {
                    Key key = key(row, known);
                    String status = row.getString("status");
                    boolean excuses = status.equals("waiting") || status.equals("unreachable");
                    newest.put(
                            new Kind(key, true, excuses),
                            fact(row, key, "received", row.getString("commit_id"), excuses));
                });
        return newest.isEmpty() ? List.of() : covered(newest, known);
    }

    private List<NotTaken> covered(Map<Kind, NotTaken> newest, Known known) {
        Map<Key, Instant> read = last(
                "select lab, owner, max(at) as last from collection where course = ?"
                        + " and submission is not null group by lab, owner",
                known);
        Map<Key, Instant> told = last(
                "select lab, owner, max(received) as last from webhook_receipt where course = ?"
                        + " and status = 'taken' group by lab, owner",
                known);
        List<NotTaken> all = new ArrayList<>();
        newest.forEach((kind, fact) -> {
            Instant taken = read.get(kind.key);
            Instant pushed = kind.pushed ? told.get(kind.key) : null;
            Instant last = taken == null || (pushed != null && pushed.isAfter(taken)) ? pushed : taken;
            all.add(new NotTaken(
                    fact.lab(), fact.owner(), fact.at(), fact.commit(), fact.excuses(), fact.message(), last));
        });
        return all;
    }

    private Map<Key, Instant> last(String query, Known known) {
        Map<Key, Instant> last = new HashMap<>();
        client.sql(query).param(course.value()).query(row -> {
            last.put(key(row, known), Rows.instant(row, "last"));
        });
        return last;
    }

    private static Key key(ResultSet row, Known known) throws SQLException {
        return new Key(known.lab(row.getString("lab")), known.owner(row.getString("owner")));
    }

    private static NotTaken fact(ResultSet row, Key key, String time, @Nullable String commit, boolean excuses)
            throws SQLException {
        return new NotTaken(
                key.lab, key.owner, Rows.instant(row, time), commit, excuses, row.getString("message"), null);
    }
}
