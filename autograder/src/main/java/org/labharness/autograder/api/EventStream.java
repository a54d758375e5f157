package org.labharness.autograder.api;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.gitserver.PushWords;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.queue.GradingEvent;
import org.labharness.autograder.queue.Gradings;
import org.labharness.lab.Sha256;

/** One answer that follows a grading (server-sent events, as HTML defines them). */
final class EventStream {
    private static final int BEHIND = 1_000;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int ID = 16;

    private final ApiGround ground;
    private final long id;
    private final HttpServletResponse response;
    private final BooleanSupplier stopping;
    private String told = "";
    private Instant spoke = Instant.EPOCH;

    EventStream(ApiGround ground, long id, HttpServletResponse response, BooleanSupplier stopping) {
        this.ground = ground;
        this.id = id;
        this.response = response;
        this.stopping = stopping;
    }

    /**
     * Returns when the grading is over, the answer has lasted long enough, or the server ends.
     *
     * @param last id of the last event that was seen; null: none was
     */
    void follow(@Nullable String last) throws IOException {
        told = last == null ? "" : last;
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("X-Accel-Buffering", "no"); // for proxies that would hold it back
        BlockingQueue<GradingEvent> news = new LinkedBlockingQueue<>(BEHIND);
        Instant end = now().plus(ground.limits().stream());
        Gradings.Watch watch = ground.queue().watch(id, news::offer);
        try {
            comment("a grading of the lab harness");
            while (!state() && now().isBefore(end) && !stopping.getAsBoolean()) {
                GradingEvent next = news.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                while (next != null) {
                    progress(next);
                    next = news.poll();
                }
                if (Duration.between(spoke, now()).compareTo(HEARTBEAT) >= 0) {
                    comment("still here");
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            watch.close();
        }
    }

    /** Tells the state where it is another one than before, and gives whether it is over. */
    private boolean state() throws IOException {
        Grading grading = ground.queue().grading(id).orElseThrow();
        int position = grading.state() == Grading.State.WAITING ? ground.queue().position(id) : 0;
        String data = Json.line(GradingView.of(grading, position));
        String key = key(data);
        if (grading.over()) {
            send("end", key, data);
            return true;
        }
        if (!key.equals(told)) {
            told = key;
            send("state", key, data);
        }
        return false;
    }

    private void progress(GradingEvent event) throws IOException {
        if (event instanceof GradingEvent.Progressed(var progressed)) {
            String line = PushWords.of(progressed).orElse("");
            if (!line.isEmpty()) {
                send("progress", null, Json.line(new EventController.Progress(line)));
            }
        }
    }

    private static String key(String data) {
        MessageDigest digest = Sha256.begin();
        digest.update(data.getBytes(StandardCharsets.UTF_8));
        return Sha256.hex(digest).substring(0, ID);
    }

    /** JSON on one line has no line feed that could begin another field. */
    private void send(String event, @Nullable String key, String data) throws IOException {
        write("event: " + event + "\n" + (key == null ? "" : "id: " + key + "\n") + "data: " + data + "\n\n");
    }

    private void comment(String words) throws IOException {
        write(": " + words + "\n\n");
    }

    private void write(String text) throws IOException {
        ServletOutputStream out = response.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
        spoke = now();
    }

    private Instant now() {
        return ground.clock().instant();
    }
}
