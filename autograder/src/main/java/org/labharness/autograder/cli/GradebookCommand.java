package org.labharness.autograder.cli;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.release.Releases;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.VerdictStore;
import org.labharness.autograder.transcript.GradebookTable;
import org.labharness.autograder.transcript.Transcript;
import org.labharness.lab.course.Course;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lab gradebook}. */
@Command(
        name = "gradebook",
        description =
                "What every student has earned by the course's rules: components, total, letter; with --explain every step of one"
                        + " student's grade in words and numbers. With --csv, --json, --html or --markdown it is written instead of"
                        + " shown.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab gradebook --course mlops/course.yaml",
            "  ./lab gradebook --course mlops/course.yaml --explain CS21B001",
            "  ./lab gradebook --released --explain CS21B001      what this student sees",
            "  ./lab gradebook --released --html pages            a page for each student, as released",
            "  ./lab gradebook --as-of \"2026-10-01 12:00\"",
            "  ./lab gradebook --html pages --csv grades.csv --bom",
            "  ./lab gradebook --csv canvas.csv --format canvas --columns-from exported.csv",
            "",
            "Exit codes: 0 done, 2 wrong use or an invalid course, 4 the system broke."
        })
final class GradebookCommand implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Mixin
    private CourseOptions options = new CourseOptions();

    @Mixin
    private GradebookOutputs outputs = new GradebookOutputs();

    @Option(names = "--explain", paramLabel = "STUDENT", description = "Every step of this student's grade.")
    private @Nullable String explain;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description = "What was due by then is decided. In the course's time zone. Default: now.")
    private @Nullable String asOf;

    @Option(
            names = "--released",
            description = "What students see: frozen at each ./lab release, whatever has changed since.")
    private boolean released;

    GradebookCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Course course = options.load(settings);
        Instant moment = moment(course);
        if (explain != null && outputs.wanted()) {
            throw new WrongUse(
                    "--explain shows one student; --csv, --json, --html and --markdown write all. Give one or the"
                            + " other.");
        }
        outputs.check(course);
        if (released) {
            checkReleased();
        }
        try (Database database = options.open(settings, console)) {
            Roster roster = new RosterStore(database).read(course.id());
            if (released) {
                released(new ReleasedGrades(new Releases(course, database), roster, console), roster);
            } else if (explain != null) {
                explain(course, roster, new LedgerStore(database).read(course.id()), moment, explain);
            } else {
                show(database, course, roster, moment);
            }
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }

    private void checkReleased() {
        if (asOf != null) {
            throw new WrongUse("--released shows what was frozen, and --as-of computes anew. Give one or the other.");
        }
        outputs.checkReleased();
    }

    private void released(ReleasedGrades grades, Roster roster) {
        if (explain != null) {
            grades.show(CourseOptions.student(roster, explain));
        } else if (outputs.wanted()) {
            outputs.write(grades, console);
        } else {
            grades.list();
        }
    }

    private void show(Database database, Course course, Roster roster, Instant moment) {
        LedgerStore.Facts facts = new LedgerStore(database).facts(course.id());
        Gradebook book = Gradebook.of(course, roster, facts.ledger(), moment);
        if (outputs.wanted()) {
            outputs.write(book, new GradebookFiles(book, facts.current(), new VerdictStore(database)), console);
        } else {
            console.out().print(GradebookTable.of(book, console.width()));
        }
    }

    private void explain(Course course, Roster roster, Ledger ledger, Instant moment, String id) {
        Student student = CourseOptions.student(roster, id);
        Gradebook book = Gradebook.of(course, roster, ledger, moment);
        console.out().print(Transcript.of(book, book.grade(student.id()).orElseThrow(), console.width()));
    }

    private Instant moment(Course course) {
        if (asOf == null) {
            return InstantSource.system().instant();
        }
        return CourseTime.parse("--as-of", asOf, course);
    }
}
