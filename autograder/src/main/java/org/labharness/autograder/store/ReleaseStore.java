package org.labharness.autograder.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.course.CourseId;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/** What students were shown, as it was when it was released. A later release of the same takes its place; all of them stay. */
public final class ReleaseStore {
    private final Database database;

    public ReleaseStore(Database database) {
        this.database = database;
    }

    /**
     * That grades were shown to students.
     *
     * @param number grows with every release of the course
     * @param what the id of a lab, or {@code *} for the course's total
     */
    public record Release(long number, String what, String by, String why, Instant at) {}

    /**
     * Notes a release.
     *
     * @param what the id of a lab, or {@code *} for the course's total
     * @param documents what each student sees from now on
     */
    public Release release(
            CourseId course, String what, String by, String why, Instant at, Map<StudentId, String> documents) {
        return database.inTransaction(() -> {
            GeneratedKeyHolder key = new GeneratedKeyHolder();
            database.client()
                    .sql("insert into release (course, lab, by_whom, why, at) values (?, ?, ?, ?, ?)")
                    .params(course.value(), what, by, why, Rows.time(at))
                    .update(key, "id");
            long number = Objects.requireNonNull(key.getKey()).longValue();
            List<Object[]> rows = new ArrayList<>();
            documents.forEach((student, document) -> rows.add(new Object[] {number, student.value(), document}));
            database.template()
                    .batchUpdate("insert into released_grade (release, student, document) values (?, ?, ?)", rows);
            return new Release(number, what, by, why, at);
        });
    }

    /** All releases of a course, oldest first. */
    public List<Release> releases(CourseId course) {
        return database.client()
                .sql("select id, lab, by_whom, why, at from release where course = ? order by id")
                .param(course.value())
                .query((row, number) -> new Release(
                        row.getLong("id"),
                        row.getString("lab"),
                        row.getString("by_whom"),
                        row.getString("why"),
                        Rows.instant(row, "at")))
                .list();
    }

    /** What a student was shown by a release. */
    public Optional<String> document(Release release, StudentId student) {
        return database.client()
                .sql("select document from released_grade where release = ? and student = ?")
                .params(release.number(), student.value())
                .query(String.class)
                .optional();
    }

    /** What every student was shown by a release. */
    public Map<StudentId, String> documents(Release release) {
        Map<StudentId, String> documents = new HashMap<>();
        database.client()
                .sql("select student, document from released_grade where release = ?")
                .param(release.number())
                .query(row -> {
                    documents.put(StudentId.parse(row.getString("student")), row.getString("document"));
                });
        return documents;
    }
}
