package org.labharness.autograder.queue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who wants to hear of which grading, in this process. Listeners are called by whoever works, and must return at once. */
final class Watchers {
    private final Map<Long, List<Consumer<GradingEvent>>> ofOne = new ConcurrentHashMap<>();
    private final List<Listener> ofAll = new CopyOnWriteArrayList<>();

    /** Hears of every grading. */
    interface Listener {
        void on(long grading, GradingEvent event);
    }

    void add(Listener listener) {
        ofAll.add(listener);
    }

    void remove(Listener listener) {
        ofAll.remove(listener);
    }

    void add(long grading, Consumer<GradingEvent> listener) {
        ofOne.compute(grading, (id, listeners) -> {
            List<Consumer<GradingEvent>> some = listeners == null ? new CopyOnWriteArrayList<>() : listeners;
            some.add(listener);
            return some;
        });
    }

    void remove(long grading, Consumer<GradingEvent> listener) {
        ofOne.computeIfPresent(grading, (id, listeners) -> {
            listeners.remove(listener);
            return listeners.isEmpty() ? null : listeners;
        });
    }

    /** The gradings that somebody watches. */
    List<Long> watched() {
        return List.copyOf(ofOne.keySet());
    }

    void tell(long grading, GradingEvent event) {
        ofOne.getOrDefault(grading, List.of()).forEach(listener -> listener.accept(event));
        ofAll.forEach(listener -> listener.on(grading, event));
    }
}
