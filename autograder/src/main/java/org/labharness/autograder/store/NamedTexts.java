package org.labharness.autograder.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.labharness.autograder.store.PersonStore.Person;
import org.labharness.autograder.store.Table.Column;
import org.labharness.lab.course.CourseId;
import org.springframework.jdbc.core.JdbcTemplate;

/** Free texts in which somebody is named, wherever they stand. */
record NamedTexts(JdbcTemplate template) {
    /**
     * Columns that hold no free text: keys, digests, words of the program, and what of others has to stay as it is, such as the
     * repository of a team.
     */
    static final Set<String> NO_TEXTS = Set.of(
            "id",
            "course",
            "lab",
            "student",
            "owner",
            "name",
            "mail",
            "team",
            "section",
            "repository",
            "extension",
            "ref",
            "commit_id",
            "refs_digest",
            "bundle",
            "key_digest",
            "body_digest",
            "digest",
            "images",
            "outcome",
            "code",
            "evidence",
            "requests",
            "rubric",
            "harness",
            "check_id",
            "support",
            "untestable",
            "by_whom",
            "item",
            "grader",
            "kind",
            "split",
            "challenge",
            "entries",
            "file_digest",
            "predictions",
            "labels",
            "metric",
            "public_score",
            "private_score",
            "score",
            "forge",
            "delivery",
            "signed_digest",
            "status",
            "target",
            "progress",
            "way",
            "state",
            "worker",
            "holder",
            "step",
            "labs",
            "students",
            "packages",
            "scope",
            "secret_digest",
            "revoked_by",
            "token");

    private static final String SUBMISSIONS = "(select id from submission where course = ?)";
    private static final String EVALUATIONS =
            "(select id from evaluation where run in (select id from run where submission in " + SUBMISSIONS + "))";

    /** Which rows are a course's, of the tables that do not say it themselves. */
    private static final Map<String, String> OF_COURSE = Map.of(
            "course",
            "id = ?",
            "run",
            "submission in " + SUBMISSIONS,
            "grading",
            "submission in " + SUBMISSIONS,
            "verdict",
            "evaluation in " + EVALUATIONS,
            "standing",
            "submission in " + SUBMISSIONS,
            "override_taken_back",
            "override_id in (select id from grade_override where course = ?)",
            "released_grade",
            "release in (select id from release where course = ?)");

    /** A shorter id or name would be found in texts that mean something else. */
    private static final int SHORTEST = 5;

    /** What is looked for: the id, the whole name and the mail address. */
    static List<String> names(Person person) {
        String mail = person.mail();
        return Stream.of(person.id().value(), person.name(), mail == null ? "" : mail)
                .filter(name -> name.length() >= SHORTEST)
                .distinct()
                .toList();
    }

    /** Puts a token in the place of the names in the texts of the person's course, and gives how many held one. */
    int replace(Person person, String token) {
        List<String> names = names(person);
        if (names.isEmpty()) {
            return 0;
        }
        Pattern pattern = Pattern.compile(
                names.stream()
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|", "(?<![\\p{L}\\p{N}_])(?:", ")(?![\\p{L}\\p{N}_])")),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        int changed = 0;
        for (Table table : template.execute(TableReader::tables)) {
            for (Column column : table.columns()) {
                if (column.type() == Table.Type.TEXT && !NO_TEXTS.contains(column.name())) {
                    changed += replace(table, column.name(), pattern, names, token, person.course());
                }
            }
        }
        return changed;
    }

    private int replace(
            Table table, String column, Pattern pattern, List<String> names, String token, CourseId course) {
        String ofCourse = ofCourse(table);
        Map<String, String> changes = new HashMap<>();
        for (String name : names) {
            template.query(
                    "select distinct " + column + " from " + table.name() + " where " + ofCourse
                            + " and position(lower(cast(? as varchar(400))) in lower(" + column + ")) > 0",
                    row -> {
                        String text = row.getString(1);
                        String changed = pattern.matcher(text).replaceAll(Matcher.quoteReplacement(token));
                        if (!changed.equals(text)) {
                            changes.put(text, changed);
                        }
                    },
                    course.value(),
                    name);
        }
        int rows = 0;
        for (Map.Entry<String, String> change : changes.entrySet()) {
            rows += template.update(
                    "update " + table.name() + " set " + column + " = ? where " + ofCourse + " and " + column + " = ?",
                    change.getValue(),
                    course.value(),
                    change.getKey());
        }
        return rows;
    }

    /** What is said in other courses is theirs, also of a student of the same id. */
    private static String ofCourse(Table table) {
        String condition = table.columnNames().contains("course") ? "course = ?" : OF_COURSE.get(table.name());
        if (condition == null) {
            throw new IllegalStateException("nobody knows which rows of " + table.name() + " are of a course");
        }
        return condition;
    }
}
