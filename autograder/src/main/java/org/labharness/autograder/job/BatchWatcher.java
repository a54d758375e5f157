package org.labharness.autograder.job;

import org.labharness.autograder.intake.RosterCollection;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.queue.GradingEvent;
import org.labharness.autograder.queue.Worker;

/** Hears how a class is graded; called from several threads, must return at once. */
public interface BatchWatcher extends RosterCollection.Watcher {
    /** So many repositories are read first. */
    void collecting(int repositories);

    /** What is graded now is known. */
    void planned(Estimate estimate);

    /** Something happens to a grading of this class, in this process. */
    void on(Grading grading, GradingEvent event);

    /** A grading of this class is over, wherever it was graded. */
    void over(Grading grading);

    /** Nothing can be graded at the moment. */
    void stopped(Worker.Stop stop);
}
