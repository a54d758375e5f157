package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/**
 * The end of what a server may take. It is asked in a virtual thread, where an interrupt also ends the read of a socket: JGit's own
 * timeout does not end one of {@code git://} in another.
 */
final class Deadline {
    private Deadline() {}

    /**
     * What a question gives, or its failure.
     *
     * @throws TimeoutException where nothing came in time; the question is being ended then
     * @throws IOException as the question throws it
     */
    static <T> T within(Duration patience, String host, Callable<T> question) throws TimeoutException, IOException {
        FutureTask<T> asking = new FutureTask<>(question);
        Thread.ofVirtual().name("ask " + host).start(asking);
        try {
            return asking.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException known -> throw known;
                case RuntimeException known -> throw known;
                case Error known -> throw known;
                case null, default ->
                    throw new SystemBroke(Breakdown.INTERNAL, "Asking '" + host + "' failed: " + e.getMessage(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "Asking '" + host + "' was interrupted.", e);
        } finally {
            asking.cancel(true);
        }
    }
}
