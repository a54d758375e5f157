package org.labharness.autograder.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.labharness.autograder.ledger.EvaluationFact;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.RunFact;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.lab.LabId;
import org.labharness.lab.Verdict;
import org.labharness.lab.course.CourseId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Submissions, their runs and evaluations. Everything is added where it is absent, nothing is written over. */
public final class SubmissionStore {
    private static final int LONGEST_WORDS = 100_000;

    private final Database database;

    public SubmissionStore(Database database) {
        this.database = database;
    }

    /** The number of a submission, noted now if it is new. The first receipt of the same stays; a bundle may come later. */
    public long submission(CourseId course, SubmissionFact fact, Instant noted) {
        return database.inTransaction(() -> {
            client().sql(
                            "insert into submission (course, lab, owner, repository, ref, commit_id, refs_digest, received,"
                                    + " noted, bundle) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
                    .params(course.value(), fact.lab().value(), fact.owner().toString())
                    .params(Rows.text(fact.repository(), 2_000), Rows.text(fact.ref(), 500))
                    .params(fact.commit(), fact.refsDigest())
                    .param(Rows.timeOrNull(fact.received()))
                    .param(Rows.time(noted))
                    .param(fact.bundle())
                    .update();
            long id = client().sql("select id from submission where course = ? and lab = ? and owner = ?"
                            + " and commit_id = ? and refs_digest = ?")
                    .params(course.value(), fact.lab().value(), fact.owner().toString())
                    .params(fact.commit(), fact.refsDigest())
                    .query(Long.class)
                    .single();
            if (fact.bundle() != null) {
                client().sql("update submission set bundle = ? where id = ? and bundle is null")
                        .params(fact.bundle(), id)
                        .update();
            }
            return id;
        });
    }

    /** Notes when a submission was received, unless that is known. */
    public void received(long submission, Instant at) {
        database.inTransaction(
                () -> client().sql("update submission set received = ? where id = ? and received is null")
                        .params(Rows.time(at), submission)
                        .update());
    }

    /** Notes what of a submission declares its packages, unless that is known. */
    public void packages(long submission, String digest) {
        database.inTransaction(
                () -> client().sql("update submission set packages = ? where id = ? and packages is null")
                        .params(digest, submission)
                        .update());
    }

    /** What was handed in under a number, if that is one of the course. */
    public Optional<SubmissionFact> fact(CourseId course, long submission) {
        return database.reading(() -> client().sql(
                        "select lab, owner, repository, ref, commit_id, refs_digest, received, bundle from submission"
                                + " where course = ? and id = ?")
                .params(course.value(), submission)
                .query((row, number) -> new SubmissionFact(
                        LabId.parse(row.getString("lab")),
                        Owner.parse(row.getString("owner")),
                        row.getString("repository"),
                        row.getString("ref"),
                        row.getString("commit_id"),
                        row.getString("refs_digest"),
                        Rows.instantOrNull(row, "received"),
                        row.getString("bundle")))
                .optional());
    }

    /** The number of a run, noted if it is new. */
    public long run(long submission, RunFact fact) {
        return database.inTransaction(() -> {
            client().sql("insert into run (submission, digest, images, generation, outcome, code, message, evidence,"
                            + " requests, ended) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
                    .params(submission, fact.digest(), fact.images(), fact.generation())
                    .params(fact.end().name().toLowerCase(Locale.ROOT), fact.code(), Rows.text(fact.message(), 4_000))
                    .param(fact.evidence())
                    .params(String.join("\n", fact.requests()), Rows.time(fact.ended()))
                    .update();
            return client().sql("select id from run where submission = ? and digest = ? and images = ?"
                            + " and generation = ?")
                    .params(submission, fact.digest(), fact.images(), fact.generation())
                    .query(Long.class)
                    .single();
        });
    }

    /** One more than the highest generation of a submission's runs of the same, however they ended. */
    public int nextGeneration(long submission, String digest, String images) {
        return database.reading(() -> client().sql(
                        "select coalesce(max(generation), 0) + 1 from run where submission = ? and digest = ?"
                                + " and images = ?")
                .params(submission, digest, images)
                .query(Integer.class)
                .single());
    }

    /** The number of an evaluation, noted with its verdicts if it is new. */
    public long evaluation(long run, EvaluationFact fact) {
        return database.inTransaction(() -> {
            int added = client().sql("insert into evaluation (run, rubric, harness, points, of_points, bonus, held, at)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
                    .params(run, fact.rubric(), fact.harness())
                    .params(
                            fact.points().value(),
                            fact.of().value(),
                            fact.bonus().value(),
                            fact.held(),
                            Rows.time(fact.at()))
                    .update();
            long id = client().sql("select id from evaluation where run = ? and rubric = ? and harness = ?")
                    .params(run, fact.rubric(), fact.harness())
                    .query(Long.class)
                    .single();
            if (added == 1) {
                verdicts(id, fact.verdicts());
            }
            return id;
        });
    }

    private void verdicts(long evaluation, List<Verdict> verdicts) {
        List<Object[]> rows = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            rows.add(new Object[] {
                evaluation,
                rows.size(),
                verdict.id().value(),
                Rows.text(verdict.title(), 1_000),
                verdict.points().value(),
                verdict.of().value(),
                verdict.support().name(),
                verdict.untestable() == null ? null : verdict.untestable().name(),
                Rows.text(verdict.message(), LONGEST_WORDS),
                Rows.text(verdict.hint(), LONGEST_WORDS),
                verdict.where() == null ? null : Rows.text(verdict.where().toString(), 4_000),
                verdict.bonus()
            });
        }
        database.template()
                .batchUpdate(
                        "insert into verdict (evaluation, position, check_id, title, points, of_points, support,"
                                + " untestable, message, hint, place, bonus) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        rows);
    }

    /**
     * Lets an evaluation count for its submission from now on, unless it does already.
     *
     * @param by a person, or the harness
     * @return whether it did not before
     */
    public boolean stands(long submission, long evaluation, String by, String why, Instant at) {
        return database.inTransaction(() -> {
            // One after the other: two of them would not see each other's rows.
            client().sql("select id from submission where id = ? for update")
                    .param(submission)
                    .query(Long.class)
                    .single();
            Optional<Long> current = client().sql(
                            "select evaluation from standing where submission = ? order by id desc limit 1")
                    .param(submission)
                    .query(Long.class)
                    .optional();
            return current.filter(id -> id == evaluation).isEmpty()
                    && client().sql("insert into standing (submission, evaluation, by_whom, why, at)"
                                            + " values (?, ?, ?, ?, ?)")
                                    .params(
                                            submission,
                                            evaluation,
                                            Rows.text(by, 200),
                                            Rows.text(why, 2_000),
                                            Rows.time(at))
                                    .update()
                            == 1;
        });
    }

    /**
     * What a rubric makes of a run that is there already.
     *
     * @param run the run's number
     */
    public record Rejudged(long submission, long run, EvaluationFact evaluation) {}

    /**
     * Notes evaluations and lets them count from now on, all of them or none.
     *
     * @return how many of them did not count before
     */
    public long rejudge(List<Rejudged> all, String by, String why, Instant at) {
        return database.inTransaction(() -> all.stream()
                .filter(one -> stands(one.submission(), evaluation(one.run(), one.evaluation()), by, why, at))
                .count());
    }

    private JdbcClient client() {
        return database.client();
    }
}
