package org.labharness.autograder.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.token.AccessToken;
import org.labharness.autograder.token.Scope;
import org.labharness.autograder.token.TokenText;
import org.labharness.lab.course.CourseId;

/** Tokens by which people speak to the server. A secret is never kept, only its digest. */
public final class TokenStore {
    /** For those who have given up a token it matters on which day it was used, not in which second; and each use need not write. */
    private static final Duration COARSE = Duration.ofHours(1);

    private static final String COLUMNS =
            "t.id, t.course, t.student, t.scope, t.secret_digest, t.remark, t.by_whom, t.issued, t.expires, t.revoked, t.used";

    private final Database database;

    public TokenStore(Database database) {
        this.database = database;
    }

    /** Notes tokens with the digests of their secrets, all of them or none. */
    public void issue(Map<AccessToken, TokenText> tokens) {
        database.inTransaction(() -> {
            tokens.forEach((token, text) -> database.client()
                    .sql("insert into access_token (id, course, student, scope, secret_digest, remark, by_whom, issued,"
                            + " expires) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(token.id(), token.course().value())
                    .param(token.student() == null ? null : token.student().value())
                    .params(token.scope().word(), text.digest())
                    .params(Rows.text(token.remark(), 200), Rows.text(token.by(), 200))
                    .params(Rows.time(token.issued()))
                    .param(Rows.timeOrNull(token.expires()))
                    .update());
            return tokens.size();
        });
    }

    /** All of a course, also those that are good no more, in the order in which they were issued. */
    public List<AccessToken> list(CourseId course) {
        return database.reading(() -> database.client()
                .sql("select " + COLUMNS + " from access_token t where t.course = ? order by t.issued, t.id")
                .param(course.value())
                .query((row, number) -> token(row))
                .list());
    }

    /**
     * Ends a token for good.
     *
     * @return whether there is such a token in the course that was not revoked before
     */
    public boolean revoke(CourseId course, String id, String by, Instant at) {
        return database.inTransaction(() -> database.client()
                        .sql("update access_token set revoked = ?, revoked_by = ? where course = ? and id = ?"
                                + " and revoked is null")
                        .params(Rows.time(at), Rows.text(by, 200), course.value(), id)
                        .update()
                == 1);
    }

    /** The token that somebody shows, where it is good now and its student still takes the course. Its use is noted, to the hour. */
    public Optional<AccessToken> check(TokenText shown, Instant now) {
        record Found(AccessToken token, String digest) {}
        Optional<AccessToken> good = database.reading(() -> database.client()
                        .sql(
                                "select " + COLUMNS
                                        + " from access_token t where t.id = ? and (t.student is null or exists"
                                        + " (select 1 from student s where s.course = t.course and s.id = t.student and not s.gone))")
                        .param(shown.id())
                        .query((row, number) -> new Found(token(row), row.getString("secret_digest")))
                        .optional())
                .filter(found -> shown.matches(found.digest()))
                .map(Found::token)
                .filter(token -> token.good(now));
        good.ifPresent(token -> used(token, now));
        return good;
    }

    private void used(AccessToken token, Instant now) {
        Instant before = token.used();
        if (before == null || Duration.between(before, now).compareTo(COARSE) >= 0) {
            database.inTransaction(() -> database.client()
                    .sql("update access_token set used = ? where id = ?")
                    .params(Rows.time(now.truncatedTo(ChronoUnit.HOURS)), token.id())
                    .update());
        }
    }

    private static AccessToken token(ResultSet row) throws SQLException {
        return new AccessToken(
                row.getString("id"),
                CourseId.parse(row.getString("course")),
                student(row),
                Scope.parse(row.getString("scope")),
                row.getString("remark"),
                row.getString("by_whom"),
                Rows.instant(row, "issued"),
                Rows.instantOrNull(row, "expires"),
                Rows.instantOrNull(row, "revoked"),
                Rows.instantOrNull(row, "used"));
    }

    private static @Nullable StudentId student(ResultSet row) throws SQLException {
        String student = row.getString("student");
        return student == null ? null : StudentId.parse(student);
    }
}
