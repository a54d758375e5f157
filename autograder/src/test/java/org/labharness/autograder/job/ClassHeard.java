package org.labharness.autograder.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.labharness.autograder.intake.Collector.Result;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.queue.GradingEvent;
import org.labharness.autograder.queue.Worker;

/** What is heard of a class that is graded. */
final class ClassHeard implements BatchWatcher {
    final List<String> overs = Collections.synchronizedList(new ArrayList<>());
    final List<String> stops = Collections.synchronizedList(new ArrayList<>());

    /** That all gradings are ordered. */
    final CountDownLatch planned = new CountDownLatch(1);

    @Override
    public void collecting(int repositories) {}

    @Override
    public void collected(Result result) {}

    @Override
    public void waiting(int repositories, Duration pause) {}

    @Override
    public void planned(Estimate estimate) {
        planned.countDown();
    }

    @Override
    public void on(Grading grading, GradingEvent event) {}

    @Override
    public void over(Grading grading) {
        overs.add(grading.owner().id() + " " + grading.message());
    }

    @Override
    public void stopped(Worker.Stop stop) {
        stops.add(stop.code());
    }
}
