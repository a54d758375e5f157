package org.labharness.autograder.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.mark.MarkReader;
import org.labharness.autograder.mark.MarkTable;
import org.labharness.autograder.report.Outcome;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DecisionStore;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.table.CsvTable;
import org.labharness.lab.Lab;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.load.BundledLabs;
import org.labharness.lab.load.CourseLoader;

/** The course that the demo's class takes: its rules, its people, and what graders gave them. */
public final class DemoCourse {
    /** When everything of the course is over. */
    static final Instant END = Instant.parse("2026-12-20T12:00:00Z");

    private static final String STAFF = "demo";
    private static final List<String> TABLES = List.of("data-challenge", "challenge-viva", "uat-project", "attendance");

    private final Course course;
    private final Database database;
    private final Filing filing;
    private final Roster roster;

    private DemoCourse(Course course, Database database, Archive archive, String version) {
        this.course = course;
        this.database = database;
        this.filing = new Filing(database, archive, course.id(), version, InstantSource.system());
        this.roster = roster();
    }

    /**
     * Begins the course in a database, or goes on with it.
     *
     * @param directory where its {@code course.yaml} is written to, for people to look at and to ask about
     * @param archive keeps the evidence
     * @param version of the program
     */
    public static DemoCourse begin(
            BundledLabs labs, Path directory, Database database, Archive archive, String version) {
        Course course = CourseLoader.load(write(directory), labs::folder);
        DemoCourse demo = new DemoCourse(course, database, archive, version);
        Instant now = InstantSource.system().instant();
        RosterStore store = new RosterStore(database);
        store.note(course, now);
        RosterChange change = RosterChange.between(store.read(course.id()), demo.roster);
        if (!change.nothing()) {
            store.apply(course.id(), change, "roster.csv", STAFF, now);
        }
        return demo;
    }

    private static Path write(Path directory) {
        try (InputStream in = resource(CourseLoader.FILE)) {
            Path file = Files.createDirectories(directory).resolve(CourseLoader.FILE);
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's course cannot be written to " + directory, e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(DemoCourse.class.getResourceAsStream(name), name);
    }

    private static CsvTable table(String name) {
        try (InputStream in = resource(name + ".csv")) {
            return CsvTable.parse(name + ".csv", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's " + name + " cannot be read", e);
        }
    }

    private static Roster roster() {
        return new Roster(table("roster").rows().stream()
                .map(row -> new Student(
                        StudentId.parse(row.get("id").orElseThrow()),
                        row.get("name").orElseThrow(),
                        null,
                        row.get("team").map(TeamId::parse).orElse(null),
                        row.get("section").orElse(null),
                        null,
                        Map.of(),
                        row.get("extension:dvc-pipeline")
                                .map(Extension::parse)
                                .map(more -> Map.of(LabId.parse("dvc-pipeline"), more))
                                .orElse(Map.of()),
                        row.get("excused").map(LabId::parse).map(Set::of).orElse(Set.of()),
                        false))
                .toList());
    }

    /**
     * Notes what became of a student's work.
     *
     * @param received when the class's story says that it came
     */
    public void file(String student, Lab lab, Outcome outcome, Instant received) {
        CourseLab offered = course.lab(lab.id()).orElseThrow();
        Owner owner =
                Filing.owner(offered, roster.student(StudentId.parse(student)).orElseThrow());
        Filing.submission(offered, owner, outcome).ifPresent(fact -> {
            SubmissionFact told = new SubmissionFact(
                    fact.lab(),
                    fact.owner(),
                    fact.repository(),
                    fact.ref(),
                    fact.commit(),
                    fact.refsDigest(),
                    received,
                    fact.bundle());
            filing.became(filing.submitted(told), outcome, lab, Filing.HARNESS, "");
        });
    }

    /** Enters what graders gave, unless they did already. */
    public void mark() {
        if (!new LedgerStore(database).read(course.id()).marks().isEmpty()) {
            return;
        }
        for (String name : TABLES) {
            CourseLab lab = course.lab(LabId.parse(name)).orElseThrow();
            new DecisionStore(database)
                    .marks(
                            course.id(),
                            MarkTable.read(table(name), new MarkReader(lab, roster), STAFF, false),
                            InstantSource.system().instant());
        }
    }

    /** All that is known of the course's work. */
    public LedgerStore.Facts facts() {
        return new LedgerStore(database).facts(course.id());
    }

    /** What everybody has earned by these facts when the course is over. */
    public Gradebook gradebook(Ledger facts) {
        return Gradebook.of(course, new RosterStore(database).read(course.id()), facts, END);
    }
}
