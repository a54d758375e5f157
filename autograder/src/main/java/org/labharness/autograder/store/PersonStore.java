package org.labharness.autograder.store;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Grading.State;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.course.CourseId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes away whose facts are whose: a student becomes a token, whose points stay. */
public final class PersonStore {
    static final String FORGOTTEN = Student.FORGOTTEN;
    /** Submissions of owners: of the person, or once they were given to it of the token. */
    private static final String THEIRS = "(select id from submission where course = :course and owner in (:owners))";

    private static final String THEIR_RUNS = "(select id from run where submission in " + THEIRS + ")";
    private static final String THEIR_EVALUATIONS = "(select id from evaluation where run in " + THEIR_RUNS + ")";

    private final Database database;

    public PersonStore(Database database) {
        this.database = database;
    }

    /**
     * A person as a course knows them.
     *
     * @param teammates how many others are in the team
     * @param otherCourses that have a student of the same id
     */
    public record Person(
            CourseId course,
            StudentId id,
            String name,
            @Nullable String mail,
            @Nullable String team,
            int teammates,
            List<String> otherCourses) {
        public Person {
            otherCourses = List.copyOf(otherCourses);
        }

        /** The team whose work is nobody else's, if that is so. */
        Optional<String> ownTeam() {
            return teammates == 0 ? Optional.ofNullable(team) : Optional.empty();
        }
    }

    /** A submission of the person. */
    public record Handed(String lab, String commit, String refsDigest) {}

    /**
     * What became of it.
     *
     * @param rows how many of what were changed or deleted
     * @param submissions as they were
     * @param digests of kept files that no fact names any more
     */
    public record Forgotten(Map<String, Integer> rows, List<Handed> submissions, Set<String> digests) {
        public Forgotten {
            submissions = List.copyOf(submissions);
            digests = Set.copyOf(digests);
        }
    }

    /** Also one who is gone from the roster. */
    public Optional<Person> find(CourseId course, StudentId id) {
        return database.reading(() -> client().sql("select s.name, s.mail, s.team, (select count(*) from student o"
                        + " where o.course = s.course and o.team = s.team and o.id <> s.id and o.name <> '" + FORGOTTEN
                        + "') as teammates"
                        + " from student s where s.course = ? and s.id = ?")
                .params(course.value(), id.value())
                .query((row, number) -> new Person(
                        course,
                        id,
                        row.getString("name"),
                        row.getString("mail"),
                        row.getString("team"),
                        row.getInt("teammates"),
                        client().sql("select course from student where id = ? and course <> ? order by course")
                                .params(id.value(), course.value())
                                .query(String.class)
                                .list()))
                .optional());
    }

    /** Work of the person is being graded: what comes of it would be noted, with all that it shows of them, after they were forgotten. */
    public static final class BeingGraded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<Long> submissions;

        BeingGraded(List<Long> submissions) {
            super("being graded: " + submissions);
            this.submissions = List.copyOf(submissions);
        }

