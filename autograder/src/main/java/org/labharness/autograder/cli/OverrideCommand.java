package org.labharness.autograder.cli;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.gradebook.Explanation;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DecisionStore;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lab override}. */
@Command(
        name = "override",
        description =
                "Decides about one lab of one student, above what rules say: who, when and why are kept and shown. It survives"
                        + " every regrade and can be taken back; nothing is deleted.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab override CS21B001 dvc-pipeline --set 42 --why \"graded by hand, the remote was down\"",
            "  ./lab override CS21B001 a4 --add -5 --why \"copied two functions\"",
            "  ./lab override CS21B001 uat --factor 0.8 --why \"less than the team's share\"",
            "  ./lab override CS21B001 a7 --excuse --why \"medical certificate\"",
            "  ./lab override CS21B001 a7 --in-time --why \"the server was down that night\"",
            "  ./lab override --take-back 12 --why \"the certificate was withdrawn\"",
            "  ./lab override CS21B001 a7                     lists what was decided",
            "",
            "Exit codes: 0 done, 2 wrong use, 4 the system broke."
        })
final class OverrideCommand implements Callable<Integer> {
    private static final int LONGEST = 5_000;

    private final Console console;
    private final Settings settings;

    @Mixin
    private CourseOptions options = new CourseOptions();

    @Mixin
    private Author author = new Author();

    @Parameters(index = "0", arity = "0..1", paramLabel = "STUDENT", description = "The student's id.")
    private @Nullable String student;

    @Parameters(index = "1", arity = "0..1", paramLabel = "LAB", description = "The lab's id in the course.")
    private @Nullable String lab;

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private @Nullable DecisionOptions what;

    @Option(
            names = "--why",
            paramLabel = "TEXT",
            description = "The reason; students read it, unless it begins with staff:")
    private String why = "";

    OverrideCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Course course = options.load(settings);
        if (what != null && why.isBlank()) {
            throw new WrongUse("Say why: --why \"...\". The student and the next grader will want to know.");
        }
        why = Remark.of("--why", why);
        try (Database database = options.open(settings, console)) {
            if (what != null && what.takeBack != null) {
                takeBack(course, database, what.takeBack);
            } else {
                decide(course, database);
            }
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }

    private void takeBack(Course course, Database database, long number) {
        GradeOverride one = new LedgerStore(database)
                .read(course.id()).overrides().stream()
                        .filter(override -> override.id() == number && override.holds())
                        .findFirst()
                        .orElseThrow(() -> nothingHolds(course, number));
        boolean other = (student != null && !student.equals(one.student().value()))
                || (lab != null && !lab.equals(one.lab().value()));
        if (other) {
            throw new WrongUse("Decision " + number + " is about " + one.student() + " and " + one.lab()
                    + ". Nothing is taken back.");
        }
        Instant now = InstantSource.system().instant();
        if (!new DecisionStore(database).takeBack(course.id(), number, author.name(settings), why, now)) {
            throw nothingHolds(course, number);
        }
        console.out()
                .println("Decision " + number + " about " + one.student() + " and " + one.lab() + " is taken back.");
    }

    private static WrongUse nothingHolds(Course course, long number) {
        return new WrongUse("There is no decision " + number + " that holds in " + course.id()
                + ". ./lab override STUDENT LAB lists them with their numbers.");
    }

    private void decide(Course course, Database database) {
        Roster roster = new RosterStore(database).read(course.id());
        if (student == null) {
            throw new WrongUse("Whose grade? ./lab override STUDENT LAB, such as CS21B001 dvc-pipeline.");
        }
        Student whose = CourseOptions.student(roster, student);
        if (lab == null) {
            throw new WrongUse("Which lab? ./lab override " + student + " LAB, such as "
                    + course.labs().getFirst().id() + ".");
        }
        CourseLab which = CourseOptions.lab(course, lab);
        Instant now = InstantSource.system().instant();
        if (what != null) {
            DecisionOptions.Decision decision = what.about(which);
            new DecisionStore(database)
                    .override(
                            course.id(),
                            whose.id(),
                            which.id(),
                            decision.kind(),
                            decision.value(),
                            author.name(settings),
                            why,
                            now);
        }
        show(course, roster, whose, which, new LedgerStore(database).read(course.id()), now);
    }

    private void show(Course course, Roster roster, Student whose, CourseLab which, Ledger ledger, Instant now) {
        Gradebook book = Gradebook.of(course, roster, ledger, now);
        Explanation words = new Explanation(course);
        List<GradeOverride> decisions = ledger.overrides().stream()
                .filter(one -> one.student().equals(whose.id()) && one.lab().equals(which.id()))
                .toList();
        console.out()
                .println(PlainText.line(
                        whose.id() + " " + whose.name() + ", " + which.title() + " (" + which.id() + ")", LONGEST));
        if (decisions.isEmpty()) {
            console.out().println("  Nobody has decided anything about it.");
        }
        decisions.forEach(one -> console.out()
                .println(String.format(
                        Locale.ROOT, "  %4d  %s", one.id(), PlainText.line(words.override(one), LONGEST))));
        book.grade(whose.id())
                .flatMap(grade -> grade.lab(which.id().value())
                        .map(found -> words.lab(found, grade).getLast()))
                .ifPresent(line -> console.out().println("  " + PlainText.line(line, LONGEST)));
    }
}
