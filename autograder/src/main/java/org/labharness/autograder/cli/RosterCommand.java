package org.labharness.autograder.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.enrolment.ExtensionText;
import org.labharness.autograder.enrolment.ImportChoices;
import org.labharness.autograder.enrolment.RosterCsv;
import org.labharness.autograder.enrolment.RosterImport;
import org.labharness.autograder.enrolment.RosterListing;
import org.labharness.autograder.enrolment.RosterPreview;
import org.labharness.autograder.enrolment.RosterTable;
import org.labharness.autograder.enrolment.SharedRepositories;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.table.CsvTable;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lab roster}. */
@Command(
        name = "roster",
        description =
                "Who takes the course: lists or writes the roster, or shows what a table would change and changes it. Takes its own columns"
                        + " and exports of Moodle, Canvas and GitHub Classroom. docs/roster.md says more.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab roster --course mlops/course.yaml     lists the roster",
            "  ./lab roster students.csv                   shows what would change",
            "  ./lab roster students.csv --apply           and changes it",
            "  ./lab roster moodle.csv --teams Team --repository \"https://host/{student}.git\"",
            "  ./lab roster classroom-grades.csv --lab dvc-pipeline",
            "  ./lab roster --extend CS21B001 dvc-pipeline 2d --why \"ill, certificate seen\"",
            "  ./lab roster --csv roster.csv               writes it, to be changed and brought in again",
            "",
            "Exit codes: 0 done, 2 wrong use or an invalid table (then nothing is changed), 4 the system broke."
        })
final class RosterCommand implements Callable<Integer> {
    private static final int LONGEST_SOURCE = 500;

    private final Console console;
    private final Settings settings;

    @Mixin
    private CourseOptions options = new CourseOptions();

    @Mixin
    private Author author = new Author();

    @Parameters(index = "0", arity = "0..1", paramLabel = "F.csv", description = "The table. Default: list the roster.")
    private @Nullable Path file;

    @Option(names = "--apply", description = "Change the roster. Without it the changes are only shown, or asked for.")
    private boolean apply;

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private Absent absent = new Absent();

    @Option(
            names = "--id",
            paramLabel = "COLUMN",
            description = "The column that holds the ids. Default: id; ID number for Moodle, SIS User ID for Canvas.")
    private @Nullable String id;

    @Option(
            names = "--repository",
            paramLabel = "PATTERN",
            description =
                    "Where these students' repositories lie; {lab}, {student}, {team} and {github} stand for themselves.")
    private @Nullable String repository;

    @Option(
            names = "--teams",
            paramLabel = "PREFIX",
            description = "Groups of Moodle whose names begin with it are teams. Default: none, groups are sections.")
    private @Nullable String teams;

    @Option(
            names = "--lab",
            paramLabel = "ID",
            description = "The lab of an assignment of GitHub Classroom. Default: the one of the assignment's name.")
    private @Nullable String lab;

    @Option(
            names = "--extend",
            arity = "3",
            paramLabel = "STUDENT LAB TIME",
            hideParamSyntax = true,
            description = "More time for one student: 2d, 12h, \"2026-09-13 23:59\"; none takes it back. Needs --why.")
    private List<String> extend = List.of();

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Write the roster as a table that can be brought in again; - for standard output.")
    private @Nullable String csv;

    @Option(names = "--why", paramLabel = "TEXT", description = "The reason of --extend; it is kept.")
    private String why = "";

    static final class Absent {
        @Option(names = "--replace", description = "Students who are not in the table leave the roster.")
        private boolean replace;

        @Option(
                names = "--keep",
                description = "They stay. Default: they leave where the table lists everybody (docs/roster.md).")
        private boolean keep;
    }

    RosterCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Course course = options.load(settings);
        if (!extend.isEmpty() && (file != null || why.isBlank())) {
            throw new WrongUse(
                    file != null
                            ? "--extend is about one student; leave the table " + file + " out."
                            : "Say why: --why \"...\". The next one who looks will want to know.");
        }
        if (extend.size() > 3) {
            throw new WrongUse("--extend is about one student and one lab. Give it once.");
        }
        if (file == null && (apply || absent.replace || absent.keep)) {
            throw new WrongUse("There is nothing to apply: name a table, such as students.csv.");
        }
        if (csv != null && (file != null || !extend.isEmpty())) {
            throw new WrongUse("--csv writes the roster as it is; leave the table and --extend out.");
        }
        if (file != null) {
            bringIn(course, CsvTable.read(file), file);
        } else {
            try (Database database = options.open(settings, console)) {
                RosterStore store = new RosterStore(database);
                if (csv != null) {
                    write(course, store.read(course.id()), csv);
                } else if (extend.isEmpty()) {
                    list(course, store.read(course.id()));
                } else {
                    extend(course, store);
                }
            }
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }

