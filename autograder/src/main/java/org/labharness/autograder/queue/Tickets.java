package org.labharness.autograder.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.labharness.autograder.ledger.Grading;
import org.labharness.lab.course.CourseId;

/**
 * A ticket for each grading that is not over. Whoever takes one keeps it alive by a heartbeat; one whose holder is not heard of for half
 * a minute goes to somebody else. There is a kind of ticket for each course, for a worker takes none of a course that it does not know.
 */
final class Tickets implements AutoCloseable {
    static final Duration HEARTBEAT = Duration.ofSeconds(5);
    /** Missed heartbeats after which somebody is held for dead; looked for every other heartbeat. */
    static final int MISSED = 6;

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(10);
    /** Tickets of courses that no worker here knows are left alone. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final Scheduler scheduler;

    /** What is done with a ticket: when it is to be taken again, or empty where it is not. */
    interface Handler {
        Optional<Instant> on(long grading);
    }

    Tickets(DataSource data, Collection<CourseId> courses, WorkerName worker, int threads, Handler handler) {
        List<Task<?>> tasks = courses.stream()
                .<Task<?>>map(course -> Tasks.custom(kind(course))
                        .onDeadExecutionRevive()
                        .onFailure((complete, operations) ->
                                operations.reschedule(complete, Instant.now().plus(AFTER_FAULT)))
                        .execute((ticket, context) -> {
                            Optional<Instant> again = handler.on(Long.parseLong(ticket.getId()));
                            CompletionHandler<Void> end = (complete, operations) -> again.ifPresentOrElse(
                                    at -> operations.reschedule(complete, at), operations::remove);
                            return end;
                        }))
                .toList();
        double allButOne = (threads - 0.5) / threads;
        this.scheduler = Scheduler.create(data, tasks)
                .schedulerName(new SchedulerName.Fixed(worker.toString()))
                .threads(threads)
                .pollingInterval(LOOK)
                // As many as there are hands, so that what comes later and is more urgent is not behind what was
                // fetched.
                .pollUsingFetch(allButOne, 1.0)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED)
                .enablePriority()
                .enableImmediateExecution()
                .alwaysPersistTimestampInUTC()
                .deleteUnresolvedAfter(FOREVER)
                .failureLogging(LogLevel.WARN, true)
                .shutdownMaxWait(Duration.ofSeconds(1))
                .build();
    }

    private static TaskDescriptor<Void> kind(CourseId course) {
        return TaskDescriptor.of("grading/" + course);
    }

    /** Makes the ticket of a grading, unless there is one. */
    void put(Grading grading, Instant notBefore) {
        scheduler.scheduleIfNotExists(
                kind(grading.course())
                        .instance(Long.toString(grading.id()))
                        .priority(grading.priority())
                        .build(),
                notBefore);
    }

    /** Removes the ticket of a grading that nobody has taken. */
    void remove(Grading grading) {
        try {
            scheduler.cancel(kind(grading.course()).instanceId(Long.toString(grading.id())));
        } catch (TaskInstanceNotFoundException | TaskInstanceCurrentlyExecutingException nothingToRemove) {
            // whoever has taken it finds that it is over
        }
    }

    void start() {
        scheduler.start();
    }

    /** Takes no further ones; those that are taken are worked off. */
    void pause() {
        scheduler.pause();
    }

    void resume() {
        scheduler.resume();
        scheduler.triggerCheckForDueExecutions();
    }

    @Override
    public void close() {
        scheduler.stop();
    }
}
