package org.labharness.pipeline.serve;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.labharness.lab.Service;
import org.labharness.pipeline.probe.Prober;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.probe.exchange.Seen;

/**
 * Starts a service, lets it be asked, and ends it; as often as is wanted, one life after the other.
 *
 * @param line what starts it
 */
record Courses(ServingSpace space, Prober prober, Service service, ServiceStart.Line line, Consumer<String> note) {
    private static final Duration TO_BE_ENDED = Duration.ofSeconds(30);

    Course run(ServiceTrial trial) {
        Duration longest = trial.longest();
        Execution running = space.start(line, service.variables(), longest.plus(TO_BE_ENDED), chunk -> {});
        try {
            Prober.Asking asking =
                    prober.start(space.space(), space.folder(), trial.script(space.taken()), longest, note);
            asking.waitsFor(running);
            List<Seen> seen = asking.await();
            boolean byItself = running.result().isDone();
            running.kill();
            return new Course(seen, running.await(longest, "A service"), byItself);
        } finally {
            running.kill();
        }
    }
}
