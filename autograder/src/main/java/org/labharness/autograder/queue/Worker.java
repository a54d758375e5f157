package org.labharness.autograder.queue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.queue.Work.Result;
import org.labharness.autograder.store.ClaimStore;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.GradingStore;
import org.labharness.autograder.store.QueueStore;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.SteadyClock;
import org.labharness.pipeline.Step;

/**
 * Takes gradings from the queue and works them off, several at once. One per process. Killed at any moment, it loses none: what it had
 * begun is begun again, at once by the next worker of the same state folder, within a minute by one of another machine.
 */
public final class Worker implements AutoCloseable {
    /** Whatever is the matter, a grading ends after so many tries. */
    private static final int MOST_TRIES = 5;

    private static final Duration GRACE = Duration.ofSeconds(10);
    /** Between the tries of one that says that nothing can be graded while others are: longer each time. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final int LONGER = 3;

    private final GradingStore store;
    private final InstantSource clock;
    /** For how long something lasts. */
    private final InstantSource steady = new SteadyClock();

    private final Work work;
    private final Budget budget;
    private final Duration silence;
    private final WorkerName name;
    private final Watchers watchers = new Watchers();
    private final Tickets tickets;
    private final Gradings gradings;
    private final Standstill standstill;
    private final Housekeeping housekeeping;
    private final OthersFirst othersFirst;

    /**
     * @param home the state folder
     * @param courses whose gradings it takes
     * @param atOnce how many at most, from 1
     */
    public Worker(
            Database database,
            Path home,
            Collection<CourseId> courses,
            int atOnce,
            Budget budget,
            Work work,
            InstantSource clock) {
        this(database, home, courses, atOnce, budget, work, clock, Vigil.LONGEST);
    }

    /** @param silence how long nothing may happen outside the student's own work */
    Worker(
            Database database,
            Path home,
            Collection<CourseId> courses,
            int atOnce,
            Budget budget,
            Work work,
            InstantSource clock,
            Duration silence) {
        this.silence = silence;
        this.store = new GradingStore(database);
        this.clock = clock;
        this.work = work;
        this.budget = budget;
        this.name = WorkerName.take(home);
        this.tickets = new Tickets(database.dataSource(), List.copyOf(courses), name, atOnce, this::on);
        this.gradings = new Gradings(database, clock, tickets, watchers);
        this.standstill = new Standstill(tickets::pause, tickets::resume, steady);
        QueueStore queue = new QueueStore(database);
        this.othersFirst = new OthersFirst(
                queue,
                budget,
                () -> new Tickets(database.dataSource(), List.copyOf(courses), name, 1, this::on),
                atOnce,
                clock);
        this.housekeeping = new Housekeeping(
                store, queue, new ClaimStore(database), List.copyOf(courses), name, tickets, watchers, clock);
    }

    /** What it is called, such as {@code grader-1/5f3a9c0e}: what is claimed by this name goes to others when its process has ended. */
    public String name() {
        return name.toString();
    }

    /** The machine and state folder that it works in, the same for all that do so one after the other. */
    public String place() {
        return name.place();
    }

    /** The queue that it works off. */
    public Gradings gradings() {
        return gradings;
    }

    /** Begins to take tickets, first those that dead workers had; whatever else they had claimed is free then too. */
    public void start() {
        housekeeping.start();
        tickets.start();
    }

    /** Hears of every grading that this worker has. */
    public void listen(EventListener listener) {
        watchers.add(listener::on);
    }

    /** Hears of every grading; called from several threads, must return at once. */
    public interface EventListener {
        void on(long grading, GradingEvent event);
    }

    /**
     * Why nothing is graded now.
     *
     * @param code what broke, as {@code Breakdown} calls it
     * @param lasts how long it has been so
     * @param again how long until it is tried again; negative while it is being tried
     */
    public record Stop(String code, String message, Duration lasts, Duration again) {}

    /** Empty where gradings go on. */
    public Optional<Stop> stopped() {
        Instant now = steady.instant();
        return standstill
                .since()
                .map(since -> new Stop(
                        since.code(),
                        since.message(),
                        Duration.between(since.began(), now),
                        Duration.between(now, since.again())));
    }

