package org.labharness.autograder.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;

/** When whose repository was read for a lab, and what was found. Rows are added, nothing is written over. */
public final class CollectionStore {
    private final Database database;
    private final CourseId course;

    public CollectionStore(Database database, CourseId course) {
        this.database = database;
        this.course = course;
    }

    /**
     * That a repository was read.
     *
     * @param due the owner's deadline then; null where there was none
     * @param submission its number; null where nothing was found
     * @param code why not; empty where something was found
     * @param message the same in words
     */
    public record Collected(
            @Nullable Instant due, Instant at, @Nullable Long submission, String code, String message) {}

    public void note(LabId lab, Owner owner, Collected collected) {
        database.inTransaction(() -> database.client()
                .sql("insert into collection (course, lab, owner, due, at, submission, code, message)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(course.value(), lab.value(), owner.toString())
                .param(Rows.timeOrNull(collected.due()))
                .param(Rows.time(collected.at()))
                .param(collected.submission())
                .params(collected.code(), Rows.text(collected.message(), 4_000))
                .update());
    }

    /** The last one of each owner for a lab. */
    public Map<Owner, Collected> last(LabId lab) {
        return database.reading(() -> {
            Map<Owner, Collected> last = new HashMap<>();
            database.client()
                    .sql("select owner, due, at, submission, code, message from collection where course = ? and lab = ?"
                            + " order by id")
                    .params(course.value(), lab.value())
                    .query(row -> {
                        long submission = row.getLong("submission");
                        boolean nothing = row.wasNull();
                        last.put(
                                Owner.parse(row.getString("owner")),
                                new Collected(
                                        Rows.instantOrNull(row, "due"),
                                        Rows.instant(row, "at"),
                                        nothing ? null : submission,
                                        row.getString("code"),
                                        row.getString("message")));
                    });
            return last;
        });
    }
}
