package org.labharness.autograder.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.challenge.ChallengeDay;
import org.labharness.autograder.challenge.Decision;
import org.labharness.autograder.challenge.Earlier;
import org.labharness.autograder.challenge.Entry;
import org.labharness.autograder.challenge.EntryRule;
import org.labharness.autograder.challenge.Measured;
import org.labharness.autograder.challenge.Received;
import org.labharness.autograder.challenge.Refusal;
import org.labharness.autograder.challenge.Refused;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.challenge.Challenge.Closed;
import org.labharness.lab.challenge.ChallengeId;
import org.labharness.lab.course.CourseId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/** Entries of challenges, what they score, and what was refused. Nothing is written over. */
public final class ChallengeStore {
    /** Of one owner and day. More are refused as well, but not noted: nobody fills the disk with them. */
    private static final int MOST_REFUSALS = 100;

    private final Database database;
    private final CourseId course;
    private final ChallengeId challenge;

    public ChallengeStore(Database database, CourseId course, ChallengeId challenge) {
        this.database = database;
        this.course = course;
        this.challenge = challenge;
    }

    /**
     * Notes the challenge, unless it is known.
     *
     * @param split as it is now
     * @return the split as it was at first
     */
    public String note(String split, Instant at) {
        return database.inTransaction(() -> {
            client().sql("insert into challenge (course, id, split, noted) values (?, ?, ?, ?) on conflict do nothing")
                    .params(course.value(), challenge.value(), split, Rows.time(at))
                    .update();
            return client().sql("select split from challenge where course = ? and id = ?")
                    .params(key())
                    .query(String.class)
                    .single();
        });
    }

    /**
     * Takes predictions, or says why not. Those of one challenge are decided one after another, so that two at the same time cannot both
     * be the last that is allowed.
     *
     * @param predictions digest of what is predicted
     * @param labels digest of what it was measured by
     */
    public Decision enter(Received received, String predictions, String labels, Measured measured, EntryRule rule) {
        return database.inTransaction(() -> {
            client().sql("select id from challenge where course = ? and id = ? for update")
                    .params(key())
                    .query(String.class)
                    .single();
            List<Earlier> earlier = earlier(received);
            Optional<Refused> refused = rule.refuses(received, predictions, earlier);
            if (refused.isPresent()) {
                refuse(received, refused.get(), rule.day(received.at()));
                return new Decision.NotTaken(refused.get());
            }
            long entry = insert(received, predictions);
            scores(entry, labels, measured, received.at());
            return new Decision.Taken(entry, rule.today(received.at(), earlier) + 1, earlier.size() + 1);
        });
    }

    /** Whoever changes the team takes along what they have used up. */
    private List<Earlier> earlier(Received received) {
        return client().sql("select id, owner, received, predictions from challenge_entry"
                        + " where course = ? and challenge = ? and (owner = ? or student = ?) order by id")
                .params(key())
                .params(received.owner().toString(), received.by().value())
                .query((row, number) -> new Earlier(
                        row.getLong("id"),
                        Rows.instant(row, "received"),
                        row.getString("predictions"),
                        row.getString("owner").equals(received.owner().toString())))
                .list();
    }

