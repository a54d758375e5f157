package org.labharness.autograder.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.labharness.autograder.challenge.Result;
import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.challenge.ChallengeId;
import org.labharness.lab.course.CourseId;

/** Results of competitions that were held elsewhere. The last import of a challenge holds; earlier ones stay. */
public final class ResultStore {
    private final Database database;
    private final CourseId course;
    private final ChallengeId challenge;

    public ResultStore(Database database, CourseId course, ChallengeId challenge) {
        this.database = database;
        this.course = course;
        this.challenge = challenge;
    }

    /**
     * Notes all results of a challenge, or none.
     *
     * @param source such as the name of a file
     */
    public void put(List<Result> results, String source, String by, Instant at) {
        database.inTransaction(() -> {
            database.client()
                    .sql("insert into challenge (course, id, split, noted) values (?, ?, '', ?) on conflict do nothing")
                    .params(course.value(), challenge.value(), Rows.time(at))
                    .update();
            database.client()
                    .sql("insert into challenge_import (course, challenge, source, by_whom, at)"
                            + " values (?, ?, ?, ?, ?)")
                    .params(
                            course.value(),
                            challenge.value(),
                            Rows.text(source, 500),
                            Rows.text(by, 200),
                            Rows.time(at))
                    .update();
            long id = last();
            return database.template()
                    .batchUpdate(
                            "insert into challenge_result (import_id, course, owner, place, score) values (?, ?, ?, ?, ?)",
                            results.stream().map(result -> row(id, result)).toList());
        });
    }

    private Object[] row(long id, Result result) {
        return new Object[] {
            id,
            course.value(),
            result.owner().toString(),
            result.place(),
            result.score() == null ? null : result.score().toString()
        };
    }

    private long last() {
        return database.client()
                .sql("select coalesce(max(id), 0) from challenge_import where course = ? and challenge = ?")
                .params(course.value(), challenge.value())
                .query(Long.class)
                .single();
    }

    /** Those of the last import. */
    public List<Result> read() {
        return database.reading(() -> database.client()
                .sql("select owner, place, score from challenge_result where import_id = ? order by owner")
                .param(last())
                .query((row, number) -> {
                    String score = row.getString("score");
                    int place = row.getInt("place");
                    boolean placed = !row.wasNull();
                    return new Result(
                            Owner.parse(row.getString("owner")),
                            placed ? place : null,
                            score == null ? null : new BigDecimal(score));
                })
                .list());
    }
}
