package org.labharness.pipeline.sandbox.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.labharness.pipeline.evidence.LogCollector;
import org.labharness.pipeline.evidence.LogExcerpt;

/** Takes a container's output as the engine sends it, up to a cap; what comes after it is thrown away. Called by one thread. */
final class OutputTap extends ResultCallback.Adapter<Frame> {
    private final long cap;
    private final Consumer<byte[]> consumer;
    private final Runnable overCap;
    private final ReportFilter filter;
    private final LogCollector log = new LogCollector();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private long taken;
    private boolean over;

    /**
     * @param overCap called once, when more came than {@code cap} bytes
     * @param beat called for each beat of the init
     */
    OutputTap(long cap, String word, Consumer<byte[]> consumer, Runnable overCap, Runnable beat) {
        this.cap = cap;
        this.consumer = consumer;
        this.overCap = overCap;
        filter = new ReportFilter(word, beat);
    }

    @Override
    public void onNext(Frame frame) {
        byte[] payload = frame.getPayload();
        take(frame.getStreamType() == StreamType.STDERR ? payload : filter.pass(payload));
    }

    private void take(byte[] bytes) {
        int room = (int) Math.min(bytes.length, cap - taken);
        if (room > 0) {
            byte[] part = room == bytes.length ? bytes : Arrays.copyOf(bytes, room);
            taken += room;
            log.add(part);
            consumer.accept(part);
        }
        if (room < bytes.length && !over) {
            over = true;
            overCap.run();
        }
    }

    @Override
    public void onComplete() {
        take(filter.rest());
        super.onComplete();
        end.complete(null);
    }

    @Override
    public void onError(Throwable problem) {
        super.onError(problem);
        end.completeExceptionally(problem);
    }

    /** Completes when the container's output has ended; the methods below may be called from then on. */
    CompletableFuture<Void> end() {
        return end;
    }

    boolean wentOver() {
        return over;
    }

    Optional<InitReport> report() {
        return filter.report();
    }

    LogExcerpt log() {
        return log.excerpt();
    }
}
