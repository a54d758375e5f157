package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A process beside the harness, in a session of its own, that cleans up when the harness dies. It holds the read end of a pipe whose
 * other end the harness holds: the word {@code bye} says that all was closed properly; the pipe's end without it says that the harness
 * is dead.
 */
final class Guardian {
    static final String BYE = "bye";
    private static final long MAX_MILLIS = 30_000;
    private static final long LOOK_MILLIS = 150;

    private Guardian() {}

    /** @param args instance, state folder, root folder, the engine's socket */
    public static void main(String[] args) throws IOException, InterruptedException {
        Leftovers leftovers =
                new Leftovers(args[0], Path.of(args[1]), Path.of(args[2]), new EngineSocket(Path.of(args[3])));
        String word = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        if (word.strip().equals(BYE)) {
            return;
        }
        haltLater();
        leftovers.removeAll(MAX_MILLIS, LOOK_MILLIS);
    }

    /** An engine that hangs must not keep this process for ever. */
    private static void haltLater() {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Thread.sleep(2 * MAX_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(1);
        });
    }
}
