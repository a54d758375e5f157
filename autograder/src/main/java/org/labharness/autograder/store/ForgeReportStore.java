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

/**
 * What forges are to be told, kept until they were. Of one commit and lab one report is under way at a time, in the order in which they came;
 * each state of a grading is reported once, and a push that came to nothing once.
 */
public final class ForgeReportStore {
    private static final String COLUMNS =
            "r.id, r.course, r.lab, r.owner, r.grading, r.receipt, r.status, r.repository,"
                    + " r.commit_id, r.message, r.target, r.progress, r.tries, r.left_behind, r.due, r.why";
    /** Why a report is dropped that is no news any more. */
    public static final String LATER_ONE = "a later one took its place";

    private static final String OPEN = "('waiting', 'asked')";

    private final Database database;

    public ForgeReportStore(Database database) {
        this.database = database;
    }

    /** What a commit's status is to be, as all forges know it. */
    public enum Status {
        PENDING,
        SUCCESS,
        FAILURE,
        ERROR
    }

    /** How far a report came. */
    public enum Progress {
        WAITING,
        /** The forge was asked, and nobody knows yet whether it did as asked. */
        ASKED,
        TOLD,
        /** It is not told any more: a later one took its place, or the forge refuses it. */
        DROPPED
    }

    /** What a report is of. */
    public sealed interface About {
        /** A grading that has come to a state. */
        record OfGrading(long number) implements About {}

        /** A push that a forge told of and that came to nothing. */
        record OfReceipt(long number) implements About {}
    }

    /**
     * What is to be told.
     *
     * @param repository as the roster names it
     * @param message for everybody who reads the repository
     * @param target link for whoever wants more; empty for none
     */
    public record Report(
            CourseId course,
            LabId lab,
            Owner owner,
            About about,
            Status status,
            String repository,
            String commit,
            String message,
            String target) {}

    /**
     * A report on its way.
     *
     * @param progress before it was claimed
     * @param leftBehind how often in a row the process that had it ended before it was done
     * @param due until when it is claimed
     * @param superseded whether a later one waits for the same commit and lab
     */
    public record Outgoing(
            long number,
            Report report,
            Progress progress,
            int tries,
            int leftBehind,
            Instant due,
            String why,
            boolean superseded) {}

    /**
     * Adds a report, unless that state of the grading, or that push, was reported already; one that waits for the same commit and lab is dropped for it.
     *
     * @param untold why nobody is told of it; empty where a forge is to be
     * @return whether it is new
     */
    public boolean add(Report report, String untold, Instant at) {
        return database.inTransaction(() -> {
            int added = client().sql(
                            "insert into forge_report (course, lab, owner, grading, receipt, status, repository, commit_id,"
                                    + " message, target, progress, tries, due, why, at)"
                                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?) on conflict do nothing")
                    .params(
                            report.course().value(),
                            report.lab().value(),
                            report.owner().toString())
                    .param(grading(report.about()))
                    .param(receipt(report.about()))
                    .param(report.status().name().toLowerCase(Locale.ROOT))
                    .params(Rows.text(report.repository(), 2_000), report.commit())
                    .params(Rows.text(report.message(), 500), Rows.text(report.target(), 2_000))
                    .params(untold.isEmpty() ? "waiting" : "dropped", Rows.time(at), untold, Rows.time(at))
                    .update();
            if (added == 1) {
                client().sql("update forge_report set progress = 'dropped', why = '" + LATER_ONE + "'"
                                + " where progress = 'waiting' and course = ? and lab = ? and repository = ?"
                                + " and commit_id = ? and not (coalesce(grading, 0) = ? and coalesce(receipt, 0) = ?"
                                + " and status = ?)")
                        .params(
                                report.course().value(),
                                report.lab().value(),
                                Rows.text(report.repository(), 2_000),
                                report.commit())
                        .params(orZero(grading(report.about())), orZero(receipt(report.about())))
                        .param(report.status().name().toLowerCase(Locale.ROOT))
                        .update();
            }
            return added == 1;
        });
    }

    private static @Nullable Long grading(About about) {
        return switch (about) {
            case About.OfGrading(long number) -> number;
            case About.OfReceipt receipt -> null;
        };
    }

    private static @Nullable Long receipt(About about) {
        return switch (about) {
            case About.OfGrading grading -> null;
            case About.OfReceipt(long number) -> number;
        };
    }

