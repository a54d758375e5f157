package org.labharness.autograder.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Look;
import org.labharness.autograder.ledger.NotTaken;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.Readings;
import org.labharness.autograder.ledger.Trouble;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads when a course's repositories were read, and what could not be taken of them and of the pushes that forges told of: of each owner
 * and lab the newest that is the student's own matter, and the newest that may not be.
 */
final class LookReader {
    /** That a submission {@code b} bears the time of a reading {@code c}, and of nothing before it. */
    static final String FOUND_THEN = "(b.received = c.due or b.received = c.at)";

    private record Key(LabId lab, Owner owner) {}

    private record Kind(Key key, boolean pushed, boolean excuses) {}

    private final JdbcClient client;
    private final CourseId course;
    private final Known known = new Known();
    private final Map<Key, Instant> taken = new HashMap<>();
    private final List<Look> looks = new ArrayList<>();

    LookReader(JdbcClient client, CourseId course) {
        this.client = client;
        this.course = course;
        client.sql("select lab, owner, max(at) as last, max(case when submission is not null then at end) as taken"
                        + " from collection where course = ? group by lab, owner")
                .param(course.value())
                .query(row -> {
                    Key key = key(row);
                    looks.add(new Look(key.lab, key.owner, Rows.instant(row, "last")));
                    Instant last = Rows.instantOrNull(row, "taken");
                    if (last != null) {
                        taken.put(key, last);
                    }
                });
    }

    Readings readings() {
        return new Readings(notTaken(), looks, atLatest());
    }

    /** Those that bear a time of a reading, and of nothing before it. */
    private Set<Long> atLatest() {
        return Set.copyOf(client.sql("select distinct b.id from collection c join submission b on b.id = c.submission"
                        + " where c.course = ? and " + FOUND_THEN)
                .param(course.value())
                .query(Long.class)
                .list());
    }

    List<NotTaken> notTaken() {
        Map<Kind, NotTaken> newest = new HashMap<>();
        client.sql(
                        "select lab, owner, at, code, message from collection where course = ? and submission is null order by id")
                .param(course.value())
                .query(row -> {
                    Key key = key(row);
                    boolean excuses = Trouble.parse(row.getString("code")).excuses();
                    // What came of the last time stands: who gave a wrong address first and an empty repository later
                    // has handed in nothing.
                    newest.remove(new Kind(key, false, !excuses));
                    newest.put(new Kind(key, false, excuses), fact(row, key, "at", null, excuses, taken.get(key)));
                });
        Map<Key, Instant> pushed = pushed();
        client.sql("select lab, owner, received, commit_id, status, message from webhook_receipt where course = ?"
                        + " and status <> 'taken' order by received, id")
                .param(course.value())
                .query(row -> {
                    Key key = key(row);
                    String status = row.getString("status");
                    boolean excuses = !status.equals("gone") && !status.equals("refused");
                    String commit = row.getString("commit_id");
                    newest.put(
                            new Kind(key, true, excuses), fact(row, key, "received", commit, excuses, pushed.get(key)));
                });
        return List.copyOf(newest.values());
    }

    /** When something was taken last, by a push as well. */
    private Map<Key, Instant> pushed() {
        Map<Key, Instant> last = new HashMap<>(taken);
        client.sql("select lab, owner, max(received) as last from webhook_receipt where course = ? and status = 'taken'"
                        + " group by lab, owner")
                .param(course.value())
                .query(row -> {
                    last.merge(key(row), Rows.instant(row, "last"), (one, other) -> one.isAfter(other) ? one : other);
                });
        return last;
    }

    private Key key(ResultSet row) throws SQLException {
        return new Key(known.lab(row.getString("lab")), known.owner(row.getString("owner")));
    }

    private static NotTaken fact(
            ResultSet row, Key key, String time, @Nullable String commit, boolean excuses, @Nullable Instant taken)
            throws SQLException {
        return new NotTaken(
                key.lab, key.owner, Rows.instant(row, time), commit, excuses, row.getString("message"), taken);
    }
}
