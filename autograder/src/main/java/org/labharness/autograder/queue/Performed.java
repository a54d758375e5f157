package org.labharness.autograder.queue;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.labharness.pipeline.sandbox.Sign;

/** What is told of a grading while it is performed: to who watches it, and to everybody else. */
record Performed(Vigil vigil, Performance performance, Consumer<Event> told, OthersFirst othersFirst, Need need)
        implements Work.Watch {
    @Override
    public <T> T interruptibly(Supplier<T> work) {
        return performance.interruptibly(work);
    }

    @Override
    public void on(Event event) {
        vigil.saw(event);
        performance.sheltered(() -> told.accept(event));
    }

    @Override
    public void beforeChanges() {
        performance.sheltered(() -> othersFirst.let(this, need, vigil::alive));
    }

    @Override
    public void heard(Sign sign) {
        vigil.heard(sign);
    }
}
