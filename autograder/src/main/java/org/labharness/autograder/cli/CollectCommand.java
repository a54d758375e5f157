package org.labharness.autograder.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.intake.Collector;
import org.labharness.autograder.intake.Collector.Result;
import org.labharness.autograder.intake.Errand;
import org.labharness.autograder.intake.RosterCollection;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.store.CollectionStore;
import org.labharness.autograder.store.CollectionStore.Collected;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.RosterStore;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseClock;
import org.labharness.lab.course.CourseLab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lab collect}. */
@Command(
        name = "collect",
        description =
                "Freezes the repositories of a class as they are at each student's own deadline. Nothing of them is run; ./lab batch"
                        + " grades what was collected.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab collect --course mlops/course.yaml --lab dvc-pipeline",
            "  ./lab collect --lab dvc-pipeline --at \"2026-10-01 23:59\"     waits until then, whatever the deadlines are",
            "  ./lab collect --lab all --now                                takes what is there, also before the deadline",
            "  ./lab collect --lab dvc-pipeline --students CS21B001,CS21B002 --again",
            "",
            "What is found within 15 minutes after a deadline counts as received at the deadline. What is found later, and was not",
            "received by a push or an earlier collection, has no trusted time: the gradebook says so and staff decide.",
            "",
            "Exit codes: 0 done, 2 wrong use, 4 some could not be read because of the network or the harness: run it again."
        })
final class CollectCommand implements Callable<Integer> {
    private final Console console;
    private final Settings settings;
    private final InstantSource clock = InstantSource.system();

    @Mixin
    private CourseOptions options = new CourseOptions();

    @Option(
            names = "--lab",
            paramLabel = "ID",
            required = true,
            split = ",",
            description = "The lab's id in the course, several separated by commas, or all.")
    private List<String> labs = List.of();

    @Mixin
    private StudentsOption students = new StudentsOption();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "Waits until then, in the course's time zone, and takes it for everybody's deadline; a date alone means its end.")
    private @Nullable String at;

    @Option(names = "--now", description = "Also of those whose deadline is still to come; it counts as received now.")
    private boolean now;

    @Option(names = "--again", description = "Also of those who were collected after their deadline already.")
    private boolean again;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "8",
            description = "Repositories at once, 1 to 64. Default: ${DEFAULT-VALUE}.")
    private int parallel = 8;

    CollectCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        ParallelOption.checked(parallel);
        if (at != null && now) {
            throw new WrongUse("--at names a moment, and --now is another one. Give one or the other.");
        }
        Course course = options.load(settings);
        List<CourseLab> chosen = CourseLabs.chosen(course, labs);
        @Nullable Instant moment = at == null ? null : moment(at, course);
        try (Database database = options.openWithStore(settings, console)) {
            List<Student> who = students.of(database, course);
            if (moment != null) {
                await(moment, course);
            }
            CollectionStore store = new CollectionStore(database, course.id());
            List<Errand> errands =
                    chosen.stream().flatMap(lab -> Errand.of(lab, who).stream()).toList();
            List<Errand> due = errands.stream()
                    .filter(errand -> now || moment != null || isDue(errand))
                    .toList();
            Map<LabId, Map<Owner, Collected>> last = new HashMap<>();
            chosen.forEach(lab -> last.put(lab.id(), store.last(lab.id())));
            List<Errand> missing = due.stream()
                    .filter(errand -> again || !collected(last, errand))
                    .toList();
            List<Result> results = collect(database, course, missing, moment);
            CollectionWords words = new CollectionWords(new CourseClock(course.zone()));
            console.out().print(words.summary(results, due.size() - missing.size(), notDue(errands, due)));
            RosterNotes.print(console.out(), chosen, new RosterStore(database).read(course.id()), who);
            console.out().flush();
            return CollectionWords.broke(results) ? ExitCode.SYSTEM_BROKE.code() : ExitCode.DONE.code();
        }
    }

    private List<Result> collect(Database database, Course course, List<Errand> errands, @Nullable Instant moment) {
        Collector collector =
                Collector.of(course.id(), database, settings.archive(), settings.variables(), Version.NUMBER, clock);
        try (CollectionProgress progress = new CollectionProgress(console, errands.size())) {
            return new RosterCollection(collector, parallel)
                    .run(
                            errands,
                            errand -> moment != null ? moment : now && !isDue(errand) ? null : errand.due(),
                            progress);
        }
    }

    private boolean isDue(Errand errand) {
        Instant due = errand.due();
        return due == null || !due.isAfter(clock.instant());
    }

    /** At their deadline or after it: what came since is late, and another matter. */
    private static boolean collected(Map<LabId, Map<Owner, Collected>> last, Errand errand) {
        Collected collected = last.getOrDefault(errand.lab().id(), Map.of()).get(errand.owner());
        Instant due = errand.due();
        return collected != null
                && collected.code().isEmpty()
                && due != null
                && !collected.at().isBefore(due);
    }

    private static List<Errand> notDue(List<Errand> errands, List<Errand> due) {
        return errands.stream().filter(errand -> !due.contains(errand)).toList();
    }

    private Instant moment(String text, Course course) {
        Instant moment = CourseTime.end("--at", text, course);
        Duration over = Duration.between(moment, clock.instant());
        if (over.compareTo(Collector.PUNCTUAL) > 0) {
            throw new WrongUse(
                    "--at " + text + ": that is over, and repositories can be frozen only as they are. Leave --at"
                            + " out: what is found counts as received at a time that staff decide, unless a push or an earlier"
                            + " collection has told it.");
        }
        return moment;
    }

    private void await(Instant moment, Course course) {
        if (moment.isAfter(clock.instant())) {
            console.err()
                    .println("Waiting until " + new CourseClock(course.zone()).moment(moment) + ". Ctrl-C stops it.");
        }
        while (moment.isAfter(clock.instant())) {
            LockSupport.parkNanos(Math.min(
                    Duration.ofMinutes(1).toNanos(),
                    Duration.between(clock.instant(), moment).toNanos())); // the machine's clock may be set meanwhile
        }
    }
}
