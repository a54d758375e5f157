package org.labharness.autograder.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.labharness.autograder.archive.Removal;
import org.labharness.autograder.forget.Forgetting;
import org.labharness.autograder.forget.Forgetting.Plan;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.PersonStore;
import org.labharness.autograder.store.PersonStore.Person;
import org.labharness.autograder.store.RosterStore;
import org.labharness.lab.Memory;
import org.labharness.lab.course.Course;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lab forget}. */
@Command(
        name = "forget",
        description =
                "Forgets who a student was: points stay under a token that nobody can lead back, for statistics; name, mail,"
                        + " repositories, commits, texts, evidence and bundles go. Says first what stays and what goes; --yes does it.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab forget CS21B001 --course mlops/course.yaml",
            "  ./lab forget CS21B001 --course mlops/course.yaml --yes",
            "",
            "Exit codes: 0 done, 2 wrong use or an invalid course, 4 the system broke."
        })
final class ForgetCommand implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Parameters(paramLabel = "STUDENT", description = "The student's id in the course.")
    private String student = "";

    @Mixin
    private CourseOptions options = new CourseOptions();

    @Option(names = "--yes", description = "Really forget. It cannot be taken back.")
    private boolean yes;

    ForgetCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Course course = options.load(settings);
        try (Database database = options.openWithStore(settings, console)) {
            Person person = person(database, course);
            Forgetting forgetting =
                    new Forgetting(database, settings.archive(), settings.home().resolve("evidence"));
            Plan plan = forgetting.plan(person);
            if (yes) {
                plan = forgetting.forget(plan);
            }
            tell(plan);
            if (yes) {
                database.compactAtTheEnd();
            }
        } catch (PersonStore.BeingGraded graded) {
            throw new WrongUse(
                    "Work of " + student + " is being graded (submission "
                            + graded.submissions().stream().map(String::valueOf).collect(Collectors.joining(", "))
                            + "), and what comes of it would be kept. Nothing was changed; run the command again when ./lab status names"
                            + " it no more. What a process that was killed has left is taken up by the next ./lab serve or ./lab batch.");
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }

    private Person person(Database database, Course course) {
        Roster roster = new RosterStore(database).read(course.id());
        StudentId id;
        try {
            id = StudentId.parse(student);
        } catch (IllegalArgumentException wrong) {
            throw new WrongUse(wrong.getMessage() + ".");
        }
        return new PersonStore(database).find(course.id(), id).orElseGet(() -> {
            CourseOptions.student(roster, student); // says which ones there are
            throw new IllegalStateException("the roster has " + student + ", and the database has not");
        });
    }

    private void tell(Plan plan) {
        PrintStream out = console.out();
        Person person = plan.person();
        out.println((yes ? "Forgotten: " : "Would forget: ") + person.id() + ", " + person.name() + ", in the course "
                + person.course() + "."
                + (yes ? " What stays is under '" + plan.token() + "'." : ""));
        out.println();
        out.println(yes ? "Gone:" : "Goes:");
        out.println("  id, name, mail address, section and repositories in the roster");
        for (Map.Entry<String, Integer> one : plan.facts().rows().entrySet()) {
            if (one.getValue() > 0) {
                out.println("  " + one.getKey() + " (" + one.getValue() + ")");
            }
        }
        out.println("  what the student was shown at releases");
        out.println("  files of the store: " + files(plan));
        if (!plan.folders().isEmpty()) {
            out.println("  evidence, repositories and data beside the store: "
                    + plan.folders().size() + (plan.folders().size() == 1 ? " folder" : " folders"));
        }
        out.println();
        out.println(yes ? "Stayed, without a name:" : "Stays, without a name:");
        stays(person).forEach(line -> out.println("  " + line));
        out.println();
        out.println(
                "Not reached: backups, reports and tables that were written to files, the student's repository itself,");
        out.println("and texts that name the student in other words. A roster that still holds " + person.id());
        out.println("brings the student back at its next import.");
        if (!yes) {
            out.println();
            out.println("Nothing was changed. --yes does it; it cannot be taken back.");
        }
    }

    private static String files(Plan plan) {
        int count = plan.files().size();
        return count == 0
                ? "none"
                : count + (count == 1 ? " file, " : " files, ") + new Memory(Removal.bytes(plan.files()))
                        + ", that nobody else's work needs";
    }

    private static List<String> stays(Person person) {
        List<String> lines = new java.util.ArrayList<>(
                List.of("points, verdicts, marks, overrides, extensions, times of submissions, and who decided what"));
        if (person.team() != null && person.teammates() > 0) {
            lines.add("work of the team " + person.team()
                    + " as it is, with its repository and evidence: the grades of " + person.teammates()
                    + (person.teammates() == 1 ? " other stands" : " others stand") + " on it");
        }
        if (person.team() != null && person.teammates() == 0) {
            lines.add("work of the team " + person.team() + " like the student's own, for nobody else is in it");
        }
        if (!person.otherCourses().isEmpty()) {
            lines.add("everything in other courses that have a student " + person.id() + ": "
                    + String.join(", ", person.otherCourses()));
        }
        return lines;
    }
}
