package org.labharness.autograder.queue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.labharness.lab.Sha256;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.Held;

/**
 * What a worker is called, such as {@code grader-1/5f3a9c0e}. A file that it holds shows others of this machine whether it lives: the
 * operating system lets go of it however the process ends. Those of other machines are known by their heartbeats alone.
 */
final class WorkerName implements AutoCloseable {
    private static final int DIGEST = 16;

    private final Path folder;
    private final String host;
    private final String name;
    private final Held held;

    private WorkerName(Path folder, String host, String name, Held held) {
        this.folder = folder;
        this.host = host;
        this.name = name;
        this.held = held;
    }

    /** @param home the state folder */
    static WorkerName take(Path home) {
        Path folder = home.resolve("locks");
        String own = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        Held held = Held.take(file(folder, own), Duration.ZERO)
                .orElseThrow(() -> new SystemBroke(Breakdown.INTERNAL, "another worker is called " + own));
        String host = host();
        return new WorkerName(folder, host, host + "/" + own, held);
    }

    private static String host() {
        try {
            String name = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
            return name.substring(0, Math.min(60, name.length()));
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    private static Path file(Path folder, String own) {
        return folder.resolve("worker-" + own + ".lock");
    }

    /** Whether a worker is one of this state folder whose process has ended. */
    boolean isDead(String other) {
        if (other.equals(name) || !other.matches("\\Q" + host + "\\E/[0-9a-f]{8}")) {
            return false;
        }
        Path file = file(folder, other.substring(host.length() + 1));
        if (!Files.exists(file)) {
            return false;
        }
        try {
            Optional<Held> free = Held.tryTake(file);
            if (free.isPresent()) {
                free.get().close();
                return true;
            }
            return false;
        } catch (IOException unreadable) {
            return false; // its heartbeats will tell
        }
    }

    /** The machine, and the state folder by its digest, such as {@code grader-1/1f0c2d4e5a6b7c8d}. */
    String place() {
        MessageDigest digest = Sha256.begin();
        digest.update(folder.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8));
        return host + "/" + Sha256.hex(digest).substring(0, DIGEST);
    }

    /** Removes what dead ones have left, once nothing bears their names any more. */
    void forget(String dead) {
        try {
            Files.deleteIfExists(file(folder, dead.substring(host.length() + 1)));
        } catch (IOException stays) {
            // an empty file
        }
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() {
        held.close();
        forget(name);
    }
}
