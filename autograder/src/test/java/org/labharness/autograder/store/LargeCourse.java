package org.labharness.autograder.store;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.labharness.lab.course.Course;
import org.labharness.lab.load.CourseLoader;

/** A course as large as they come: twelve labs that are handed in some times each, ten checks a lab, and a viva of eight items. */
public final class LargeCourse {
    public static final int LABS = 12;
    private static final int CHECKS = 10;
    private static final int ITEMS = 8;
    private static final int BATCH = 5_000;
    private static final Instant FIRST_DUE = Instant.parse("2026-08-10T18:30:00Z");

    private final Random random = new Random(6);
    private final Database database;
    private final int students;

    private LargeCourse(Database database, int students) {
        this.database = database;
        this.students = students;
    }

    /** Writes the description of the course, its labs beside it. */
    public static Course describe(Path folder) throws IOException {
        StringBuilder text = new StringBuilder("""
                id: large
                title: A large course
                time-zone: Asia/Kolkata
                pass-mark: 40
                letters: {A: 85, B: 70, C: 55, D: 40}
                ranks: true
                late: {grace: 10m, per-day: 10, bank: true, closes: 5d}
                late-days: 5
                components:
                  assignments:
                    title: Assignments
                    weight: 80
                    best: 8
                    offered: 10
                    labs:
                """);
        for (int lab = 1; lab <= LABS; lab++) {
            text.append("      - {lab: a" + lab + ", due: \"2026-08-" + (10 + lab) + "\"}\n");
            Files.createDirectories(folder.resolve("a" + lab));
            StringBuilder checks = new StringBuilder();
            for (int check = 1; check <= CHECKS; check++) {
                checks.append("  - {id: check-" + check + ", title: Check " + check + ", points: 5, mlflow-runs: {min: "
                        + check + "}}\n");
            }
            Files.writeString(
                    folder.resolve("a" + lab).resolve("lab.yaml"),
                    "id: a" + lab + "\ntitle: Lab " + lab + "\npoints: 50\nopens: 2026-02-15\nrun: detect\nchecks:\n"
                            + checks);
        }
        text.append("""
                  viva:
                    title: Viva
                    weight: 20
                    labs:
                      - id: viva
                        title: Viva
                        form:
                          blocks:
                            - title: Abilities
                              items:
                """);
        for (int item = 1; item <= ITEMS; item++) {
            text.append("                - {id: i" + item + ", title: Ability " + item + ", points: 1, step: 0.5}\n");
        }
        Files.writeString(folder.resolve("course.yaml"), text);
        return CourseLoader.load(folder.resolve("course.yaml"), name -> java.util.Optional.empty());
    }

    /** Fills a database, past all that stores would do one by one. */
    public static void fill(Database database, Course course, int students, int attempts) {
        new RosterStore(database).note(course, FIRST_DUE);
        LargeCourse large = new LargeCourse(database, students);
        large.students();
        large.submissions(attempts);
        large.marks();
    }

    private static String student(int number) {
        return "CS26B%04d".formatted(number);
    }

    private void students() {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 1; i <= students; i++) {
            rows.add(new Object[] {student(i), "Student Number " + i, "s" + i + "@example.org", "S" + i % 4});
        }
        insert("insert into student (course, id, name, mail, section, gone) values ('large', ?, ?, ?, ?, false)", rows);
    }

    private void submissions(int attempts) {
        List<Object[]> submissions = new ArrayList<>();
        List<Object[]> runs = new ArrayList<>();
        List<Object[]> evaluations = new ArrayList<>();
        List<Object[]> standings = new ArrayList<>();
        List<Object[]> verdicts = new ArrayList<>();
        long id = 0;
        for (int attempt = 0; attempt < attempts; attempt++) {
            for (int lab = 1; lab <= LABS; lab++) {
                Instant due = FIRST_DUE.plus(Duration.ofDays(lab));
                for (int i = 1; i <= students; i++) {
                    id++;
                    Instant at = due.minus(Duration.ofMinutes(random.nextInt(8_000) - 1_000))
                            .minus(Duration.ofDays(attempts - 1L - attempt));
                    String digest = "%040x".formatted(id);
                    submissions.add(new Object[] {
                        "a" + lab, "student:" + student(i), digest, digest, Rows.time(at), Rows.time(at)
                    });
                    runs.add(new Object[] {id, digest, Rows.time(at)});
                    standings.add(new Object[] {id, id, Rows.time(at)});
                    BigDecimal sum = BigDecimal.ZERO;
                    int skill = i % 7 + attempt;
                    for (int check = 1; check <= CHECKS; check++) {
                        BigDecimal points =
                                BigDecimal.valueOf(Math.clamp(skill - check / 2 + random.nextInt(4), 0, 5) * 100L, 2);
                        sum = sum.add(points);
                        verdicts.add(new Object[] {
                            id,
                            check - 1,
                            "check-" + check,
                            "Check " + check + " of the lab",
                            points,
                            "The run logged " + points
                                    + " of 5 metrics that the lab asks for: accuracy, f1_macro, loss,"
                                    + " recall and precision were looked for in run " + digest.substring(30) + ".",
                            points.intValue() == 5
                                    ? ""
                                    : "Log each metric with mlflow.log_metric(name, value) inside of the run, then push again."
                        });
                    }
                    evaluations.add(new Object[] {id, digest, sum, Rows.time(at)});
                    if (submissions.size() == BATCH || (i == students && lab == LABS && attempt == attempts - 1)) {
                        insert(
                                "insert into submission (course, lab, owner, repository, ref, commit_id, refs_digest, received,"
                                        + " noted) values ('large', ?, ?, 'https://git.example.org/x.git', 'main', ?, ?, ?, ?)",
                                submissions);
                        insert(
                                "insert into run (submission, digest, images, generation, outcome, code, message, requests,"
                                        + " ended) values (?, ?, 'images', 1, 'graded', '', '', 'Tree[]', ?)",
                                runs);
                        insert(
                                "insert into evaluation (run, rubric, harness, points, of_points, bonus, held, at)"
                                        + " values (?, ?, '0.1', ?, 50, 0, false, ?)",
                                evaluations);
                        insert(
                                "insert into verdict (evaluation, position, check_id, title, points, of_points, support,"
                                        + " message, hint, bonus) values (?, ?, ?, ?, ?, 5, 'REPRODUCED', ?, ?, false)",
                                verdicts);
                        insert(
                                "insert into standing (submission, evaluation, by_whom, why, at)"
                                        + " values (?, ?, 'harness', '', ?)",
                                standings);
                    }
                }
            }
        }
    }

    private void marks() {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 1; i <= students; i++) {
            for (int item = 1; item <= ITEMS; item++) {
                rows.add(new Object[] {"student:" + student(i), "i" + item, new BigDecimal("0.5"), Rows.time(FIRST_DUE)
                });
            }
        }
        insert(
                "insert into mark (course, lab, owner, item, grader, chief, points, remark, at)"
                        + " values ('large', 'viva', ?, ?, 'grader', false, ?, '', ?)",
                rows);
    }

    private void insert(String sql, List<Object[]> rows) {
        database.inTransaction(() -> database.template().batchUpdate(sql, rows));
        rows.clear();
    }

    /** Makes a course on disk, to be asked by the program itself: {@code FOLDER STUDENTS ATTEMPTS}. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        Course course = describe(folder);
        try (Database database = Database.open(DatabaseAddress.file(Files.createDirectories(folder.resolve("home"))))) {
            fill(database, course, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        }
    }
}
