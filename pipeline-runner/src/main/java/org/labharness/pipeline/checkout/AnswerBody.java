package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What an answer holds, read as it comes: each wait for more of it ends, and closing it waits for nothing. One thread reads. */
final class AnswerBody extends InputStream implements HttpResponse.BodySubscriber<InputStream> {
    /** What the client hands over. */
    private sealed interface Part {
        record Bytes(List<ByteBuffer> buffers) implements Part {}

        /** @param failure null where all came */
        record End(@Nullable Throwable failure) implements Part {}
    }

    /** Parts that may wait to be read; one has 16 KiB as a rule. */
    private static final int AHEAD = 8;

    /** Such a one at the end of a checkout's time does not mean that the connection is dead. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Caps caps;
    private final Duration idle;
    /** Of parts that were asked for: a few, and the end. */
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();

    private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
    private volatile boolean closed;
    private final ArrayDeque<ByteBuffer> came = new ArrayDeque<>();
    private Part.@Nullable End end;
    private boolean any;

    /** @param idle how long nothing may come */
    AnswerBody(Caps caps, Duration idle) {
        this.caps = caps;
        this.idle = idle;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription.set(given);
        if (closed) {
            given.cancel();
        } else {
            given.request(AHEAD);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        parts.add(new Part.Bytes(buffers));
    }

    @Override
    public void onError(Throwable failure) {
        parts.add(new Part.End(failure));
    }

    @Override
    public void onComplete() {
        parts.add(new Part.End(null));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ByteBuffer next = next();
        if (next == null) {
            return -1;
        }
        int count = Math.min(length, next.remaining());
        next.get(bytes, offset, count);
        caps.receive(count);
        return count;
    }

    /** A buffer that holds something; null at the end. */
    private @Nullable ByteBuffer next() throws IOException {
        while (end == null) {
            ByteBuffer first = came.peek();
            if (first != null && first.hasRemaining()) {
                return first;
            }
            if (first != null) {
                came.remove();
                if (came.isEmpty()) {
                    more();
                }
                continue;
            }
            take(await());
        }
        if (end.failure() != null) {
            throw (IOException) new SocketException("the connection broke").initCause(end.failure());
        }
        return null;
    }

    private void more() {
        Flow.Subscription known = subscription.get();
        if (known != null) {
            known.request(1);
        }
    }

    private void take(Part part) {
        switch (part) {
            case Part.End last -> end = last;
            case Part.Bytes bytes -> {
                any = true;
                came.addAll(bytes.buffers());
                if (came.isEmpty()) {
                    more();
                }
            }
        }
    }

    private Part await() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        Duration wait = caps.soonest(idle);
        try {
            Part part = parts.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
            if (part != null) {
                return part;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(stopped);
        }
        if (any && wait.compareTo(PAUSE) < 0) {
            throw caps.late();
        }
        throw new SocketTimeoutException("nothing comes");
    }

    /** None, whatever came already: whoever reads on for as long as there is something would not end. */
    @Override
    public int available() {
        return 0;
    }

    @Override
    public void close() {
        closed = true;
        Flow.Subscription known = subscription.get();
        if (known != null) {
            known.cancel();
        }
    }
}
