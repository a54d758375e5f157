package org.labharness.autograder.queue;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.GradingStore;
import org.labharness.autograder.store.GradingStore.Asked;
import org.labharness.autograder.store.QueueStore;
import org.labharness.lab.course.CourseId;

/** The queue as those see it who ask for gradings and wait for them. Safe for use by several threads. */
public final class Gradings {
    private final GradingStore store;
    private final QueueStore queue;
    private final Turns turns;
    private final InstantSource clock;
    private final Tickets tickets;
    private final Watchers watchers;

    Gradings(Database database, InstantSource clock, Tickets tickets, Watchers watchers) {
        this.store = new GradingStore(database);
        this.queue = new QueueStore(database);
        this.turns = new Turns(queue, clock);
        this.clock = clock;
        this.tickets = tickets;
        this.watchers = watchers;
    }

    /**
     * Asks for a grading of a submission, unless one is waiting or running already. What waits of the same work for the same lab because
     * it was pushed or handed in before is graded no more, whichever way either came; a class takes nobody's place.
     *
     * @param submission its number; its bundle must be kept
     * @param why in a few words; may be empty
     * @param anew whether to run it again though a run of the same is there already
     */
    public Asked ask(
            CourseId course, long submission, SubmissionFact fact, Way way, String by, String why, boolean anew) {
        Asked asked = put(course, submission, fact, way, by, why, anew);
        if (way != Way.BATCH) {
            store.supersede(course, fact.lab(), fact.owner(), asked.grading(), clock.instant())
                    .forEach(this::ended);
        }
        return asked;
    }

    /** The same for what staff want to know beside what students hand in: nothing that waits gives way to it. */
    public Asked askBeside(CourseId course, long submission, SubmissionFact fact, String by, String why, boolean anew) {
        return put(course, submission, fact, Way.API, by, why, anew);
    }

    private Asked put(
            CourseId course, long submission, SubmissionFact fact, Way way, String by, String why, boolean anew) {
        Asked asked =
                store.ask(submission, way, by, why, anew, turns.priority(way, course, fact.owner()), clock.instant());
        if (asked.added()) {
            put(asked.grading());
        }
        return asked;
    }

    private void put(long id) {
        store.grading(id).ifPresent(grading -> tickets.put(grading, grading.asked()));
    }

    private void ended(long id) {
        store.grading(id).ifPresent(grading -> {
            tickets.remove(grading);
            watchers.tell(id, new GradingEvent.Ended(grading));
        });
    }

    /** How far a grading has come. */
    public Optional<Grading> grading(long id) {
        return store.grading(id);
    }

    /** How many are taken before a waiting one, and itself; 0 where it does not wait. */
    public int position(long id) {
        return queue.position(id);
    }

    /**
     * Hears what happens to a grading until what this gives is closed, and first what has happened to it lately in this process. What
     * another process does with it is heard of later, and less of it. Whether it is over already is for the caller to look at afterwards.
     *
     * @param listener called from several threads; must return at once
     */
    public Watch watch(long id, Consumer<GradingEvent> listener) {
        watchers.add(id, listener);
        return () -> watchers.remove(id, listener);
    }

    /** Hearing of a grading, until this is closed. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** Takes a grading out of the queue that nobody has begun, and says whether that was so. */
    public boolean cancel(long id, String by) {
        boolean cancelled = store.cancel(id, "Cancelled by " + by + ".", clock.instant());
        if (cancelled) {
            ended(id);
        }
        return cancelled;
    }
}
