package org.labharness.probe.http;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.labharness.probe.exchange.Request;
import org.labharness.probe.exchange.Script;
import org.labharness.probe.exchange.Seen;

/**
 * Waits for a service. Nobody tells when a process of somebody else's begins to listen, so the kernel's list is looked at again and again. A service that listens
 * elsewhere than it should, and nowhere else for a while, is taken there: that is one mistake, and whatever else it does can still be seen.
 */
final class Readiness {
    private static final int LOOK_AGAIN_MILLIS = 40;
    private static final int PATIENCE_FOR_ANSWER_MILLIS = 5_000;
    /** So long after a service listens at another port it is not expected at the right one any more. */
    private static final long ELSEWHERE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final HttpClient client;
    private final Script.Wait wait;
    private final Listeners listeners;
    private final long started = System.nanoTime();
    private long elsewhere;
    private int status;

    Readiness(HttpClient client, Script.Wait wait, Listeners listeners) {
        this.client = client;
        this.wait = wait;
        this.listeners = listeners;
    }

    /**
     * What was seen while waiting.
     *
     * @param found where it answers; empty where it does not
     */
    record Waited(List<Seen> seen, Optional<Asker> found) {}

    Waited await() throws InterruptedException {
        long end = started + TimeUnit.MILLISECONDS.toNanos(wait.millis());
        while (true) {
            Map<Integer, String> ports = listeners.ports();
            wait.taken().forEach(ports::remove);
            for (int port : candidates(ports)) {
                Asker asker = new Asker(client, String.valueOf(ports.get(port)), port);
                if (answers(asker)) {
                    return waited(ports, new Seen.Ready(port, millis()), Optional.of(asker));
                }
            }
            if (System.nanoTime() >= end) {
                return waited(ports, new Seen.NotReady(status), Optional.empty());
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private static Waited waited(Map<Integer, String> ports, Seen end, Optional<Asker> found) {
        List<Seen> seen = new ArrayList<>();
        seen.add(new Seen.Listening(List.copyOf(ports.keySet())));
        seen.add(end);
        return new Waited(seen, found);
    }

    private List<Integer> candidates(Map<Integer, String> ports) {
        if (ports.containsKey(wait.port())) {
            return List.of(wait.port());
        }
        if (ports.isEmpty()) {
            elsewhere = 0;
            return List.of();
        }
        if (elsewhere == 0) {
            elsewhere = System.nanoTime();
        }
        return System.nanoTime() - elsewhere < ELSEWHERE_NANOS ? List.of() : List.copyOf(ports.keySet());
    }

    private boolean answers(Asker asker) throws InterruptedException {
        String path = wait.path().isEmpty() ? "/" : wait.path();
        Seen.Reply reply = asker.ask(
                new Request("GET", path, Map.of("Accept", "*/*"), new byte[0], PATIENCE_FOR_ANSWER_MILLIS, 0), 0, 0);
        if (reply.status() > 0) {
            status = reply.status();
        }
        int most = wait.path().isEmpty() ? 499 : 299;
        return reply.status() >= 200 && reply.status() <= most;
    }

    private int millis() {
        return (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    }
}
