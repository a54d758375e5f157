package org.labharness.autograder.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.gradebook.LabGrade;
import org.labharness.autograder.mark.MarkReader;
import org.labharness.autograder.mark.MarkTable;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DecisionStore;
import org.labharness.autograder.store.DecisionStore.NewMark;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.table.CsvTable;
import org.labharness.lab.Form;
import org.labharness.lab.FormItem;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lab mark}. */
@Command(
        name = "mark",
        description =
                "Enters what people give points for: a viva, a demonstration, attendance. A later mark of the same grader takes the"
                        + " place of an earlier one; nothing is deleted.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab mark viva --student CS21B001 explains=1 tools=0.5 --comment \"knows her pipeline\"",
            "  ./lab mark uat --team alpha usability=5.5 --by asha --chief",
            "  ./lab mark viva --student CS21B001 tools=-          takes the mark back",
            "  ./lab mark attendance --csv attendance.csv          student and a column for each item, or student,item,points",
            "  ./lab mark viva                                     shows the form and what is not marked yet",
            "",
            "Exit codes: 0 done, 2 wrong use or an invalid table (then nothing is entered), 4 the system broke."
        })
final class MarkCommand implements Callable<Integer> {
    /** Items that are named though all of a form are open. */
    private static final int FEW = 4;

    private final Console console;
    private final Settings settings;

    @Mixin
    private CourseOptions options = new CourseOptions();

    @Mixin
    private Author author = new Author();

    @Parameters(index = "0", paramLabel = "LAB", description = "The lab's id in the course.")
    private String lab = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "ITEM=POINTS",
            description = "An item of the form with the points; - takes an earlier mark back.")
    private List<String> given = new ArrayList<>();

    @Option(
            names = {"--student", "--team"},
            paramLabel = "ID",
            description = "Whose marks: a student, or a team for what it shares.")
    private @Nullable String whose;

    @Option(names = "--csv", paramLabel = "F", description = "A table of marks.")
    private @Nullable Path csv;

    @Option(names = "--chief", description = "These are the chief's words, where the form lets those decide.")
    private boolean chief;

    @Option(
            names = "--comment",
            paramLabel = "TEXT",
            description = "Shown beside the marks; to staff alone where it begins with staff:")
    private String comment = "";

    MarkCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Course course = options.load(settings);
        CourseLab chosen = CourseOptions.lab(course, lab);
        if (chosen.form().isEmpty()) {
            throw new WrongUse("Checks decide all points of " + lab + "; its lab.yaml has no form. To change a grade by"
                    + " hand: ./lab override.");
        }
        if (csv != null && !given.isEmpty()) {
            throw new WrongUse("Give marks either in a table (--csv) or as ITEM=POINTS.");
        }
        if (csv != null && (whose != null || !comment.isEmpty())) {
            throw new WrongUse(
                    "With --csv the table says whose marks they are, and comments: in its columns 'student' or"
                            + " 'team', and 'comment'.");
        }
        comment = Remark.of("--comment", comment);
        Instant now = InstantSource.system().instant();
        try (Database database = options.open(settings, console)) {
            RosterStore students = new RosterStore(database);
            students.note(course, now);
            Roster roster = students.read(course.id());
            List<NewMark> marks = csv == null ? single(chosen, roster) : table(chosen, roster, csv);
            new DecisionStore(database).marks(course.id(), marks, now);
            Gradebook book = Gradebook.of(course, roster, new LedgerStore(database).read(course.id()), now);
            if (!marks.isEmpty()) {
                console.out().println(marks.size() + (marks.size() == 1 ? " mark" : " marks") + " entered.");
            } else {
                form(chosen, console.out());
            }
            unfinished(chosen, book, console.out());
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }

    private List<NewMark> table(CourseLab chosen, Roster roster, Path file) {
        return MarkTable.read(CsvTable.read(file), new MarkReader(chosen, roster), author.name(settings), chief);
    }

    private List<NewMark> single(CourseLab chosen, Roster roster) {
        if (given.isEmpty()) {
            return List.of();
        }
        if (whose == null) {
            throw new WrongUse("Whose marks are these? Add --student ID, or --team ID.");
        }
        MarkReader reader = new MarkReader(chosen, roster);
        List<NewMark> marks = new ArrayList<>();
        for (String one : given) {
            int equals = one.indexOf('=');
            if (equals < 1) {
                throw new WrongUse("'" + one + "' is no mark: expected ITEM=POINTS, such as tools=0.5.");
            }
            reader.mark(
                            "",
                            whose,
                            one.substring(0, equals),
                            one.substring(equals + 1).strip(),
                            author.name(settings),
                            chief,
                            comment)
                    .ifPresent(marks::add);
        }
        if (!reader.problems().isEmpty()) {
            throw new WrongUse("Nothing was entered: " + String.join("\n", reader.problems()));
        }
        return marks;
    }

    private static void form(CourseLab lab, PrintStream out) {
        Form form = lab.form();
        out.println(lab.title() + " (" + lab.id() + "), " + form.points() + " points by people"
                + (form.graders() > 1 ? ", each item by " + form.graders() + " graders" : ""));
        String block = "";
        for (FormItem item : form.items()) {
            if (!item.block().equals(block)) {
                block = item.block();
                out.println("  " + block);
            }
            out.println("    " + item.id() + "  " + item.title() + ": " + item.points()
                    + (item.bonus() ? " on top" : "") + (item.personal() && lab.team() ? ", each for oneself" : ""));
        }
    }

    private static void unfinished(CourseLab lab, Gradebook book, PrintStream out) {
        List<String> lines = new ArrayList<>();
        for (CourseGrade grade : book.grades()) {
            LabGrade mine = grade.lab(lab.id().value()).orElseThrow();
            if (!mine.unfinished().isEmpty()
                    && mine.lab().cancelled() == null
                    && mine.status() != LabGrade.Status.EXCUSED) {
                lines.add("  " + grade.student().id() + ": " + items(mine));
            }
        }
        out.println(
                book.grades().isEmpty()
                        ? "Nobody takes the course yet; import a roster with ./lab roster."
                        : lines.isEmpty()
                                ? "Every student's form is finished."
                                : "Not finished for " + lines.size() + " of "
                                        + book.grades().size() + " students:");
        lines.forEach(out::println);
    }

    private static String items(LabGrade grade) {
        int all = grade.unfinished().size();
        return all > FEW && all == grade.items().size()
                ? "all " + all + " items"
                : grade.unfinished().stream().map(item -> item.item().id()).collect(Collectors.joining(", "));
    }
}