    private long insert(Received received, String predictions) {
        KeyHolder number = new GeneratedKeyHolder();
        client().sql("insert into challenge_entry (course, challenge, owner, student, received, file_name, file_digest,"
                        + " predictions) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(key())
                .params(received.owner().toString(), received.by().value())
                .params(Rows.time(received.at()), Rows.text(received.file(), 300), received.digest(), predictions)
                .update(number, "id");
        return Objects.requireNonNull(number.getKey()).longValue();
    }

    /** Notes something that was not taken. */
    public void refuse(Received received, Refused refused, ChallengeDay day) {
        database.inTransaction(() -> {
            int today = client().sql("select count(*) from challenge_refusal where course = ? and challenge = ?"
                            + " and owner = ? and received >= ? and received < ?")
                    .params(key())
                    .params(received.owner().toString(), Rows.time(day.from()), Rows.time(day.to()))
                    .query(Integer.class)
                    .single();
            return today >= MOST_REFUSALS
                    ? 0
                    : client().sql("insert into challenge_refusal (course, challenge, owner, student, received,"
                                    + " file_name, file_digest, code, message) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                            .params(key())
                            .params(received.owner().toString(), received.by().value())
                            .params(Rows.time(received.at()), Rows.text(received.file(), 300), received.digest())
                            .params(refused.code().word(), Rows.text(refused.message(), 4_000))
                            .update();
        });
    }

    /** Notes what an entry scores by some labels, unless it is known. */
    public void scores(long entry, String labels, Measured measured, Instant at) {
        List<Object[]> rows = new ArrayList<>();
        measured.onPublicRows()
                .forEach((metric, open) -> rows.add(new Object[] {
                    entry,
                    labels,
                    metric.word(),
                    text(open),
                    text(measured.onPrivateRows().get(metric)),
                    Rows.time(at)
                }));
        database.inTransaction(() -> database.template()
                .batchUpdate(
                        "insert into challenge_score (entry, labels, metric, public_score, private_score, at)"
                                + " values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                        rows));
    }

    private static @Nullable String text(@Nullable Double score) {
        return score == null ? null : Measured.exact(score).toString();
    }

    /** All entries with their public scores by these labels, in the order in which they came. */
    public List<Entry> entries(String labels) {
        return database.reading(() -> {
            Map<Long, Map<QualityMetric, BigDecimal>> scores = scores("public_score", labels);
            return client().sql("select id, owner, student, received, file_name, file_digest, predictions"
                            + " from challenge_entry where course = ? and challenge = ? order by received, id")
                    .params(key())
                    .query((row, number) -> entry(row, scores))
                    .list();
        });
    }

    private static Entry entry(ResultSet row, Map<Long, Map<QualityMetric, BigDecimal>> scores) throws SQLException {
        return new Entry(
                row.getLong("id"),
                Owner.parse(row.getString("owner")),
                StudentId.parse(row.getString("student")),
                Rows.instant(row, "received"),
                row.getString("file_name"),
                row.getString("file_digest"),
                row.getString("predictions"),
                scores.getOrDefault(row.getLong("id"), Map.of()));
    }

    /**
     * Private scores by these labels, by entry.
     *
     * @param closed that they may be seen
     */
    public Map<Long, Map<QualityMetric, BigDecimal>> privateScores(String labels, Closed closed) {
        if (!closed.challenge().equals(challenge)) {
            throw new IllegalArgumentException(closed.challenge() + " is closed, not " + challenge);
        }
        return scores("private_score", labels);
    }

    private Map<Long, Map<QualityMetric, BigDecimal>> scores(String column, String labels) {
        Map<Long, Map<QualityMetric, BigDecimal>> scores = new HashMap<>();
        client().sql("select entry, metric, " + column + " as score from challenge_score join challenge_entry"
                        + " on challenge_entry.id = entry where course = ? and challenge = ? and labels = ?")
                .params(key())
                .param(labels)
                .query(row -> {
                    String word = row.getString("metric");
                    BigDecimal score = new BigDecimal(row.getString("score"));
                    long entry = row.getLong("entry");
                    QualityMetric.of(word)
                            .ifPresent(
                                    metric -> scores.computeIfAbsent(entry, any -> new EnumMap<>(QualityMetric.class))
                                            .put(metric, score));
                });
        return scores;
    }

    /** What was refused, in the order in which it came. */
    public List<Refusal> refusals() {
        return client().sql("select owner, student, received, file_name, code, message from challenge_refusal"
                        + " where course = ? and challenge = ? order by id")
                .params(key())
                .query((row, number) -> new Refusal(
                        Owner.parse(row.getString("owner")),
                        StudentId.parse(row.getString("student")),
                        Rows.instant(row, "received"),
                        row.getString("file_name"),
                        row.getString("code"),
                        row.getString("message")))
                .list();
    }

    /** Notes which entries somebody wants to be measured by, in place of what was chosen before. */
    public void choose(Owner owner, List<Long> entries, StudentId by, Instant at) {
        client().sql("insert into challenge_choice (course, challenge, owner, entries, student, at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(key())
                .params(
                        owner.toString(),
                        String.join(",", entries.stream().map(String::valueOf).toList()))
                .params(by.value(), Rows.time(at))
                .update();
    }

    /** What everybody chose last. */
    public Map<Owner, List<Long>> choices() {
        Map<Owner, List<Long>> choices = new HashMap<>();
        client().sql("select owner, entries from challenge_choice where course = ? and challenge = ? order by id")
                .params(key())
                .query(row -> {
                    choices.put(
                            Owner.parse(row.getString("owner")),
                            Arrays.stream(row.getString("entries").split(","))
                                    .filter(one -> !one.isEmpty())
                                    .map(Long::valueOf)
                                    .toList());
                });
        return choices;
    }

    private List<Object> key() {
        return List.of(course.value(), challenge.value());
    }

    private JdbcClient client() {
        return database.client();
    }
}
