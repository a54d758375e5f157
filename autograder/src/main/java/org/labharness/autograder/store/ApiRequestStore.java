package org.labharness.autograder.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.Sha256;
import org.labharness.lab.course.CourseId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Requests of programs that bear a key: each is answered once, and the same again. */
public final class ApiRequestStore {
    private final Database database;

    public ApiRequestStore(Database database) {
        this.database = database;
    }

    /** Which request it is: keys of different tokens have nothing to do with each other. */
    public record RequestKey(String token, String key) {
        /** What is kept of it: a key is whatever a program likes to send, also names of people. */
        private String digest() {
            MessageDigest digest = Sha256.begin();
            digest.update(key.getBytes(StandardCharsets.UTF_8));
            return Sha256.hex(digest);
        }
    }

    /**
     * What was answered.
     *
     * @param status of HTTP
     * @param code why it was refused; empty where it was not
     * @param message the same in words
     */
    public record Answer(
            int status,
            String code,
            String message,
            @Nullable Long submission,
            @Nullable Long grading) {}

    /**
     * What is known of a request that came before.
     *
     * @param answer null: it is being worked on
     */
    public record Earlier(
            String bodyDigest, Instant at, @Nullable Answer answer) {}

    /**
     * Notes that a request has come.
     *
     * @param stale one that came before this moment and has no answer was lost with its process, and is begun anew
     * @return what is known of it; empty where it is new, and the caller's to answer
     */
    public Optional<Earlier> claim(
            CourseId course, Owner owner, RequestKey key, String bodyDigest, Instant at, Instant stale) {
        return database.inTransaction(() -> {
            client().sql("delete from api_request where token = ? and key_digest = ? and status = 0 and at < ?")
                    .params(key.token(), key.digest(), Rows.time(stale))
                    .update();
            int added = client().sql(
                            "insert into api_request (course, owner, token, key_digest, body_digest, at, status,"
                                    + " code, message) values (?, ?, ?, ?, ?, ?, 0, '', '') on conflict do nothing")
                    .params(course.value(), owner.toString(), key.token(), key.digest(), bodyDigest, Rows.time(at))
                    .update();
            return added == 1 ? Optional.empty() : earlier(key);
        });
    }

    private Optional<Earlier> earlier(RequestKey key) {
        return client().sql("select body_digest, at, status, code, message, submission, grading from api_request"
                        + " where token = ? and key_digest = ?")
                .params(key.token(), key.digest())
                .query((row, number) -> new Earlier(
                        row.getString("body_digest"),
                        Rows.instant(row, "at"),
                        row.getInt("status") == 0
                                ? null
                                : new Answer(
                                        row.getInt("status"),
                                        row.getString("code"),
                                        row.getString("message"),
                                        row.getObject("submission", Long.class),
                                        row.getObject("grading", Long.class))))
                .optional();
    }

    /** Keeps what a request was answered. */
    public void answered(RequestKey key, Answer answer) {
        database.inTransaction(() -> client().sql(
                        "update api_request set status = ?, code = ?, message = ?, submission = ?, grading = ?"
                                + " where token = ? and key_digest = ?")
                .params(answer.status(), Rows.text(answer.code(), 80), Rows.text(answer.message(), 4_000))
                .param(answer.submission())
                .param(answer.grading())
                .params(key.token(), key.digest())
                .update());
    }

    /** Lets the same request come again as if it had not come. */
    public void released(RequestKey key) {
        database.inTransaction(
                () -> client().sql("delete from api_request where token = ? and key_digest = ? and status = 0")
                        .params(key.token(), key.digest())
                        .update());
    }

    /**
     * Lets all that came before a moment and were not taken, because they were refused or have no answer, come again as if they had not come.
     *
     * @return how many
     */
    public int abandon(Instant before) {
        return database.inTransaction(() -> client().sql("delete from api_request where submission is null and at < ?")
                .param(Rows.time(before))
                .update());
    }

    /** Forgets those that came before a moment, and says how many. */
    public int forget(Instant before) {
        return database.inTransaction(() -> client().sql("delete from api_request where at < ?")
                .param(Rows.time(before))
                .update());
    }

    private JdbcClient client() {
        return database.client();
    }
}
