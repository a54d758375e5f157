package org.labharness.probe.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the prober is to do: stand in for a service where it is told to, wait for another one, and ask that one batch after batch.
 *
 * @param standIn null: it stands in for nobody
 * @param awaited null: it waits for nobody and asks nothing
 * @param batches the next one begins when all of the one before have their answers
 */
public record Script(@Nullable StandIn standIn, @Nullable Wait awaited, List<Batch> batches) {
    public Script {
        batches = List.copyOf(batches);
    }

    /**
     * Answers a port of loopback in the place of a service, the same to everybody, and notes what it is asked.
     *
     * @param millis how long, at the most, somebody is waited for when all else is done; the first who comes ends it
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they travel, compared by nobody
    public record StandIn(int port, String contentType, byte[] body, int millis) {}

    /**
     * Waits until a service answers.
     *
     * @param port where it is expected
     * @param path what it is asked then; a status of 200 to 299 is an answer, or any below 500 where {@code path} is empty, of which {@code /} is asked
     * @param millis after which it is given up
     * @param taken ports that others listen at
     * @param proof what only the service itself takes, and answers with JSON, if with a complaint: whoever does is taken for it before the time is over, though
     *     it listens at another port; at most one request, none where nobody is
     */
    public record Wait(int port, String path, int millis, List<Integer> taken, List<Request> proof) {
        public Wait {
            taken = List.copyOf(taken);
            proof = List.copyOf(proof);
        }
    }

    /**
     * Requests that belong together.
     *
     * @param concurrent how many of them are on their way at once
     * @param unlessWithin asked only where 95 of 100 requests of the batch asked before were not over within so many milliseconds; 0: asked in any
     *     case
     */
    public record Batch(List<Request> requests, int concurrent, int unlessWithin) {
        public Batch {
            requests = List.copyOf(requests);
        }
    }
}
