package org.labharness.autograder.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.CheckId;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.course.CourseId;

/** Reads what can be evaluated again without running anything. */
public final class GradedRunStore {
    private final Database database;

    public GradedRunStore(Database database) {
        this.database = database;
    }

    /** The last run with evidence of each submission of a lab, in the order of the submissions. */
    public List<GradedRun> read(CourseId course, LabId lab) {
        return database.reading(() -> {
            Map<Long, Map<CheckId, Points>> points = points(course, lab);
            Map<Long, GradedRun> last = new LinkedHashMap<>();
            database.client()
                    .sql("select b.id as submission, b.owner, b.commit_id, r.id as run, r.evidence, r.requests"
                            + " from submission b join run r on r.submission = b.id where b.course = ? and b.lab = ?"
                            + " and r.outcome = 'graded' and r.evidence is not null order by b.id, r.id")
                    .params(course.value(), lab.value())
                    .query(row -> {
                        long submission = row.getLong("submission");
                        last.put(
                                submission,
                                new GradedRun(
                                        submission,
                                        Owner.parse(row.getString("owner")),
                                        row.getString("commit_id"),
                                        row.getLong("run"),
                                        row.getString("evidence"),
                                        row.getString("requests").lines().toList(),
                                        points.getOrDefault(submission, Map.of())));
                    });
            return new ArrayList<>(last.values());
        });
    }

    private Map<Long, Map<CheckId, Points>> points(CourseId course, LabId lab) {
        Map<Long, Map<CheckId, Points>> points = new HashMap<>();
        database.client()
                .sql("select s.submission, v.check_id, v.points from standing s"
                        + " join submission b on b.id = s.submission join verdict v on v.evaluation = s.evaluation"
                        + " where b.course = ? and b.lab = ?"
                        + " and s.id = (select max(t.id) from standing t where t.submission = s.submission)")
                .params(course.value(), lab.value())
                .query(row -> {
                    points.computeIfAbsent(row.getLong("submission"), any -> new HashMap<>())
                            .put(CheckId.parse(row.getString("check_id")), Rows.points(row, "points"));
                });
        return points;
    }
}
