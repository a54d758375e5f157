package org.labharness.autograder.cli;

import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Explanation;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.intake.Freezer;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.report.Outcome;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.lab.Lab;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.load.LabLoader;
import org.labharness.pipeline.Source;

/** One student's work for one lab of a course: noted first, then run, so that nothing that came is lost. */
final class CourseWork implements AutoCloseable {
    private static final int LONGEST = 2_000;

    private final Settings settings;
    private final Console console;
    private final Course course;
    private final CourseLab offered;
    private final Lab lab;
    private final Database database;
    private final Roster roster;
    private final Student student;

    private CourseWork(
            Settings settings,
            Console console,
            Course course,
            CourseLab offered,
            Lab lab,
            Database database,
            String student) {
        this.settings = settings;
        this.console = console;
        this.course = course;
        this.offered = offered;
        this.lab = lab;
        this.database = database;
        this.roster = new RosterStore(database).read(course.id());
        this.student = CourseOptions.student(roster, student);
    }

    static CourseWork open(CourseOptions options, Settings settings, Console console, String lab, String student) {
        Course course = options.load(settings);
        CourseLab offered = CourseOptions.lab(course, lab);
        if (offered.lab() == null || !offered.submitted()) {
            throw new WrongUse("People give all points of " + lab + ". Enter them with ./lab mark.");
        }
        Lab described = LabLoader.load(offered.lab());
        Database database = options.openWithStore(settings, console);
        try {
            return new CourseWork(settings, console, course, offered, described, database, student);
        } catch (RuntimeException problem) {
            database.close();
            throw problem;
        }
    }

    /** Freezes, notes, runs and files it. */
    Outcome grade(@Nullable String repository, @Nullable String ref, SandboxOptions sandbox) {
        Source source = new Source(
                repository == null
                        ? student.repositoryOf(offered.id())
                                .orElseThrow(() -> new WrongUse("The roster knows no repository of " + student.id()
                                        + " for " + offered.id() + ". Name it: ./lab grade REPO --course ..."))
                        : repository,
                ref);
        InstantSource clock = InstantSource.system();
        Archive archive = settings.archive();
        Freezer freezer = new Freezer(archive, settings.variables(), clock);
        Filing filing = new Filing(database, archive, course.id(), Version.NUMBER, clock);
        SubmissionFact submission = freezer.freeze(offered.id(), Filing.owner(offered, student), source);
        long number = filing.submitted(submission);
        try (Harness harness = Harness.start(settings, sandbox)) {
            Outcome outcome;
            try (ConsoleProgress progress = console.progress()) {
                outcome = new CourseRuns(harness, freezer, filing, course.id(), settings.remotes())
                        .run(number, submission, lab, progress.of(""), Filing.HARNESS, "");
            }
            harness.noMore();
            return outcome;
        }
    }

    /** What the lab is worth for the student now. */
    String standing() {
        Gradebook book = Gradebook.of(
                course,
                roster,
                new LedgerStore(database).read(course.id()),
                InstantSource.system().instant());
        CourseGrade grade = book.grade(student.id()).orElseThrow();
        List<String> lines = new Explanation(course)
                .lab(grade.lab(offered.id().value()).orElseThrow(), grade).stream()
                        .map(line -> PlainText.line(line, LONGEST))
                        .toList();
        return "In " + course.title() + ", " + student.id() + ":\n  " + String.join("\n  ", lines);
    }

    @Override
    public void close() {
        database.close();
    }
}