    /** No row has the number zero. */
    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    /**
     * The one that is due longest, which nobody else gets until a time, or soon after its holder is {@linkplain ClaimStore known} to have
     * ended. It counts as asked from now on.
     *
     * @param holder who claims it
     */
    public Optional<Outgoing> claim(String holder, Instant now, Instant until) {
        while (true) {
            Optional<Outgoing> next = client().sql("select "
                            + COLUMNS.replace("r.left_behind", ClaimStore.LEFT_BEHIND)
                            + ", exists (select 1 from forge_report l where "
                            + same("l") + " and l.id > r.id and l.progress in " + OPEN + ") as superseded"
                            + " from forge_report r where r.progress in " + OPEN + " and r.due <= ?"
                            + " and not exists (select 1 from forge_report e where " + same("e")
                            + " and e.id < r.id and e.progress in " + OPEN + ") order by r.due, r.id limit 1")
                    .param(Rows.time(now))
                    .query(ForgeReportStore::outgoing)
                    .optional();
            if (next.isEmpty() || taken(next.get(), holder, until)) {
                return next;
            }
        }
    }

    private static String same(String other) {
        return other + ".course = r.course and " + other + ".lab = r.lab and " + other
                + ".repository = r.repository and " + other + ".commit_id = r.commit_id";
    }

    private boolean taken(Outgoing report, String holder, Instant until) {
        return client().sql("update forge_report set due = ?, holder = ?, progress = 'asked', tries = tries + 1,"
                                + " left_behind = ? where id = ? and due = ? and progress = ?")
                        .params(Rows.time(until), holder, report.leftBehind())
                        .params(report.number(), Rows.time(report.due()))
                        .param(report.progress().name().toLowerCase(Locale.ROOT))
                        .update()
                == 1;
    }

    /**
     * Lets it be tried again later.
     *
     * @param unknown whether the forge may have done as asked all the same
     */
    public void later(Outgoing report, boolean unknown, Instant due, String why) {
        set(report, unknown ? Progress.ASKED : Progress.WAITING, due, why);
    }

    /** Puts a claimed one back as it was, which was no try. */
    public void untouched(Outgoing report, Instant due) {
        client().sql(
                        "update forge_report set progress = ?, holder = '', due = ?, tries = ? where id = ? and progress = 'asked'")
                .params(report.progress().name().toLowerCase(Locale.ROOT), Rows.time(due))
                .params(report.tries(), report.number())
                .update();
    }

    /** Notes that it is told, or is not told any more. */
    public void ended(Outgoing report, Progress progress, String why) {
        set(report, progress, report.due(), why);
    }

    private void set(Outgoing report, Progress progress, Instant due, String why) {
        client().sql("update forge_report set progress = ?, holder = '', left_behind = 0, due = ?, why = ?"
                        + " where id = ? and progress = 'asked'")
                .params(progress.name().toLowerCase(Locale.ROOT), Rows.time(due), Rows.text(why, 1_000))
                .param(report.number())
                .update();
    }

    /** The newest of a course, for staff. */
    public List<Outgoing> newest(CourseId course, int most) {
        return client().sql("select " + COLUMNS
                        + ", false as superseded from forge_report r where r.course = ? order by r.id desc limit ?")
                .params(course.value(), most)
                .query(ForgeReportStore::outgoing)
                .list();
    }

    /** The newest of a course that a forge refused, or that nobody could tell it yet. */
    public List<Outgoing> untold(CourseId course, Instant since, int most) {
        return database.reading(() -> client().sql("select " + COLUMNS
                        + ", false as superseded from forge_report r where r.course = ? and r.at >= ?"
                        + " and ((r.progress = 'dropped' and r.tries > 0 and r.why <> ?) or (r.progress in " + OPEN
                        + " and r.tries > 0 and r.why <> '')) order by r.id desc limit ?")
                .params(course.value(), Rows.time(since), LATER_ONE, most)
                .query(ForgeReportStore::outgoing)
                .list());
    }

    private static Outgoing outgoing(ResultSet row, int number) throws SQLException {
        return new Outgoing(
                row.getLong("id"),
                new Report(
                        CourseId.parse(row.getString("course")),
                        LabId.parse(row.getString("lab")),
                        Owner.parse(row.getString("owner")),
                        about(row),
                        Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                        row.getString("repository"),
                        row.getString("commit_id"),
                        row.getString("message"),
                        row.getString("target")),
                Progress.valueOf(row.getString("progress").toUpperCase(Locale.ROOT)),
                row.getInt("tries"),
                row.getInt("left_behind"),
                Rows.instant(row, "due"),
                row.getString("why"),
                row.getBoolean("superseded"));
    }

    private static About about(ResultSet row) throws SQLException {
        long receipt = row.getLong("receipt");
        return row.wasNull() ? new About.OfGrading(row.getLong("grading")) : new About.OfReceipt(receipt);
    }

    private JdbcClient client() {
        return database.client();
    }
}