        public List<Long> submissions() {
            return submissions;
        }
    }

    /** What {@link #forget} would come to; nothing is changed. */
    public Forgotten preview(Person person, StudentId token) {
        return database.withoutEffect(() -> change(person, token));
    }

    /**
     * Forgets who somebody was, all of it or nothing; what waits of theirs is not graded.
     *
     * @throws BeingGraded where something of theirs is graded at this moment
     */
    public Forgotten forget(Person person, StudentId token) {
        return database.inTransaction(() -> {
            // Whoever begins one of them waits for this, or was faster and is seen below.
            ofTheirs(
                            "update grading set state = '" + State.CANCELLED.code()
                                    + "', pending = null, ended = asked, step = ''," + " message = '" + FORGOTTEN
                                    + "' where state = 'waiting' and submission in " + THEIRS,
                            person)
                    .update();
            List<Long> running = ofTheirs(
                            "select submission from grading where state = 'running' and submission in " + THEIRS
                                    + " order by submission",
                            person)
                    .query(Long.class)
                    .list();
            if (!running.isEmpty()) {
                throw new BeingGraded(running);
            }
            return change(person, token);
        });
    }

    private JdbcClient.StatementSpec ofTheirs(String sql, Person person) {
        return client().sql(sql)
                .param("course", person.course().value())
                .param("owners", owners(person.id().value(), person.ownTeam()));
    }

    private static List<String> owners(String student, Optional<String> team) {
        return Stream.concat(Stream.of("student:" + student), team.stream().map(own -> "team:" + own))
                .toList();
    }

    private Forgotten change(Person person, StudentId token) {
        List<String> owners = owners(person.id().value(), person.ownTeam());
        List<String> tokens = owners(token.value(), person.ownTeam().map(team -> token.value()));
        List<Handed> submissions = client().sql(
                        "select lab, commit_id, refs_digest from submission where course = :course and owner in (:owners)")
                .param("course", person.course().value())
                .param("owners", owners)
                .query((row, number) ->
                        new Handed(row.getString("lab"), row.getString("commit_id"), row.getString("refs_digest")))
                .list();
        Set<String> digests = new HashSet<>(ReferenceStore.named(database));
        Map<String, Integer> rows = new LinkedHashMap<>();
        rename(person, token);
        // Members who were forgotten before keep their share in it.
        person.ownTeam()
                .ifPresent(team -> client().sql("update student set team = ? where course = ? and team = ?")
                        .params(token.value(), person.course().value(), team)
                        .update());
        for (int i = 0; i < owners.size(); i++) {
            own(person.course(), "owner", owners.get(i), tokens.get(i));
        }
        own(person.course(), "student", person.id().value(), token.value());
        inBatches(person, token);
        texts(person, tokens, token, rows);
        rows.put(
                "other texts that named the student",
                new NamedTexts(database.template()).replace(person, token.value()));
        digests.removeAll(ReferenceStore.named(database));
        return new Forgotten(rows, submissions, digests);
    }

    private void rename(Person person, StudentId token) {
        for (String sql : List.of(
                "insert into student (course, id, name, mail, team, section, repository, audits, gone)"
                        + " select course, :token, '" + FORGOTTEN + "', null, "
                        + (person.ownTeam().isPresent() ? "cast(:token as varchar(80))" : "team")
                        + ", null, null, audits, gone from student where course = :course and id = :id",
                "update student_lab set student = :token, repository = null where course = :course and student = :id",
                "delete from released_grade where student = :id"
                        + " and release in (select id from release where course = :course)",
                "delete from access_token where course = :course and student = :id",
                "delete from student where course = :course and id = :id")) {
            client().sql(sql)
                    .param("token", token.value())
                    .param("course", person.course().value())
                    .param("id", person.id().value())
                    .update();
        }
    }

    /** Every table that says whose something is says it in the same way. */
    private void own(CourseId course, String column, String from, String to) {
        for (Table table : new TableStore(database).tables()) {
            Set<String> columns = new HashSet<>(table.columnNames());
            if (columns.contains(column) && columns.contains("course")) {
                client().sql("update " + table.name() + " set " + column + " = ? where course = ? and " + column
                                + " = ?")
                        .params(to, course.value(), from)
                        .update();
            }
        }
    }

    /** Lists of students, an id on each line. */
    private void inBatches(Person person, StudentId token) {
        Map<Long, String> lists = new LinkedHashMap<>();
        client().sql("select id, students from roster_batch where course = ? and students <> ''")
                .param(person.course().value())
                .query(row -> {
                    lists.put(row.getLong("id"), row.getString("students"));
                });
        lists.forEach((batch, students) -> client().sql("update roster_batch set students = ? where id = ?")
                .params(
                        students.lines()
                                .map(one -> one.equals(person.id().value()) ? token.value() : one)
                                .collect(Collectors.joining("\n")),
                        batch)
                .update());
    }

    private void texts(Person person, List<String> tokens, StudentId token, Map<String, Integer> rows) {
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put(
                "submissions: repository, ref, commit",
                "update submission set repository = '" + FORGOTTEN + "', packages = null, ref = '" + FORGOTTEN
                        + "', commit_id = 'forgotten-' || cast(id as varchar(20)), refs_digest = '', bundle = null"
                        + " where id in " + THEIRS);
        changes.put(
                "gradings: who asked for them, why, what was said",
                "update grading set by_whom = case when by_whom = :id then :token else by_whom end, why = case when why = ''"
                        + " then '' else '" + FORGOTTEN + "' end, message = case when message = '' then '' else '"
                        + FORGOTTEN + "' end where submission in " + THEIRS);
        changes.put(
                "collections: messages",
                "update collection set message = '" + FORGOTTEN
                        + "' where message <> '' and course = :course and owner in (:owners)");
        changes.put(
                "runs: messages, evidence",
                "update run set message = case when message = '' then '' else '" + FORGOTTEN
                        + "' end, evidence = null where id in " + THEIR_RUNS);
        changes.put(
                "verdicts: sentences, hints, places",
                "update verdict set message = '" + FORGOTTEN + "', hint = '', place = null where evaluation in "
                        + THEIR_EVALUATIONS);
        changes.put(
                "reasons of evaluations",
                "update standing set why = '" + FORGOTTEN + "' where why <> '' and submission in " + THEIRS);
        changes.put(
                "remarks beside marks",
                "update mark set remark = '" + FORGOTTEN
                        + "' where remark <> '' and course = :course and owner in (:owners)");
        changes.put(
                "reasons of overrides",
                "update grade_override set why = '" + FORGOTTEN + "' where course = :course and student = :token");
        changes.put(
                "reasons why overrides were taken back",
                "update override_taken_back set why = '" + FORGOTTEN + "' where override_id in"
                        + " (select id from grade_override where course = :course and student = :token)");
        changes.put(
                "entries of data challenges: names of files, and files that are not a team's",
                "update challenge_entry set file_name = '" + FORGOTTEN
                        + "', file_digest = case when owner in (:owners) then '' else file_digest end"
                        + " where course = :course and student = :token");
        changes.put(
                "what was refused of data challenges: names of files, messages",
                "update challenge_refusal set file_name = '" + FORGOTTEN + "', file_digest = '', message = '"
                        + FORGOTTEN + "' where course = :course and student = :token");
        changes.put(
                "pushes that forges told of: repository, ref, commit, messages",
                "update webhook_receipt set repository = '" + FORGOTTEN + "', ref = '" + FORGOTTEN
                        + "', commit_id = 'forgotten', message = case when message = '' then '' else '" + FORGOTTEN
                        + "' end, status = case when status = 'waiting' then 'refused' else status end"
                        + " where course = :course and owner in (:owners)");
        changes.put(
                "reports to forges: repository, commit, message, link",
                "update forge_report set repository = '" + FORGOTTEN + "', commit_id = 'forgotten', message = '"
                        + FORGOTTEN + "', target = '', why = '', progress = case when progress in ('waiting', 'asked')"
                        + " then 'dropped' else progress end where course = :course and owner in (:owners)");
        changes.put(
                "requests of programs under keys of their own",
                "delete from api_request where course = :course and owner in (:owners)");
        changes.forEach((what, sql) -> rows.put(
                what,
                client().sql(sql)
                        .param("course", person.course().value())
                        .param("owners", tokens)
                        .param("token", token.value())
                        .param("id", person.id().value())
                        .update()));
    }

    private JdbcClient client() {
        return database.client();
    }
}
