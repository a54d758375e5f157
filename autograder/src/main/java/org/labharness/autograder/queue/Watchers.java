package org.labharness.autograder.queue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Who wants to hear of which grading, in this process. Listeners are called by whoever works, one after the other, and must return at
 * once. Who comes late hears first what has happened: a grading may have begun before anybody could know its number.
 */
final class Watchers {
    private static final int MOST_GRADINGS = 64;
    private static final int MOST_EVENTS = 200;

    private final Map<Long, List<Consumer<GradingEvent>>> ofOne = new HashMap<>();
    private final List<Listener> ofAll = new CopyOnWriteArrayList<>();
    private final Map<Long, List<GradingEvent>> lately = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, List<GradingEvent>> eldest) {
            return size() > MOST_GRADINGS;
        }
    };

    /** Hears of every grading. */
    interface Listener {
        void on(long grading, GradingEvent event);
    }

    void add(Listener listener) {
        ofAll.add(listener);
    }

    synchronized void add(long grading, Consumer<GradingEvent> listener) {
        lately.getOrDefault(grading, List.of()).forEach(listener);
        ofOne.computeIfAbsent(grading, any -> new ArrayList<>()).add(listener);
    }

    synchronized void remove(long grading, Consumer<GradingEvent> listener) {
        List<Consumer<GradingEvent>> listeners = ofOne.get(grading);
        if (listeners != null) {
            listeners.remove(listener);
            if (listeners.isEmpty()) {
                ofOne.remove(grading);
            }
        }
    }

    /** The gradings that somebody watches. */
    synchronized List<Long> watched() {
        return List.copyOf(ofOne.keySet());
    }

    void tell(long grading, GradingEvent event) {
        tellWatchers(grading, event);
        ofAll.forEach(listener -> listener.on(grading, event));
    }

    private synchronized void tellWatchers(long grading, GradingEvent event) {
        List<GradingEvent> events = lately.computeIfAbsent(grading, any -> new ArrayList<>());
        if (event instanceof GradingEvent.Begun) {
            events.clear();
        }
        if (events.size() < MOST_EVENTS) {
            events.add(event);
        }
        List.copyOf(ofOne.getOrDefault(grading, List.of())).forEach(listener -> listener.accept(event));
    }
}