    /** Gives what is to be done with the ticket afterwards. */
    private Optional<Instant> on(long id) {
        Optional<Grading> asked = store.grading(id).filter(grading -> !grading.over());
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        Need need = work.need(asked.get());
        try {
            return budget.within(need, () -> begin(id, need));
        } catch (InterruptedException stopping) {
            // The scheduler, which alone interrupts this thread, knows; what it does next asks the database.
            return Optional.of(clock.instant());
        }
    }

    private Optional<Instant> begin(long id, Need need) throws InterruptedException {
        Optional<Grading> begun = store.begin(id, name.toString(), clock.instant());
        if (begun.isEmpty()) {
            return Optional.empty();
        }
        Grading grading = begun.get();
        watchers.tell(id, new GradingEvent.Begun(grading));
        if (store.leftBehind(id) >= ClaimStore.MOST_LEFT_BEHIND) {
            return ended(
                    grading,
                    new Result.Over(
                            Breakdown.INTERRUPTED.code(),
                            ClaimStore.MOST_LEFT_BEHIND
                                    + " times in a row the process that graded it ended before it was over, so it is"
                                    + " left alone. That is the harness's matter and costs nothing: staff look at it and have"
                                    + " it run again."),
                    false);
        }
        Vigil vigil = new Vigil(steady, silence, need.time());
        Result result = Performance.of(
                performance -> work.perform(
                        grading, new Performed(vigil, performance, event -> on(id, event), othersFirst, need)),
                "grading-" + id,
                vigil,
                GRACE);
        return ended(grading, result, vigil.ran());
    }

    private static Duration longer(int tries) {
        return SOON.multipliedBy((long) Math.pow(LONGER, tries));
    }

    /** @param ran whether the student's own work was run for it */
    private Optional<Instant> ended(Grading grading, Result result, boolean ran) {
        long id = grading.id();
        return switch (result) {
            case Result.Over over -> {
                standstill.over();
                if (ran && over.code().isEmpty()) {
                    standstill.graded(id);
                }
                store.done(id, over.code(), over.words(), clock.instant());
                tellIfOver(id);
                yield Optional.empty();
            }
            case Result.Again again -> {
                standstill.over();
                yield grading.tries() >= MOST_TRIES
                        ? ended(grading, new Result.Over(again.code(), again.message()), ran)
                        : back(
                                id,
                                true,
                                again.code(),
                                again.message(),
                                clock.instant().plus(again.after()));
            }
            case Result.Pause pause
            when standstill.isItsOwn(id) ->
                ended(grading, new Result.Again(longer(grading.tries()), pause.code(), pause.message()), ran);
            case Result.Pause pause -> {
                standstill.begin(pause.code(), pause.message());
                yield back(id, false, pause.code(), pause.message(), clock.instant());
            }
        };
    }

    /** Where the lease was taken from this worker meanwhile, whoever has it does what is to be done. */
    private Optional<Instant> back(long id, boolean counts, String code, String message, Instant at) {
        if (!store.back(id, name.toString(), counts, code, message, at)) {
            tellIfOver(id);
            return Optional.empty();
        }
        watchers.tell(id, new GradingEvent.Back(code, message));
        return Optional.of(at);
    }

    private void tellIfOver(long id) {
        store.grading(id).filter(Grading::over).ifPresent(ended -> watchers.tell(id, new GradingEvent.Ended(ended)));
    }

    private void on(long id, Progress.Event event) {
        if (event instanceof Progress.Event.StepStarted(Step step)) {
            store.step(id, name.toString(), step.title(), clock.instant());
        }
        watchers.tell(id, new GradingEvent.Progressed(event));
    }

    /** Takes no further tickets. What is being graded is left as it is, and is begun again by the next worker. */
    @Override
    public void close() {
        housekeeping.close();
        standstill.close();
        othersFirst.close();
        tickets.close();
        name.close();
    }
}