    private void list(Course course, Roster roster) {
        console.out().print(RosterListing.of(course, roster));
        RosterNotes.print(console.out(), course.labs(), roster, roster.students());
    }

    private void bringIn(Course course, CsvTable table, Path named) {
        try (Database database = options.open(settings, console)) {
            RosterStore store = new RosterStore(database);
            Roster before = store.read(course.id());
            RosterImport read = RosterTable.read(table, course, before, new ImportChoices(id, repository, teams, lab));
            boolean leave = absent.replace || (read.whole() && !absent.keep);
            RosterChange change = read.change(leave);
            Roster after = read.after(leave);
            List<String> shared = SharedRepositories.notes(course.labs(), after, after.students());
            console.out().print(ImportWords.of(table.file(), read, shared, leave, absent.keep));
            console.out().print(RosterPreview.of(course, change));
            if (!change.nothing()) {
                console.out().println();
            }
            moved(course, database, before, change);
            if (change.nothing()) {
                console.out().println("Nothing to change.");
                return;
            }
            boolean doubtful = leave && !absent.replace && read.missesMost();
            if (doubtful) {
                doubt(read);
            } else if (apply || new Question(console, System.in).yes("Change the roster?")) {
                store.note(course, InstantSource.system().instant());
                apply(course, store, before, change, String.valueOf(named.getFileName()));
                console.out()
                        .println("Done: " + change.added().size() + " added, "
                                + change.changed().size() + " changed, "
                                + change.gone().size() + " gone.");
            } else {
                console.out().println("Nothing is changed yet. Add --apply to change it.");
            }
        }
    }

    private void doubt(RosterImport read) {
        String sentence =
                read.absent().size() + " of " + read.before().students().size()
                        + " students would leave. Is this the whole list? Then say --replace; if it is a part of it, --keep.";
        if (apply) {
            console.out().flush();
            throw new WrongUse("Nothing was changed: " + sentence);
        }
        console.out().println("Nothing is changed yet: " + sentence);
    }

    private void write(Course course, Roster roster, String to) {
        RosterCsv.Written written = RosterCsv.of(course, roster);
        if (to.equals("-")) {
            console.out().print(written.text());
        } else {
            OutputFiles.requireFile(Path.of(to), "roster.csv");
            OutputFiles.save(Path.of(to), written.text());
            console.out().println("Written: " + to + ", " + roster.students().size() + " students.");
        }
        written.notes().forEach(note -> console.err().println("note: " + note));
    }

    private void moved(Course course, Database database, Roster before, RosterChange change) {
        Instant now = InstantSource.system().instant();
        List<String> lines = MovedPoints.of(course, before, change, new LedgerStore(database).read(course.id()), now);
        if (!lines.isEmpty()) {
            console.out().println("points that move with a team");
            lines.forEach(console.out()::println);
            console.out().println();
        }
    }

    private void extend(Course course, RosterStore store) {
        Roster before = store.read(course.id());
        Student student = CourseOptions.student(before, extend.get(0));
        CourseLab chosen = CourseOptions.lab(course, extend.get(1));
        Extension extension = extension(course, chosen, extend.get(2));
        Student after = student.extended(chosen.id(), extension);
        RosterChange change = RosterChange.between(before, before.with(after));
        if (change.nothing()) {
            console.out().println("Nothing to change.");
            return;
        }
        apply(course, store, before, change, "--extend: " + why);
        console.out().print(RosterPreview.of(course, change));
    }

    private static @Nullable Extension extension(Course course, CourseLab chosen, String text) {
        try {
            return text.equals("none") ? null : ExtensionText.parse(text, chosen, course);
        } catch (IllegalArgumentException wrong) {
            throw new WrongUse("--extend: " + wrong.getMessage());
        }
    }

    private void apply(Course course, RosterStore store, Roster before, RosterChange change, String source) {
        boolean applied = store.applyTo(
                before,
                course.id(),
                change,
                PlainText.line(source, LONGEST_SOURCE),
                author.name(settings),
                InstantSource.system().instant());
        if (!applied) {
            console.out().flush();
            throw new WrongUse("Somebody else changed the roster meanwhile, so nothing was changed. Look again.");
        }
    }
}
