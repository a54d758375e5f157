package org.labharness.probe.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.labharness.probe.exchange.Request;
import org.labharness.probe.exchange.Script;
import org.labharness.probe.exchange.Seen;

/**
 * Waits for a service. Nobody tells when a process of somebody else's begins to listen, so the kernel's list is looked at again and again. A service that listens
 * elsewhere than it should is taken there: that is one mistake, and whatever else it does can still be seen. But many have another port beside their own,
 * for metrics or a page, and listen there first, so whoever listens elsewhere has to answer what only the service can, or is taken when the time is over.
 */
final class Readiness {
    private static final int LOOK_AGAIN_MILLIS = 40;
    private static final int PATIENCE_FOR_ANSWER_MILLIS = 5_000;
    /** What a service answers within the last moment counts, on a busy machine too. */
    private static final int LEAST_PATIENCE_MILLIS = 500;
    /** So long is the last moment where all have to share it. */
    private static final int LAST_MOMENT_MILLIS = 2_000;
    /** So long after a service listens at another port it may not be expected at the right one any more; and so often it is asked then. */
    private static final long ELSEWHERE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final int MOST_PORTS = 8;
    /** Statuses of HTTP for a path, or a method, that there is not. */
    private static final Set<Integer> NOT_HERE = Set.of(404, 405);

    private final Script.Wait wait;
    private final Listeners listeners;
    private final long started = System.nanoTime();
    private final long end;
    /** When those elsewhere are asked next; 0 where there are none. */
    private long elsewhere;

    private int status;

    Readiness(Script.Wait wait, Listeners listeners) {
        this.wait = wait;
        this.listeners = listeners;
        this.end = started + TimeUnit.MILLISECONDS.toNanos(wait.millis());
    }

    /**
     * What was seen while waiting.
     *
     * @param found where it answers; empty where it does not
     */
    record Waited(List<Seen> seen, Optional<Asker> found) {}

    Waited await() throws InterruptedException {
        while (true) {
            Map<Integer, String> ports = listeners.ports();
            wait.taken().forEach(ports::remove);
            boolean over = System.nanoTime() >= end;
            Optional<Integer> found = ports.containsKey(wait.port()) ? atItsPort(ports) : elsewhere(ports, over);
            if (found.isPresent()) {
                return waited(ports, new Seen.Ready(found.get(), millis()), Optional.of(asker(ports, found.get())));
            }
            if (over) {
                return waited(ports, new Seen.NotReady(status), Optional.empty());
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private static Asker asker(Map<Integer, String> ports, int port) {
        return new Asker(String.valueOf(ports.get(port)), port);
    }

    private static Waited waited(Map<Integer, String> ports, Seen end, Optional<Asker> found) {
        List<Seen> seen = new ArrayList<>();
        seen.add(new Seen.Listening(List.copyOf(ports.keySet())));
        seen.add(end);
        return new Waited(seen, found);
    }

    private Optional<Integer> atItsPort(Map<Integer, String> ports) throws InterruptedException {
        return answers(asker(ports, wait.port()), 1) ? Optional.of(wait.port()) : Optional.empty();
    }

    private Optional<Integer> elsewhere(Map<Integer, String> ports, boolean over) throws InterruptedException {
        if (ports.isEmpty()) {
            elsewhere = 0;
            return Optional.empty();
        }
        if (elsewhere == 0) {
            elsewhere = System.nanoTime() + ELSEWHERE_NANOS;
        }
        if (!over && System.nanoTime() < elsewhere) {
            return Optional.empty();
        }
        List<Integer> some = ports.keySet().stream().limit(MOST_PORTS).toList();
        for (int port : some) {
            if (proves(asker(ports, port), some.size())) {
                return Optional.of(port);
            }
        }
        for (int port : over ? some : List.<Integer>of()) {
            if (answers(asker(ports, port), some.size())) {
                return Optional.of(port);
            }
        }
        elsewhere = System.nanoTime() + ELSEWHERE_NANOS;
        return Optional.empty();
    }

    /** Whether it takes what only the service takes, and answers with JSON, be it that something is missing. */
    private boolean proves(Asker asker, int others) throws InterruptedException {
        for (Request proof : wait.proof()) {
            Seen.Reply reply = asker.ask(
                    new Request(proof.method(), proof.path(), proof.headers(), proof.body(), patience(others), 0),
                    0,
                    0);
            if (isFine(reply, 499)
                    && !NOT_HERE.contains(reply.status())
                    && reply.contentType().toLowerCase(Locale.ROOT).contains("json")) {
                return true;
            }
        }
        return false;
    }

    private boolean answers(Asker asker, int others) throws InterruptedException {
        String path = wait.path().isEmpty() ? "/" : wait.path();
        Seen.Reply reply =
                asker.ask(new Request("GET", path, Map.of("Accept", "*/*"), new byte[0], patience(others), 0), 0, 0);
        if (reply.status() > 0) {
            status = reply.status();
        }
        return isFine(reply, wait.path().isEmpty() ? 499 : 299);
    }

    private static boolean isFine(Seen.Reply reply, int most) {
        return reply.status() >= 200 && reply.status() <= most;
    }

    /** Milliseconds for one of several answers: together they should not take much longer than there is time. */
    private int patience(int others) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        long most = Math.min(left, PATIENCE_FOR_ANSWER_MILLIS) / others;
        return (int) Math.max(Math.max(LEAST_PATIENCE_MILLIS, LAST_MOMENT_MILLIS / others), most);
    }

    private int millis() {
        return (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    }
}
