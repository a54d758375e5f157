package org.labharness.autograder.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.labharness.pipeline.Shutdown;

/**
 * What fails in threads beside the command's own. A library that tries the same again and again, because a disk is full, say, is heard
 * once a minute. What fails because the program is being stopped is nobody's matter.
 */
final class BackgroundFailures implements Thread.UncaughtExceptionHandler {
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final int MOST = 100;

    private final InstantSource clock;
    private final Consumer<Throwable> say;
    private final Map<String, Instant> said = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST;
        }
    };

    BackgroundFailures(InstantSource clock, Consumer<Throwable> say) {
        this.clock = clock;
        this.say = say;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable problem) {
        if (!Shutdown.underway() && isNew(problem)) {
            say.accept(problem);
        }
    }

    private synchronized boolean isNew(Throwable problem) {
        StackTraceElement[] trace = problem.getStackTrace();
        String what = problem.getClass().getName() + (trace.length == 0 ? "" : " " + trace[0]);
        Instant now = clock.instant();
        Instant before = said.get(what);
        if (before != null && now.isBefore(before.plus(AGAIN))) {
            return false;
        }
        said.put(what, now);
        return true;
    }
}
