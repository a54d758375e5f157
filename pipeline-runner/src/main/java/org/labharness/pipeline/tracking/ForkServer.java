package org.labharness.pipeline.tracking;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/** The harness's end of the line to {@code server.py}, whose text explains the words that are exchanged. */
final class ForkServer {
    private final SocketChannel channel;
    private final Map<String, Child> children = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /**
     * @param started completes when connections are accepted, exceptionally (SystemBroke) where it never came to that
     * @param ended completes with the reason when no process of it is left
     */
    record Child(String id, CompletableFuture<Void> started, CompletableFuture<String> ended) {}

    ForkServer(SocketChannel channel) {
        this.channel = channel;
        Thread.ofPlatform().daemon().name("tracking-control").start(this::listen);
    }

    /** Completes with MLflow's version when it can serve. */
    CompletableFuture<String> ready() {
        return ready;
    }

    /** Completes when the line is cut, from whichever end. */
    CompletableFuture<Void> over() {
        return over;
    }

    boolean isOver() {
        return over.isDone();
    }

    Child serve(String id, int uid, String folder, String socket, ServerLimits limits) {
        Child child = new Child(id, new CompletableFuture<>(), new CompletableFuture<>());
        children.put(id, child);
        send("serve\t" + id + "\t" + uid + "\t" + folder + "\t" + socket + "\t" + limits.words());
        if (isOver()) {
            forget(child, "the process that holds the tracking servers has ended");
        }
        return child;
    }

    void stop(Child child) {
        if (!child.ended.isDone()) {
            send("stop\t" + child.id);
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            end(); // nothing more can be done with it
        }
    }

    private void send(String line) {
        writing.lock();
        try {
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            end();
        } finally {
            writing.unlock();
        }
    }

    private void listen() {
        try (BufferedReader lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                hear(line.split("\t", 3));
            }
            end();
        } catch (IOException e) {
            end();
        }
    }

    private void hear(String[] words) {
        Child child = words.length < 2 ? null : children.get(words[1]);
        switch (words[0]) {
            case "ready" -> ready.complete(words.length < 2 ? "" : words[1]);
            case "started" -> {
                if (child != null) {
                    child.started.complete(null);
                }
            }
            case "ended" -> {
                if (child != null) {
                    forget(child, words.length < 3 ? "" : words[2]);
                }
            }
            default -> close(); // it is not the program that we know
        }
    }

    private void forget(Child child, String reason) {
        children.remove(child.id);
        child.started.completeExceptionally(broke("the tracking server did not start: " + reason));
        child.ended.complete(reason);
    }

    private void end() {
        over.complete(null);
        ready.completeExceptionally(broke("the container of the tracking servers ended before it was ready"));
        children.values().forEach(child -> forget(child, "the container of the tracking servers ended"));
    }

    static SystemBroke broke(String message) {
        return new SystemBroke(Breakdown.TRACKING_SERVER, message);
    }
}
