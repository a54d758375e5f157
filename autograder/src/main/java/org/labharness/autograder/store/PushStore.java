package org.labharness.autograder.store;

import java.time.Instant;
import java.util.List;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.PushFact;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;

/** Who pushed what when. Rows are added; whoever adds them looks first whether there are too many. */
public final class PushStore {
    private final Database database;
    private final CourseId course;

    public PushStore(Database database, CourseId course) {
        this.database = database;
        this.course = course;
    }

    public void note(PushFact fact) {
        database.inTransaction(() -> database.client()
                .sql("insert into push (course, lab, owner, student, token, arrived, code, submission)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(course.value(), fact.lab().value(), fact.owner().toString())
                .param(fact.by() == null ? null : fact.by().value())
                .params(Rows.text(fact.token(), 12), Rows.time(fact.arrived()), Rows.text(fact.code(), 40))
                .param(fact.submission())
                .update());
    }

    /** When somebody's work for a lab was pushed since a moment, refused or not, oldest first. */
    public List<Instant> since(LabId lab, Owner owner, Instant moment) {
        return database.reading(() -> database.client()
                .sql(
                        "select arrived from push where course = ? and owner = ? and lab = ? and arrived >= ? order by arrived")
                .params(course.value(), owner.toString(), lab.value(), Rows.time(moment))
                .query((row, number) -> Rows.instant(row, "arrived"))
                .list());
    }

    /** Whether something came by a token and became a submission. */
    public boolean handedIn(String token, long submission) {
        return database.reading(() -> database.client()
                        .sql("select count(*) from push where course = ? and token = ? and submission = ?")
                        .params(course.value(), token, submission)
                        .query(Integer.class)
                        .single())
                > 0;
    }

    /** All of a lab, oldest first. */
    public List<PushFact> all(LabId lab) {
        return database.reading(() -> database.client()
                .sql("select owner, student, token, arrived, code, submission from push where course = ? and lab = ?"
                        + " order by id")
                .params(course.value(), lab.value())
                .query((row, number) -> {
                    String student = row.getString("student");
                    return new PushFact(
                            lab,
                            Owner.parse(row.getString("owner")),
                            student == null ? null : StudentId.parse(student),
                            row.getString("token"),
                            Rows.instant(row, "arrived"),
                            row.getString("code"),
                            row.getObject("submission", Long.class));
                })
                .list());
    }
}
