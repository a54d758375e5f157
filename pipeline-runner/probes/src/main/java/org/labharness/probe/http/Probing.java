package org.labharness.probe.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.labharness.probe.exchange.Script;
import org.labharness.probe.exchange.Seen;
import org.labharness.probe.exchange.SeenFile;

/** Follows a script and writes down what is seen. */
public final class Probing {
    private static final int MOST_LATE = 3;
    /** A batch that took longer is not asked again: there are other questions. */
    private static final long LONGEST_NANOS = Duration.ofSeconds(20).toNanos();

    private final SeenFile seen;
    private final Consumer<Mark> told;

    /** @param told what was reached: the stand-in of the script answers, the service is ready */
    public Probing(SeenFile seen, Consumer<Mark> told) {
        this.seen = seen;
        this.told = told;
    }

    /** Points on the way. */
    public enum Mark {
        STANDING_IN,
        READY
    }

    /** Does all that the script says; where the service is not there its batches are left out. */
    public void follow(Script script) throws IOException, InterruptedException {
        Script.StandIn other = script.standIn();
        @Nullable StandIn standIn = null;
        if (other != null) {
            standIn = new StandIn(other, seen);
            told.accept(Mark.STANDING_IN);
        }
        Script.Wait wait = script.awaited();
        boolean ready = wait == null || asked(wait, script.batches());
        if (standIn != null) {
            if (wait == null) {
                standIn.stay();
            } else if (ready) {
                standIn.await();
            }
            standIn.close();
        }
        seen.add(new Seen.Done());
    }

    private boolean asked(Script.Wait wait, List<Script.Batch> batches) throws IOException, InterruptedException {
        Readiness.Waited waited = new Readiness(wait, new Listeners()).await();
        for (Seen one : waited.seen()) {
            seen.add(one);
        }
        Optional<Asker> asker = waited.found();
        if (asker.isEmpty()) {
            return false;
        }
        told.accept(Mark.READY);
        Pace last = new Pace(0, 0);
        for (int batch = 0; batch < batches.size(); batch++) {
            if (last.isToBeTriedAgain(batches.get(batch))) {
                last = ask(asker.get(), batches.get(batch), batch);
            }
        }
        return true;
    }

    /**
     * How fast a batch was.
     *
     * @param nanos within which 95 of 100 of its requests were over
     * @param all nanoseconds from its first request to its last answer
     */
    private record Pace(long nanos, long all) {
        boolean isToBeTriedAgain(Script.Batch next) {
            return next.unlessWithin() == 0 || (nanos > next.unlessWithin() * 1_000_000L && all < LONGEST_NANOS);
        }

        static Pace of(Collection<Long> nanos, long started) {
            long[] times = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
            int rank = (int) Math.ceil(0.95 * times.length);
            return new Pace(times.length == 0 ? 0 : times[rank - 1], System.nanoTime() - started);
        }
    }

    /** After some requests without an answer in time the rest of their batch is left out: nobody waits for hours. */
    private Pace ask(Asker asker, Script.Batch batch, int number) throws InterruptedException {
        long started = System.nanoTime();
        ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Integer> left = new ConcurrentLinkedQueue<>();
        for (int at = 0; at < batch.requests().size(); at++) {
            left.add(at);
        }
        AtomicInteger late = new AtomicInteger();
        Thread[] askers = new Thread[Math.max(1, Math.min(batch.concurrent(), left.size()))];
        for (int one = 0; one < askers.length; one++) {
            askers[one] = Thread.ofPlatform().start(() -> {
                try {
                    for (Integer at = left.poll(); at != null; at = left.poll()) {
                        Seen.Reply reply = asker.ask(batch.requests().get(at), number, at);
                        seen.add(reply);
                        nanos.add(reply.nanos());
                        if (reply.failure() == Seen.Failure.TIMEOUT && late.incrementAndGet() >= MOST_LATE) {
                            left.clear();
                        }
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (IOException full) {
                    left.clear(); // what was seen until then is there
                }
            });
        }
        for (Thread one : askers) {
            one.join();
        }
        return Pace.of(nanos, started);
    }
}
