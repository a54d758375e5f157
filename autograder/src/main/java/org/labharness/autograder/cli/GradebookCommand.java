package org.labharness.autograder.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.autograder.store.RosterStore;
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
                        + " student's grade in words and numbers.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab gradebook --course mlops/course.yaml",
            "  ./lab gradebook --course mlops/course.yaml --explain CS21B001",
            "  ./lab gradebook --as-of \"2026-10-01 12:00\"",
            "",
            "Exit codes: 0 done, 2 wrong use or an invalid course, 4 the system broke."
        })
final class GradebookCommand implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Mixin
    private CourseOptions options = new CourseOptions();

    @Option(names = "--explain", paramLabel = "STUDENT", description = "Every step of this student's grade.")
    private @Nullable String explain;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description = "What was due by then is decided. In the course's time zone. Default: now.")
    private @Nullable String asOf;

    GradebookCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Course course = options.load(settings);
        Instant moment = moment(course);
        try (Database database = options.open(settings, console)) {
            Roster roster = new RosterStore(database).read(course.id());
            Ledger ledger = new LedgerStore(database).read(course.id());
            if (explain != null) {
                explain(course, roster, ledger, moment, explain);
            } else {
                console.out().print(GradebookTable.of(Gradebook.of(course, roster, ledger, moment), console.width()));
            }
        }
        console.out().flush();
        return ExitCode.DONE.code();
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
        try {
            return LocalDateTime.parse(asOf.strip().replace(' ', 'T'))
                    .atZone(course.zone())
                    .toInstant();
        } catch (DateTimeException wrong) {
            throw new WrongUse("--as-of takes a time such as \"2026-10-01 12:00\", not '" + asOf + "'.");
        }
    }
}
