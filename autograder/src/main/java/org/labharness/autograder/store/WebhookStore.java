package org.labharness.autograder.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deliveries of webhooks, each accepted once, and the receipts of what they told of. */
public final class WebhookStore {
    private static final String COLUMNS = "id, course, lab, owner, repository, ref, commit_id, head, received, status,"
            + " tries, left_behind, due, message, submission";

    private final Database database;

    public WebhookStore(Database database) {
        this.database = database;
    }

    /**
     * A call of a forge.
     *
     * @param id as the forge gives it
     * @param signedDigest of the body, where the signature covers nothing but the body, so that the id proves nothing; else null
     */
    public record Delivery(
            CourseId course,
            String forge,
            String id,
            @Nullable String signedDigest,
            Instant received) {}

    /**
     * What was pushed.
     *
     * @param repository as the roster names it
     * @param commit that the ref led to
     * @param head whether the ref is the branch that HEAD names
     */
    public record Pushed(LabId lab, Owner owner, String repository, String ref, String commit, boolean head) {}

    /** How far it came. */
    public enum Status {
        WAITING,
        /** It is a submission. */
        TAKEN,
        /** The commit was not in the repository any more. */
        GONE,
        /** There is nothing in it that could be graded, or a limit is passed. */
        REFUSED,
        /** The repository could not be read for so long that nobody tries any more. */
        UNREACHABLE,
        /** For a reason of the harness's own nobody tries any more. */
        LEFT_ALONE
    }

    /**
     * A noted push.
     *
     * @param leftBehind how often in a row the process that had it ended before it was done
     * @param due when it is looked at next, or until when somebody does
     * @param message what became of it, for staff; empty where nothing is to be said
     * @param submission its number, once it is one
     */
    public record Receipt(
            long number,
            CourseId course,
            Pushed pushed,
            Instant received,
            Status status,
            int tries,
            int leftBehind,
            Instant due,
            String message,
            @Nullable Long submission) {
        /** The same, kept until another time. */
        public Receipt until(Instant time) {
            return new Receipt(
                    number,
                    course,
                    pushed,
                    received,
                    status,
                    tries,
                    leftBehind,
                    Rows.time(time).toInstant(),
                    message,
                    submission);
        }
    }

    /**
     * Notes a delivery with all that it told of, or nothing where it came before.
     *
     * @return whether it is new
     */
    public boolean accept(Delivery delivery, List<Pushed> all) {
        return database.inTransaction(() -> {
            int added = client().sql("insert into webhook_delivery (course, forge, delivery, signed_digest, received)"
                            + " values (?, ?, ?, ?, ?) on conflict do nothing")
                    .params(delivery.course().value(), delivery.forge(), Rows.text(delivery.id(), 200))
                    .param(delivery.signedDigest())
                    .param(Rows.time(delivery.received()))
                    .update();
            if (added == 1) {
                all.forEach(pushed -> add(delivery, pushed));
            }
            return added == 1;
        });
    }

    private void add(Delivery delivery, Pushed pushed) {
        client().sql("insert into webhook_receipt (course, lab, owner, repository, ref, commit_id, head, received,"
                        + " status, tries, due, message) values (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', 0, ?, '')")
                .params(
                        delivery.course().value(),
                        pushed.lab().value(),
                        pushed.owner().toString())
                .params(Rows.text(pushed.repository(), 2_000), Rows.text(pushed.ref(), 500), pushed.commit())
                .params(pushed.head(), Rows.time(delivery.received()), Rows.time(delivery.received()))
                .update();
    }

    /**
     * The one that waits longest, which nobody else gets until a time, or until its holder is {@linkplain ClaimStore known} to have ended.
     * One that has ended several processes is claimed where the holder has no other in hand, and no other beside it; the same repository's
     * later ones wait for any that was left behind. No two threads may ask at once for one holder.
     *
     * @param holder who claims it
     */
    public Optional<Receipt> claim(String holder, Instant now, Instant until) {
        while (true) {
            Optional<Receipt> next = ReceiptTurn.of(client(), holder, now)
                    .flatMap(turn -> client().sql("select "
                                    + COLUMNS.replace("left_behind", ClaimStore.LEFT_BEHIND)
                                    + " from webhook_receipt where status = 'waiting' and due <= ?" + turn.condition()
                                    + " order by due, id limit 1")
                            .param(Rows.time(now))
                            .params(turn.values())
                            .query(WebhookStore::receipt)
                            .optional());
            if (next.isEmpty() || taken(next.get(), holder, until)) {
                return next.map(one -> one.until(until));
            }
        }
    }

    private boolean taken(Receipt receipt, String holder, Instant until) {
        return client().sql(
                                "update webhook_receipt set due = ?, holder = ?, left_behind = ? where id = ? and status = 'waiting' and due = ?")
                        .params(Rows.time(until), holder, receipt.leftBehind())
                        .params(receipt.number(), Rows.time(receipt.due()))
                        .update()
                == 1;
    }

