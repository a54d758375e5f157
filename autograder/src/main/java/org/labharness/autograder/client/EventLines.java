package org.labharness.autograder.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Server-sent events as they come, read in a thread of their own so that silence can be told from an end. */
final class EventLines implements AutoCloseable {
    private static final int LONGEST = 1 << 20;
    private static final String END = "\n";

    private final InputStream in;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(1_000);
    private final Thread reader;

    EventLines(InputStream in) {
        this.in = in;
        this.reader = Thread.ofVirtual().name("events").start(this::read);
    }

    /** @param id empty where it has none */
    record Event(String name, String id, String data) {}

    /** The next one; empty where the answer has ended, or nothing at all was heard for so long. */
    Optional<Event> next(Duration silence) throws InterruptedException {
        String name = "message";
        String id = "";
        StringBuilder data = new StringBuilder();
        while (true) {
            String line = lines.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null || line.equals(END)) {
                return Optional.empty();
            }
            if (line.isEmpty() && !data.isEmpty()) {
                return Optional.of(new Event(name, id, data.toString()));
            }
            String value = line.replaceFirst("^[a-z]+: ?", "");
            if (line.startsWith("event:")) {
                name = value;
            } else if (line.startsWith("id:")) {
                id = value;
            } else if (line.startsWith("data:") && data.length() < LONGEST) {
                data.append(value);
            }
        }
    }

    private void read() {
        try (BufferedInputStream bytes = new BufferedInputStream(in)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int one = bytes.read(); one >= 0 && line.size() < LONGEST; one = bytes.read()) {
                if (one == '\n') {
                    lines.put(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                } else if (one != '\r') {
                    line.write(one);
                }
            }
            lines.put(END);
        } catch (IOException cut) {
            lines.offer(END);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        reader.interrupt();
        try {
            in.close();
        } catch (IOException closed) {
            // it is over either way
        }
    }
}
