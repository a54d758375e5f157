package org.labharness.autograder.cli;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.gradebook.Explanation;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.gradebook.LabGrade.Status;
import org.labharness.autograder.gradebook.Standing.Outcome;
import org.labharness.autograder.release.Releases;
import org.labharness.autograder.release.Shown;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.sheet.StudentSheet;
import org.labharness.autograder.sheet.StudentSheet.LabPart;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.autograder.store.ReleaseStore.Release;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.VerdictStore;
import org.labharness.lab.Verdict;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lab release}. */
@Command(
        name = "release",
        description =
                "Shows grades to students. What is shown is frozen: it changes only when the same is released again, which is"
                        + " noted with who, when and why. Nothing is shown before.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab release                                    what was released, what is due, what has changed since",
            "  ./lab release --lab dvc-pipeline --preview",
            "  ./lab release --lab dvc-pipeline",
            "  ./lab release --lab dvc-pipeline --why \"regraded: the lock is worth less\"",
            "  ./lab release --total                            components, total and letter",
            "",
            "Exit codes: 0 done, 2 wrong use, 4 the system broke."
        })
final class ReleaseCommand implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Mixin
    private CourseOptions options = new CourseOptions();

    @Mixin
    private Author author = new Author();

    @Option(names = "--lab", paramLabel = "ID", description = "The points of this lab, with their reasons.")
    private @Nullable String lab;

    @Option(names = "--total", description = "The total of the course, with what leads to it.")
    private boolean total;

    @Option(names = "--preview", description = "Say what would be shown, and show nothing.")
    private boolean preview;

    @Option(names = "--why", paramLabel = "TEXT", description = "The reason; needed where it was released before.")
    private String why = "";

    ReleaseCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        if (lab != null && total) {
            throw new WrongUse("Give --lab ID or --total, not both: each is released by itself.");
        }
        why = Remark.of("--why", why);
        Course course = options.load(settings);
        Instant now = InstantSource.system().instant();
        try (Database database = options.open(settings, console)) {
            LedgerStore.Facts facts = new LedgerStore(database).facts(course.id());
            Gradebook book = Gradebook.of(course, new RosterStore(database).read(course.id()), facts.ledger(), now);
            Releases releases = new Releases(course, database);
            if (total) {
                release(releases, book, new Shown.Total(), none -> List.of(), now);
            } else if (lab != null) {
                Shown shown = new Shown.OneLab(CourseOptions.lab(course, lab).id());
                release(releases, book, shown, verdicts(database, facts, book, shown), now);
            } else {
                list(course, releases, book, now);
            }
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }

    /** The verdicts of a lab's attempts that count; those of other labs are not shown with it. */
    private static LongFunction<List<Verdict>> verdicts(
            Database database, LedgerStore.Facts facts, Gradebook book, Shown shown) {
        Map<Long, Long> evaluations = new HashMap<>();
        book.grades().stream()
                .flatMap(grade -> grade.lab(shown.name()).stream())
                .flatMap(one -> Stream.ofNullable(one.counting()))
                .map(one -> one.attempt().submission())
                .forEach(submission ->
                        facts.current().of(submission).ifPresent(one -> evaluations.put(submission, one)));
        Map<Long, List<Verdict>> verdicts = new VerdictStore(database)
                .verdicts(evaluations.values().stream().mapToLong(one -> one).toArray());
        return submission -> {
            Long evaluation = evaluations.get(submission);
            return evaluation == null ? List.of() : verdicts.getOrDefault(evaluation, List.of());
        };
    }

    private void release(
            Releases releases, Gradebook book, Shown shown, LongFunction<List<Verdict>> verdicts, Instant now) {
        Map<StudentId, StudentSheet> sheets = Releases.cut(Releases.sheets(book, verdicts), shown);
        if (sheets.isEmpty()) {
            throw new WrongUse("Nobody takes the course " + book.course().id()
                    + " yet, so there is nobody to show anything to. Import a roster with ./lab roster.");
        }
        Release before = releases.last().get(shown.name());
        Map<StudentId, StudentSheet> seen = before == null ? Map.of() : releases.shown(before);
        List<String> changes = sheets.entrySet().stream()
                .filter(one -> !one.getValue().shows(seen.get(one.getKey())))
                .map(one -> "  " + one.getKey() + ": " + change(seen.get(one.getKey()), one.getValue(), shown))
                .toList();
        changes.forEach(console.out()::println);
        unsettled(sheets, shown);
        if (preview) {
            console.out()
                    .println(shown + ": " + counted(changes.size()) + " would see something else than now. Nothing"
                            + " is released.");
            return;
        }
        if (before != null && changes.isEmpty()) {
            console.out().println(shown + ": students see exactly this already. Nothing is released.");
            return;
        }
        if (before != null && why.isBlank()) {
            throw new WrongUse("It was released on " + new Explanation(book.course()).time(before.at())
                    + " already, and " + counted(changes.size()) + " would see something else: say why with --why.");
        }
        releases.release(shown, sheets, author.name(settings), why, now);
        console.out().println(shown + " is released to " + counted(sheets.size()) + ".");
    }

    /** What is shown too early is worth a line, for it stays as it is. */
    private void unsettled(Map<StudentId, StudentSheet> sheets, Shown shown) {
        long open = sheets.values().stream()
                .filter(sheet -> isOne(sheet, shown, Outcome.OPEN, Status.OPEN))
                .count();
        long waiting = sheets.values().stream()
                .filter(sheet -> isOne(sheet, shown, Outcome.WAITS, Status.WAITING))
                .count();
        if (open + waiting > 0) {
            console.out()
                    .println("note: of " + counted(sheets.size()) + " it is open for " + open
                            + " and waits for staff for " + waiting
                            + ". What becomes of it they see when it is released again.");
        }
    }

    private static boolean isOne(StudentSheet sheet, Shown shown, Outcome ofTotal, Status ofLab) {
        return switch (shown) {
            case Shown.Total all -> sheet.total() != null && sheet.total().outcome() == ofTotal;
            case Shown.OneLab one ->
                sheet.components().getFirst().labs().getFirst().status() == ofLab;
        };
    }

    private static String change(@Nullable StudentSheet before, StudentSheet now, Shown shown) {
        String figure = figure(now, shown);
        if (before == null) {
            return figure;
        }
        String was = figure(before, shown);
        return was.equals(figure) ? figure + ", with other words" : was + " -> " + figure;
    }

    /** What a student cares for most: points and how far they are settled. */
    private static String figure(@Nullable StudentSheet sheet, Shown shown) {
        if (sheet == null) {
            return "nothing";
        }
        return switch (shown) {
            case Shown.Total all -> {
                StudentSheet.Total figure = sheet.total();
                yield figure == null
                        ? "nothing"
                        : figure.total() + " of " + figure.weight() + ", "
                                + figure.outcome().words() + (figure.letter() == null ? "" : ", " + figure.letter());
            }
            case Shown.OneLab one -> {
                LabPart part = sheet.components().getFirst().labs().getFirst();
                yield part.points() + " of " + part.of()
                        + switch (part.status()) {
                            case GRADED -> part.provisional() ? ", provisional" : "";
                            case MISSING -> ", nothing handed in";
                            case OPEN -> ", open";
                            case WAITING -> ", waits for staff";
                            case EXCUSED -> ", excused";
                            case CANCELLED -> ", cancelled";
                        };
            }
        };
    }

    private void list(Course course, Releases releases, Gradebook book, Instant now) {
        Explanation words = new Explanation(course);
        Map<String, Release> last = releases.last();
        Map<StudentId, StudentSheet> sheets = Releases.sheets(book, none -> List.of());
        for (CourseLab one : course.labs()) {
            Shown shown = new Shown.OneLab(one.id());
            Release release = last.get(shown.name());
            console.out()
                    .println("  " + one.id() + ": " + state(release, shown, releases, sheets, words)
                            + (release == null ? planned(one, now, words) : ""));
        }
        Shown all = new Shown.Total();
        console.out().println("  " + all + ": " + state(last.get(all.name()), all, releases, sheets, words));
    }

    private static String planned(CourseLab lab, Instant now, Explanation words) {
        Instant plan = lab.schedule().release();
        return plan == null ? "" : ", planned for " + words.time(plan) + (plan.isAfter(now) ? "" : ": due");
    }

    private static String state(
            @Nullable Release release,
            Shown shown,
            Releases releases,
            Map<StudentId, StudentSheet> sheets,
            Explanation words) {
        if (release == null) {
            return "not released";
        }
        Map<StudentId, StudentSheet> seen = releases.shown(release);
        long other = Releases.cut(sheets, shown).entrySet().stream()
                .filter(one -> !Objects.equals(figure(seen.get(one.getKey()), shown), figure(one.getValue(), shown)))
                .count();
        return "released on " + words.time(release.at()) + " by " + release.by()
                + (release.why().isEmpty() ? "" : " (" + release.why() + ")")
                + (other == 0 ? "" : "; " + counted(Math.toIntExact(other)) + " would see other points now");
    }

    private static String counted(int students) {
        return students == 1 ? "1 student" : students + " students";
    }
}
