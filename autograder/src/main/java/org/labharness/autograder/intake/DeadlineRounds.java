package org.labharness.autograder.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.labharness.lab.course.CourseId;

/** Looks at courses when there is something to do for them, at each by itself: one whose repositories do not answer makes no other late. */
final class DeadlineRounds implements AutoCloseable {
    /** Students join, and get extensions. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(30);

    private final Map<CourseId, Round> rounds = new LinkedHashMap<>();
    private final Function<CourseId, Duration> work;
    private final Consumer<String> log;
    private final ScheduledExecutorService timer;

    /**
     * @param work does what is due for a course, and gives how long nothing more will be
     * @param log hears why a course could not be looked at
     */
    DeadlineRounds(Collection<CourseId> courses, Function<CourseId, Duration> work, Consumer<String> log) {
        this.work = work;
        this.log = log;
        courses.forEach(course -> rounds.put(course, new Round(course)));
        this.timer = Executors.newScheduledThreadPool(
                Math.max(1, courses.size()),
                Thread.ofPlatform().daemon().name("deadlines-", 0).factory());
    }

    void start() {
        rounds.values().forEach(round -> round.plan(SHORTEST));
    }

    /** As soon as it is not being looked at. */
    void sooner(CourseId course) {
        Round round = rounds.get(course);
        if (round != null) {
            round.sooner();
        }
    }

    /** One course: it waits to be looked at, or is. */
    private final class Round {
        private final CourseId course;
        /** Which look is the next one. */
        private int turn;

        private boolean looking;
        private boolean again;

        Round(CourseId course) {
            this.course = course;
        }

        synchronized void plan(Duration pause) {
            int mine = ++turn;
            try {
                var unused = timer.schedule(() -> look(mine), pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException ending) {
                // Nothing more is looked at.
            }
        }

        synchronized void sooner() {
            again = looking;
            if (!looking) {
                plan(Duration.ZERO);
            }
        }

        private void look(int mine) {
            if (!begins(mine)) {
                return;
            }
            Duration pause = AFTER_TROUBLE;
            try {
                pause = work.apply(course);
            } catch (RuntimeException problem) {
                // The edge of the timer: the database is away for a while, say; the next time may go well.
                log.accept("deadlines of " + course + " were not looked at: " + problem.getMessage());
            } finally {
                ends(pause);
            }
        }

        private synchronized boolean begins(int mine) {
            if (mine != turn) {
                return false;
            }
            looking = true;
            return true;
        }

        private synchronized void ends(Duration pause) {
            Duration longest = pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
            looking = false;
            plan(again ? Duration.ZERO : longest.compareTo(SHORTEST) < 0 ? SHORTEST : longest);
            again = false;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
