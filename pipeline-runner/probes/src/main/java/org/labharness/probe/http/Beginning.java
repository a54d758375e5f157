package org.labharness.probe.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes the beginning of a body and lets go of the rest. */
final class Beginning implements BodySubscriber<Beginning.Kept> {
    private final int most;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<Kept> kept = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    /** @param most bytes that are kept */
    Beginning(int most) {
        this.most = most;
    }

    /** @param whole whether this is all there was */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they travel, compared by nobody
    record Kept(byte[] bytes, boolean whole) {}

    @Override
    public CompletionStage<Kept> getBody() {
        return kept;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] part = new byte[Math.min(buffer.remaining(), most - bytes.size())];
            boolean more = buffer.remaining() > part.length;
            buffer.get(part);
            bytes.writeBytes(part);
            if (more) {
                kept.complete(new Kept(bytes.toByteArray(), false));
                if (subscription != null) {
                    subscription.cancel();
                }
                return;
            }
        }
    }

    @Override
    public void onError(Throwable problem) {
        kept.completeExceptionally(problem);
    }

    @Override
    public void onComplete() {
        kept.complete(new Kept(bytes.toByteArray(), true));
    }
}
