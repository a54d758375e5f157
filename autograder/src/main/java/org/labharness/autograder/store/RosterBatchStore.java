package org.labharness.autograder.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/** Classes that are graded together: which gradings belong to which. */
public final class RosterBatchStore {
    private final Database database;
    private final CourseId course;

    public RosterBatchStore(Database database, CourseId course) {
        this.database = database;
        this.course = course;
    }

    /**
     * What a class is graded for.
     *
     * @param labs at least one
     * @param students whose work; none: everybody's
     * @param since only what was received, or became known, from then on; null: all
     * @param anew whether to run again what was run already
     * @param by who asked
     */
    public record Order(
            List<LabId> labs,
            List<StudentId> students,
            @Nullable Instant since,
            boolean anew,
            String by) {
        public Order {
            labs = List.copyOf(labs);
            students = List.copyOf(students);
        }

        /** Those of a roster whose work it is about. */
        public List<Student> asked(Roster roster) {
            return roster.students().stream()
                    .filter(student -> students.isEmpty() || students.contains(student.id()))
                    .toList();
        }
    }

    /**
     * A class that is graded together.
     *
     * @param ended null while it is not over
     */
    public record RosterBatch(
            long id, Order order, Instant began, @Nullable Instant ended) {}

    public RosterBatch begin(Order order, Instant at) {
        return database.inTransaction(() -> {
            GeneratedKeyHolder key = new GeneratedKeyHolder();
            client().sql("insert into roster_batch (course, labs, students, since, anew, by_whom, began)"
                            + " values (?, ?, ?, ?, ?, ?, ?)")
                    .params(course.value(), words(order.labs()), words(order.students()))
                    .param(Rows.timeOrNull(order.since()))
                    .params(order.anew(), Rows.text(order.by(), 200), Rows.time(at))
                    .update(key, "id");
            long id = Objects.requireNonNull(key.getKey()).longValue();
            return some("id = ?", id).getFirst();
        });
    }

    private static String words(List<?> ids) {
        return String.join("\n", ids.stream().map(Object::toString).toList());
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : text.lines().toList();
    }

    /** The last one that was begun. */
    public Optional<RosterBatch> last() {
        return database
                .reading(() -> some("id = (select max(id) from roster_batch where course = ?)", course.value()))
                .stream()
                .findFirst();
    }

    /** Those that are not over, the last one first. */
    public List<RosterBatch> unfinished() {
        return database.reading(() -> some("ended is null"));
    }

    private List<RosterBatch> some(String which, Object... values) {
        return client().sql("select id, labs, students, since, anew, by_whom, began, ended from roster_batch"
                        + " where course = ? and " + which + " order by id desc")
                .param(course.value())
                .params(values)
                .query(RosterBatchStore::row)
                .list();
    }

    private static RosterBatch row(ResultSet row, int number) throws SQLException {
        Order order = new Order(
                words(row.getString("labs")).stream().map(LabId::parse).toList(),
                words(row.getString("students")).stream().map(StudentId::parse).toList(),
                Rows.instantOrNull(row, "since"),
                row.getBoolean("anew"),
                row.getString("by_whom"));
        return new RosterBatch(row.getLong("id"), order, Rows.instant(row, "began"), Rows.instantOrNull(row, "ended"));
    }

    public void end(long batch, Instant at) {
        database.inTransaction(() -> client().sql("update roster_batch set ended = ? where id = ? and ended is null")
                .params(Rows.time(at), batch)
                .update());
    }

    /** Lets a grading belong to a class. */
    public void add(long batch, long grading) {
        database.inTransaction(() -> client().sql(
                        "insert into roster_batch_grading (batch, grading) values (?, ?) on conflict do nothing")
                .params(batch, grading)
                .update());
    }

    /** The gradings of a class, in the order in which they were asked for. */
    public List<Grading> gradings(long batch) {
        return database.reading(() -> client().sql(GradingStore.COLUMNS
                        + " join roster_batch_grading m on m.grading = g.id where m.batch = ? order by g.id")
                .param(batch)
                .query(GradingStore::row)
                .list());
    }

    /**
     * Something of a lab that could be graded: it is kept.
     *
     * @param packages digest over what declares its packages; empty where that is not known
     * @param received server time; null where no trusted time is known
     * @param noted when it became known
     */
    public record Candidate(
            long submission,
            Owner owner,
            String packages,
            @Nullable Instant received,
            Instant noted) {}

    /** What is kept of a lab and was not replaced by newer work, in the order in which it became known. */
    public List<Candidate> candidates(LabId lab) {
        return database.reading(() -> client().sql(
                        "select b.id, b.owner, b.packages, b.received, b.noted from submission b"
                                + " where b.course = ? and b.lab = ? and b.bundle is not null and not exists (select 1 from grading g"
                                + " where g.submission = b.id and g.state = 'superseded') order by b.id")
                .params(course.value(), lab.value())
                .query((row, number) -> {
                    String packages = row.getString("packages");
                    return new Candidate(
                            row.getLong("id"),
                            Owner.parse(row.getString("owner")),
                            packages == null ? "" : packages,
                            Rows.instantOrNull(row, "received"),
                            Rows.instant(row, "noted"));
                })
                .list());
    }

    private JdbcClient client() {
        return database.client();
    }
}
