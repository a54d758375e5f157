package org.labharness.autograder.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.Attempt.Judged;
import org.labharness.autograder.ledger.Attempt.Judgement;
import org.labharness.autograder.ledger.Attempt.Refused;
import org.labharness.autograder.ledger.Attempt.Waiting;
import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads the submissions of a course with what they were judged to be worth. One pass without an order: the database would write a large
 * result to disk to sort it.
 */
final class AttemptReader {
    private static final Waiting NOT_RUN = new Waiting("It has not been run yet.");

    private final List<Attempt> attempts;
    private final CurrentEvaluations current;

    AttemptReader(JdbcTemplate template, CourseId course) {
        Map<Long, Seen> seen = new HashMap<>();
        Known known = new Known();
        template.query(
                "select b.id, b.lab, b.owner, b.commit_id, b.received, s.id, s.evaluation, s.by_whom, s.why, s.at, e.points,"
                        + " e.of_points, e.held, e.bonus from submission b left join standing s on s.submission = b.id"
                        + " left join evaluation e on e.id = s.evaluation where b.course = ?",
                row -> {
                    long id = row.getLong(1);
                    Seen one = seen.get(id);
                    if (one == null) {
                        one = seen(row, id, known);
                        seen.put(id, one);
                    }
                    if (row.getObject(6) != null) {
                        one.standings.add(standing(row, known));
                    }
                },
                course.value());
        List<Seen> inOrder = new ArrayList<>(seen.values());
        inOrder.sort(Comparator.comparingLong(one -> one.id));
        List<Seen> judged =
                inOrder.stream().filter(one -> !one.standings.isEmpty()).toList();
        judged.forEach(one -> one.standings.sort(Comparator.comparingLong(Standing::id)));
        Map<Long, Attempt.State> runs = judged.size() == inOrder.size() ? Map.of() : runs(template, course);
        Set<Long> broke = broke(template);
        Set<Long> left = judged.size() == inOrder.size() ? Set.of() : leftOut(template, course);
        this.attempts = inOrder.stream()
                .filter(one -> !left.contains(one.id))
                .map(one -> one.attempt(runs.getOrDefault(one.id, NOT_RUN), broke.contains(one.id)))
                .toList();
        this.current = new CurrentEvaluations(
                judged.stream().mapToLong(one -> one.id).toArray(),
                judged.stream()
                        .mapToLong(one -> one.standings.getLast().evaluation)
                        .toArray());
    }

    /** In the order in which they became known. */
    List<Attempt> attempts() {
        return attempts;
    }

    CurrentEvaluations current() {
        return current;
    }

    private static Seen seen(ResultSet row, long id, Known known) throws SQLException {
        return new Seen(
                id,
                known.lab(row.getString(2)),
                known.owner(row.getString(3)),
                row.getString(4),
                Rows.instantOrNull(row, 5));
    }

    private static Standing standing(ResultSet row, Known known) throws SQLException {
        Judgement judgement = new Judgement(
                known.points(row.getBigDecimal(11)),
                known.points(row.getBigDecimal(12)),
                known.points(row.getBigDecimal(14)),
                Rows.instant(row, 10),
                known.word(row.getString(8)),
                known.word(row.getString(9)));
        return new Standing(row.getLong(6), row.getLong(7), judgement, row.getBoolean(13));
    }

    /** Of what was never judged: how its last run ended. */
    private static Map<Long, Attempt.State> runs(JdbcTemplate template, CourseId course) {
        Map<Long, Attempt.State> runs = new HashMap<>();
        template.query(
                "select r.submission, r.outcome, r.code, r.message from submission b join run r on r.submission = b.id"
                        + " where b.course = ? and r.outcome <> 'graded'"
                        + " and not exists (select 1 from standing s where s.submission = b.id) order by r.id",
                row -> {
                    runs.put(
                            row.getLong(1),
                            row.getString(2).equals("refused")
                                    ? new Refused(row.getString(3))
                                    : new Waiting(row.getString(4)));
                },
                course.value());
        template.query(
                "select g.submission, g.message from grading g join submission b on b.id = g.submission where b.course = ?"
                        + " and g.state = 'done' and g.code <> ''"
                        + " and not exists (select 1 from run r where r.submission = b.id) order by g.id",
                row -> {
                    runs.put(row.getLong(1), new Waiting(row.getString(2)));
                },
                course.value());
        return runs;
    }

    /** Submissions of which nothing comes any more: newer work took their place before they were begun, or they were cancelled. */
    private static Set<Long> leftOut(JdbcTemplate template, CourseId course) {
        return Set.copyOf(template.queryForList(
                "select b.id from submission b where b.course = ? and not exists (select 1 from run r where r.submission = b.id)"
                        + " and exists (select 1 from grading g where g.submission = b.id)"
                        + " and not exists (select 1 from grading g where g.submission = b.id"
                        + " and g.state in ('waiting', 'running', 'done'))",
                Long.class,
                course.value()));
    }

    /** Submissions that the harness has failed at, of any course: there are few, and the index holds them. */
    private static Set<Long> broke(JdbcTemplate template) {
        return Set.copyOf(
                template.queryForList("select distinct submission from run where outcome = 'broken'", Long.class));
    }

    private record Standing(long id, long evaluation, Judgement judgement, boolean held) {}

    /** A submission while its rows come. */
    private static final class Seen {
        private final long id;
        private final LabId lab;
        private final Owner owner;
        private final String commit;
        private final @Nullable Instant received;
        private final List<Standing> standings = new ArrayList<>(1);

        Seen(long id, LabId lab, Owner owner, String commit, @Nullable Instant received) {
            this.id = id;
            this.lab = lab;
            this.owner = owner;
            this.commit = commit;
            this.received = received;
        }

        Attempt attempt(Attempt.State unjudged, boolean broke) {
            List<Judgement> history =
                    standings.stream().map(Standing::judgement).toList();
            boolean spared = broke || standings.stream().anyMatch(Standing::held);
            return new Attempt(id, lab, owner, commit, received, state(unjudged), spared, history);
        }

        private Attempt.State state(Attempt.State unjudged) {
            if (standings.isEmpty()) {
                return unjudged;
            }
            Judgement last = standings.getLast().judgement();
            return new Judged(
                    last.points(), last.of(), last.bonus(), standings.getLast().held());
        }
    }
}