    /**
     * Keeps a claimed one for longer.
     *
     * @return whether it still was the caller's
     */
    public boolean keep(Receipt claimed, Instant until) {
        return client().sql("update webhook_receipt set due = ? where id = ? and status = 'waiting' and due = ?")
                        .params(Rows.time(until), claimed.number(), Rows.time(claimed.due()))
                        .update()
                == 1;
    }

    /** Lets it be tried again later; whoever had it has not ended over it. */
    public void later(Receipt receipt, Instant due, String why) {
        client().sql("update webhook_receipt set due = ?, holder = '', tries = tries + 1, left_behind = 0, message = ?"
                        + " where id = ? and status = 'waiting'")
                .params(Rows.time(due), Rows.text(why, 4_000), receipt.number())
                .update();
    }

    /** Notes what became of it. */
    public void ended(Receipt receipt, Status status, String message, @Nullable Long submission) {
        client().sql(
                        "update webhook_receipt set status = ?, holder = '', message = ?, submission = ?, tries = tries + 1"
                                + " where id = ? and status = 'waiting'")
                .params(status.name().toLowerCase(Locale.ROOT), Rows.text(message, 4_000))
                .param(submission)
                .param(receipt.number())
                .update();
    }

    /** Leaves one alone that has ended too many processes, and what else nobody has in hand of that commit of the same repository. */
    public void leftAlone(Receipt receipt, String message) {
        database.inTransaction(() -> {
            ended(receipt, Status.LEFT_ALONE, message, null);
            return client().sql("update webhook_receipt set status = 'left_alone', message = ? where status = 'waiting'"
                            + " and holder = '' and repository = ? and commit_id = ?")
                    .param(Rows.text(message, 4_000))
                    .params(receipt.pushed().repository(), receipt.pushed().commit())
                    .update();
        });
    }

    /** The newest receipts of a course. */
    public List<Receipt> newest(CourseId course, int most) {
        return client().sql("select " + COLUMNS
                        + " from webhook_receipt where course = ? order by received desc, id desc limit ?")
                .params(course.value(), most)
                .query(WebhookStore::receipt)
                .list();
    }

    /**
     * The newest receipts of a course that are no submission though somebody has looked at them.
     *
     * @param since when they were received at the earliest
     */
    public List<Receipt> troubled(CourseId course, Instant since, int most) {
        return database.reading(() -> client().sql("select " + COLUMNS
                        + " from webhook_receipt where course = ? and received >= ? and (status in ('gone', 'refused',"
                        + " 'unreachable', 'left_alone') or (status = 'waiting' and tries + left_behind > 0))"
                        + " order by received desc, id desc limit ?")
                .params(course.value(), Rows.time(since), most)
                .query(WebhookStore::receipt)
                .list());
    }

    /**
     * Those that came to nothing and of which no forge is told yet. Where a grading of the same commit and lab is told of, its status stands;
     * of several that came to the same, the first is told of.
     *
     * @param since when they were received at the earliest
     */
    public List<Receipt> unreported(Instant since, int most) {
        return database.reading(() -> client().sql("select " + COLUMNS
                        + " from webhook_receipt w where w.status in ('gone', 'refused', 'unreachable', 'left_alone')"
                        + " and w.received >= ? and w.repository <> ? and not exists (select 1 from forge_report f where f.receipt = w.id)"
                        + " and not exists (select 1 from forge_report f where f.grading is not null and " + same("f")
                        + ") and not exists (select 1 from webhook_receipt e where e.id < w.id and " + same("e")
                        + " and e.status = w.status and (w.status <> 'refused' or e.message = w.message))"
                        + " order by w.id limit ?")
                .params(Rows.time(since), PersonStore.FORGOTTEN, most)
                .query(WebhookStore::receipt)
                .list());
    }

    private static String same(String other) {
        return other + ".course = w.course and " + other + ".lab = w.lab and " + other
                + ".repository = w.repository and " + other + ".commit_id = w.commit_id";
    }

    /** How many wait. */
    public long waiting() {
        return client().sql("select count(*) from webhook_receipt where status = 'waiting'")
                .query(Long.class)
                .single();
    }

    /** Forgets deliveries that came before a time; receipts stay. */
    public int forgetDeliveries(Instant before) {
        return client().sql("delete from webhook_delivery where received < ?")
                .param(Rows.time(before))
                .update();
    }

    private static Receipt receipt(ResultSet row, int number) throws SQLException {
        long submission = row.getLong("submission");
        boolean none = row.wasNull();
        return new Receipt(
                row.getLong("id"),
                CourseId.parse(row.getString("course")),
                new Pushed(
                        LabId.parse(row.getString("lab")),
                        Owner.parse(row.getString("owner")),
                        row.getString("repository"),
                        row.getString("ref"),
                        row.getString("commit_id"),
                        row.getBoolean("head")),
                Rows.instant(row, "received"),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getInt("tries"),
                row.getInt("left_behind"),
                Rows.instant(row, "due"),
                row.getString("message"),
                none ? null : submission);
    }

    private JdbcClient client() {
        return database.client();
    }
}
