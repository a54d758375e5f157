package org.labharness.autograder.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.RunFact;
import org.labharness.autograder.ledger.RunFact.End;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs by the gradings that they came of: each has one, whoever was first to end it. */
public final class RunStore {
    private static final String COLUMNS = "select id, submission, outcome, code, message, evidence from run";

    private final Database database;

    public RunStore(Database database) {
        this.database = database;
    }

    /**
     * A run that is there.
     *
     * @param id its number
     * @param code why it was refused or broke; empty where it was graded
     * @param evidence digest of what it left; null where it left none
     */
    public record Ran(
            long id,
            long submission,
            End end,
            String code,
            String message,
            @Nullable String evidence) {}

    /**
     * What came of a run, and whether it was the first of its grading.
     *
     * @param ran of the grading: this one, or that of another worker who was earlier
     */
    public record Filed(Ran ran, boolean first) {}

    /**
     * Notes the run of a grading, unless it has one already. Its generation follows those of the same that were there before.
     *
     * @param fact whose generation does not matter
     */
    public Filed file(long submission, long grading, RunFact fact) {
        return database.inTransaction(() -> {
            // One after the other: two of them would count the same generation.
            client().sql("select id from submission where id = ? for update")
                    .param(submission)
                    .query(Long.class)
                    .single();
            Optional<Ran> earlier = of(grading);
            if (earlier.isPresent()) {
                return new Filed(earlier.get(), false);
            }
            client().sql("insert into run (submission, digest, images, generation, outcome, code, message, evidence,"
                            + " requests, ended, grading) values (?, ?, ?, (select coalesce(max(generation), 0) + 1 from run"
                            + " where submission = ? and digest = ? and images = ?), ?, ?, ?, ?, ?, ?, ?)")
                    .params(submission, fact.digest(), fact.images(), submission, fact.digest(), fact.images())
                    .params(fact.end().name().toLowerCase(Locale.ROOT), fact.code(), Rows.text(fact.message(), 4_000))
                    .param(fact.evidence())
                    .params(String.join("\n", fact.requests()), Rows.time(fact.ended()), grading)
                    .update();
            return new Filed(of(grading).orElseThrow(), true);
        });
    }

    /** The run of a grading. */
    public Optional<Ran> ofGrading(long grading) {
        return database.reading(() -> of(grading));
    }

    private Optional<Ran> of(long grading) {
        return client().sql(COLUMNS + " where grading = ?")
                .param(grading)
                .query(RunStore::row)
                .optional();
    }

    /**
     * The last run of a submission that says what became of it: graded with evidence, or refused.
     *
     * @param digest over what was to be run
     */
    public Optional<Ran> settled(long submission, String digest) {
        return database.reading(() -> client().sql(COLUMNS + " where submission = ? and digest = ?"
                        + " and (outcome = 'refused' or (outcome = 'graded' and evidence is not null))"
                        + " order by id desc limit 1")
                .params(submission, digest)
                .query(RunStore::row)
                .optional());
    }

    /** How far a rubric has come with a submission. */
    public enum Judgement {
        NONE,
        /** Each time something of it could not be tested here, for a reason that is the harness's. */
        HELD,
        WHOLE
    }

    /** How far a rubric has come with a submission. */
    public Judgement judgement(long submission, String rubric) {
        return database.reading(() -> client().sql("select e.held from evaluation e join run r on r.id = e.run"
                        + " where r.submission = ? and e.rubric = ? order by e.held limit 1")
                .params(submission, rubric)
                .query(Boolean.class)
                .optional()
                .map(held -> held ? Judgement.HELD : Judgement.WHOLE)
                .orElse(Judgement.NONE));
    }

    private static Ran row(ResultSet row, int number) throws SQLException {
        return new Ran(
                row.getLong("id"),
                row.getLong("submission"),
                End.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                row.getString("code"),
                row.getString("message"),
                row.getString("evidence"));
    }

    private JdbcClient client() {
        return database.client();
    }
}
