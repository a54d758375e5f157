package org.labharness.autograder.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Courses and who takes them. */
public final class RosterStore {
    private final Database database;

    public RosterStore(Database database) {
        this.database = database;
    }

    /** Notes a course, unless it is known. */
    public void note(Course course, Instant at) {
        database.inTransaction(() -> database.client()
                .sql("insert into course (id, title, noted) values (?, ?, ?) on conflict do nothing")
                .params(course.id().value(), Rows.text(course.title(), 500), Rows.time(at))
                .update());
    }

    /** Those who take the course now. */
    public Roster read(CourseId course) {
        return database.reading(() -> students(course));
    }

    /** Another one whenever the roster is: by an import, or because somebody was forgotten. Quick to ask for, also of a large course. */
    public String state(CourseId course) {
        return database.reading(() -> database.client()
                .sql("select (select coalesce(max(id), 0) from roster_import where course = :course) as imports,"
                        + " (select count(*) from student where course = :course and name = :forgotten) as forgotten")
                .param("course", course.value())
                .param("forgotten", PersonStore.FORGOTTEN)
                .query((row, number) -> row.getLong("imports") + "-" + row.getLong("forgotten"))
                .single());
    }

    private Roster students(CourseId course) {
        Map<String, Map<LabId, String>> repositories = new HashMap<>();
        Map<String, Map<LabId, Extension>> extensions = new HashMap<>();
        Map<String, Set<LabId>> excused = new HashMap<>();
        database.client()
                .sql("select student, lab, repository, extension, excused from student_lab where course = ?")
                .param(course.value())
                .query(row -> {
                    String student = row.getString("student");
                    LabId lab = LabId.parse(row.getString("lab"));
                    String repository = row.getString("repository");
                    if (repository != null) {
                        repositories
                                .computeIfAbsent(student, any -> new HashMap<>())
                                .put(lab, repository);
                    }
                    String extension = row.getString("extension");
                    if (extension != null) {
                        extensions
                                .computeIfAbsent(student, any -> new HashMap<>())
                                .put(lab, Extension.parse(extension));
                    }
                    if (row.getBoolean("excused")) {
                        excused.computeIfAbsent(student, any -> new HashSet<>()).add(lab);
                    }
                });
        return new Roster(database.client()
                .sql(
                        "select id, name, mail, team, section, repository, audits from student where course = ? and not gone")
                .param(course.value())
                .query((row, number) -> {
                    String id = row.getString("id");
                    return new Student(
                            StudentId.parse(id),
                            row.getString("name"),
                            row.getString("mail"),
                            team(row),
                            row.getString("section"),
                            row.getString("repository"),
                            repositories.getOrDefault(id, Map.of()),
                            extensions.getOrDefault(id, Map.of()),
                            excused.getOrDefault(id, Set.of()),
                            row.getBoolean("audits"));
                })
                .list());
    }

    private static @Nullable TeamId team(ResultSet row) throws SQLException {
        String team = row.getString("team");
        return team == null ? null : TeamId.parse(team);
    }

    /**
     * Applies what a new roster changes, all of it or nothing.
     *
     * @param source where the roster came from, such as the name of a file
     * @param by who imports it
     */
    public void apply(CourseId course, RosterChange change, String source, String by, Instant at) {
        database.inTransaction(() -> {
            oneAfterTheOther(course);
            return write(course, change, source, by, at);
        });
    }

    /**
     * The same, where the roster still is what the change was made for.
     *
     * @return whether it was; else nothing is changed
     */
    public boolean applyTo(
            Roster expected, CourseId course, RosterChange change, String source, String by, Instant at) {
        return database.inTransaction(() -> {
            oneAfterTheOther(course);
            boolean same = students(course).equals(expected);
            return same && write(course, change, source, by, at) > 0;
        });
    }

    /** Two imports at once would both add the same students. */
    private void oneAfterTheOther(CourseId course) {
        database.client()
                .sql("select id from course where id = ? for update")
                .param(course.value())
                .query(String.class)
                .single();
    }

    private int write(CourseId course, RosterChange change, String source, String by, Instant at) {
        Stream.concat(change.added().stream(), change.changed().stream().map(RosterChange.Changed::after))
                .forEach(student -> put(course, student));
        change.gone()
                .forEach(student -> database.client()
                        .sql("update student set gone = true where course = ? and id = ?")
                        .params(course.value(), student.id().value())
                        .update());
        return database.client()
                .sql("insert into roster_import (course, source, added, changed, gone, by_whom, at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        course.value(),
                        Rows.text(source, 500),
                        change.added().size(),
                        change.changed().size(),
                        change.gone().size(),
                        Rows.text(by, 200),
                        Rows.time(at))
                .update();
    }

    private void put(CourseId course, Student student) {
        JdbcClient client = database.client();
        List<Object> key = List.of(course.value(), student.id().value());
        client.sql("delete from student_lab where course = ? and student = ?")
                .params(key)
                .update();
        String update =
                "update student set name = ?, mail = ?, team = ?, section = ?, repository = ?, audits = ?, gone = false"
                        + " where course = ? and id = ?";
        String insert = "insert into student (name, mail, team, section, repository, audits, gone, course, id)"
                + " values (?, ?, ?, ?, ?, ?, false, ?, ?)";
        if (write(update, student, key) == 0) {
            write(insert, student, key);
        }
        Set<LabId> labs = new TreeSet<>(student.excused());
        labs.addAll(student.repositories().keySet());
        labs.addAll(student.extensions().keySet());
        for (LabId lab : labs) {
            Extension extension = student.extensions().get(lab);
            client.sql("insert into student_lab (course, student, lab, repository, extension, excused)"
                            + " values (?, ?, ?, ?, ?, ?)")
                    .params(key)
                    .param(lab.value())
                    .param(student.repositories().get(lab))
                    .param(extension == null ? null : extension.toString())
                    .param(student.excused().contains(lab))
                    .update();
        }
    }

    private int write(String sql, Student student, List<Object> key) {
        TeamId team = student.team();
        return database.client()
                .sql(sql)
                .param(Rows.text(student.name(), 300))
                .param(Rows.textOrNull(student.mail(), 320))
                .param(team == null ? null : team.value())
                .param(Rows.textOrNull(student.section(), 80))
                .param(student.repository())
                .param(student.audits())
                .params(key)
                .update();
    }
}
