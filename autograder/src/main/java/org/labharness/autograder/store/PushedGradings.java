package org.labharness.autograder.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.RunFact;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.course.CourseId;

/**
 * Gradings of what forges told of, with what they came to, as far as no report for the forge has been made of it: those that a forge asked
 * for, and those of the same work that was pushed or handed in another way as well.
 */
public final class PushedGradings {
    private static final int AT_ONCE = 100;
    /** The last run of the submission stands for a grading that found it done already. */
    private static final String SELECT =
            "select g.id, g.submission, g.state, g.code as broken, b.course, b.lab, b.owner,"
                    + " b.repository, b.commit_id, r.outcome, r.code, e.points, e.of_points, e.held,"
                    + " exists (select 1 from release s where s.course = b.course and s.lab = b.lab) as released"
                    + " from grading g join submission b on b.id = g.submission"
                    + " left join run r on r.id = coalesce((select q.id from run q where q.grading = g.id),"
                    + " (select max(q.id) from run q where q.submission = b.id))"
                    + " left join evaluation e on e.id = (select s.evaluation from standing s where s.submission = b.id"
                    + " order by s.id desc limit 1)"
                    + " where (g.way = 'webhook' or (g.way <> 'batch' and g.submission in (select w.submission from"
                    + " webhook_receipt w where w.submission is not null and w.received >= ?))) and g.asked >= ?";

    private final Database database;

    public PushedGradings(Database database) {
        this.database = database;
    }

    /**
     * A grading that a forge asked for.
     *
     * @param broken what broke; empty where nothing did
     * @param end how its run ended; null where there is none
     * @param code why it was refused
     * @param worth what it came to; null where nothing counts yet
     * @param released whether students may see points of the lab
     */
    public record Pushed(
            long grading,
            long submission,
            CourseId course,
            LabId lab,
            Owner owner,
            String repository,
            String commit,
            Grading.State state,
            String broken,
            RunFact.@Nullable End end,
            String code,
            @Nullable Worth worth,
            boolean released) {}

    /** @param held whether staff have to look at it first */
    public record Worth(Points points, Points of, boolean held) {}

    /** Those that wait or run and of which nothing was said yet. */
    public List<Pushed> begun(Instant since) {
        return read(
                "g.state in ('waiting', 'running') and not exists (select 1 from forge_report f where f.grading = g.id)",
                since);
    }

    /** Those that are over and of which that was not said yet. */
    public List<Pushed> over(Instant since) {
        return read(
                "g.state not in ('waiting', 'running') and not exists (select 1 from forge_report f"
                        + " where f.grading = g.id and f.status <> 'pending')",
                since);
    }

    private List<Pushed> read(String condition, Instant since) {
        return database.reading(() -> database.client()
                .sql(SELECT + " and " + condition + " order by g.id limit " + AT_ONCE)
                .params(Rows.time(since), Rows.time(since))
                .query(PushedGradings::row)
                .list());
    }

    private static Pushed row(ResultSet row, int number) throws SQLException {
        String outcome = row.getString("outcome");
        boolean judged = row.getBigDecimal("points") != null;
        return new Pushed(
                row.getLong("id"),
                row.getLong("submission"),
                CourseId.parse(row.getString("course")),
                LabId.parse(row.getString("lab")),
                Owner.parse(row.getString("owner")),
                row.getString("repository"),
                row.getString("commit_id"),
                Grading.State.parse(row.getString("state")),
                row.getString("broken"),
                outcome == null ? null : RunFact.End.valueOf(outcome.toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("code")).orElse(""),
                judged
                        ? new Worth(Rows.points(row, "points"), Rows.points(row, "of_points"), row.getBoolean("held"))
                        : null,
                row.getBoolean("released"));
    }
}
