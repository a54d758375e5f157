package org.labharness.autograder.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.intake.Collector.Result;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.Trouble;
import org.labharness.autograder.store.CollectionStore;
import org.labharness.autograder.store.CollectionStore.Collected;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.RosterStore;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.course.CourseLab;

/**
 * Freezes repositories when their owners' deadlines come, without anybody asking for it: those that the roster names and that nobody pushes
 * to the harness itself. Deadlines that passed while nothing ran are caught up with as long as what is found counts as received in time.
 */
public final class DeadlineCollection implements AutoCloseable {
    private static final Duration UNREACHED = Duration.ofMinutes(1);
    private static final int AT_ONCE = 8;

    private final Supplier<List<Course>> courses;
    private final Database database;
    private final Archive archive;
    private final Map<String, String> variables;
    private final String version;
    private final InstantSource clock;
    private final Consumer<String> log;
    private final List<Duration> between;
    private final DeadlineRounds rounds;

    /**
     * @param courses as they are described now, always the same ones
     * @param variables of the process: logins are read from it
     * @param log hears in one line what was collected
     */
    public DeadlineCollection(
            Supplier<List<Course>> courses,
            Database database,
            Archive archive,
            Map<String, String> variables,
            String version,
            InstantSource clock,
            Consumer<String> log) {
        this(courses, database, archive, variables, version, clock, log, List.of(Duration.ofSeconds(5)));
    }

    /** @param between how long to wait before what could not be reached is tried again at once; a minute later it is once more */
    DeadlineCollection(
            Supplier<List<Course>> courses,
            Database database,
            Archive archive,
            Map<String, String> variables,
            String version,
            InstantSource clock,
            Consumer<String> log,
            List<Duration> between) {
        this.courses = courses;
        this.database = database;
        this.archive = archive;
        this.variables = Map.copyOf(variables);
        this.version = version;
        this.clock = clock;
        this.log = log;
        this.between = List.copyOf(between);
        this.rounds = new DeadlineRounds(courses.get().stream().map(Course::id).toList(), this::collect, log);
    }

    /** From now on. */
    public void start() {
        rounds.start();
    }

    /** Looks at a course now: its deadlines may have moved. */
    public void lookAgain(CourseId course) {
        rounds.sooner(course);
    }

    private Duration collect(CourseId id) {
        return courses.get().stream()
                .filter(course -> course.id().equals(id))
                .findFirst()
                .map(this::collect)
                .orElse(DeadlineRounds.LONGEST);
    }

    /** Collects what is due, and gives how long nothing more will be. */
    Duration collect(Course course) {
        Instant now = clock.instant();
        CollectionStore store = new CollectionStore(database, course.id());
        var students = new RosterStore(database).read(course.id()).students();
        List<Errand> due = new ArrayList<>();
        @Nullable Instant next = null;
        for (CourseLab lab : course.labs()) {
            if (!lab.submitted() || lab.lab() == null || lab.cancelled() != null) {
                continue;
            }
            List<Errand> errands = Errand.of(lab, students).stream()
                    .filter(errand ->
                            errand.due() != null && !errand.repositories().isEmpty())
                    .toList();
            List<Errand> now_ =
                    errands.stream().filter(errand -> isDue(errand, now)).toList();
            if (!now_.isEmpty()) {
                Map<Owner, Collected> last = store.last(lab.id());
                now_.stream().filter(errand -> !collected(errand, last)).forEach(due::add);
            }
            Optional<Instant> later = errands.stream()
                    .map(errand -> Objects.requireNonNull(errand.due()))
                    .filter(moment -> moment.isAfter(now))
                    .min(Comparator.naturalOrder());
            if (later.isPresent() && (next == null || later.get().isBefore(next))) {
                next = later.get();
            }
        }
        boolean unreached = !due.isEmpty() && collect(course, due);
        Duration until = next == null ? DeadlineRounds.LONGEST : Duration.between(clock.instant(), next);
        return unreached && until.compareTo(UNREACHED) > 0 ? UNREACHED : until;
    }

    private static boolean isDue(Errand errand, Instant now) {
        Instant due = Objects.requireNonNull(errand.due());
        return !due.isAfter(now) && now.isBefore(due.plus(Collector.PUNCTUAL));
    }

    /** At the deadline or after it; who could not be reached is tried again as long as what is found counts as received in time. */
    private static boolean collected(Errand errand, Map<Owner, Collected> last) {
        Collected collected = last.get(errand.owner());
        return collected != null
                && !collected.at().isBefore(Objects.requireNonNull(errand.due()))
                && (collected.code().isEmpty()
                        || !Trouble.parse(collected.code()).mayPass());
    }

    /** @return whether some could not be reached */
    private boolean collect(Course course, List<Errand> due) {
        Collector collector = Collector.of(course.id(), database, archive, variables, version, clock);
        List<Result> results = new RosterCollection(collector, AT_ONCE, between)
                .run(due, Errand::due, RosterCollection.Watcher.NOBODY);
        long found = results.stream().filter(result -> result.trouble() == null).count();
        long unreached = results.stream().filter(Result::again).count();
        long others = due.size() - found - unreached;
        log.accept("collected " + found + " of " + due.size() + " repositories of " + course.id() + " at their deadline"
                + (unreached == 0
                        ? ""
                        : "; " + unreached + " could not be reached and are tried again until "
                                + Collector.PUNCTUAL.toMinutes() + " minutes after it")
                + (others == 0 ? "" : "; ./lab collect reads the other " + others + " once more"));
        return unreached > 0;
    }

    @Override
    public void close() {
        rounds.close();
    }
}
