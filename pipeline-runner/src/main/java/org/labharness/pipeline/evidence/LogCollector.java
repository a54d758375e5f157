package org.labharness.pipeline.evidence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps head, tail and the last error line of a log of any size in bounded memory. One thread may add while another
 * looks at what is kept so far.
 *
 * <p>Lines are cut at 2,000 characters; a carriage return starts the line anew, as on a terminal; escape sequences and control
 * characters are dropped.
 */
public final class LogCollector {
    private static final int HEAD_LINES = 40;
    private static final int TAIL_LINES = 80;
    private static final int MAX_LINE = 2_000;
    private static final Pattern ESCAPES =
            Pattern.compile("\u001B(\\[[0-9;?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(\u0007|\u001B\\\\)?|.?)");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\t]]|[\u202A-\u202E\u2066-\u2069]");

    private final List<String> head = new ArrayList<>();
    private final Deque<String> tail = new ArrayDeque<>();
    private final byte[] line = new byte[MAX_LINE * 4];
    private int length;
    private boolean returned;
    private long bytes;
    private final LastError lastError = new LastError();

    /** Adds the next bytes of the log. */
    public synchronized void add(byte[] chunk) {
        bytes += chunk.length;
        for (byte b : chunk) {
            if (b == '\n') {
                endLine();
            } else if (b == '\r') {
                returned = true;
            } else {
                append(b);
            }
        }
    }

    /** What is kept so far. */
    public synchronized LogExcerpt excerpt() {
        if (length > 0) {
            endLine();
        }
        return new LogExcerpt(
                head.stream().map(LogCollector::clean).toList(),
                tail.stream().map(LogCollector::clean).toList(),
                clean(lastError.line()).strip(),
                bytes);
    }

    private void append(byte b) {
        if (returned) {
            length = 0;
            returned = false;
        }
        if (length < line.length) {
            line[length++] = b;
        }
    }

    private void endLine() {
        String text = new String(line, 0, length, StandardCharsets.UTF_8);
        length = 0;
        returned = false;
        lastError.read(text);
        if (head.size() < HEAD_LINES) {
            head.add(text);
            return;
        }
        tail.add(text);
        if (tail.size() > TAIL_LINES) {
            tail.remove();
        }
    }

    private static String clean(String text) {
        String plain = CONTROLS.matcher(ESCAPES.matcher(text).replaceAll("")).replaceAll("");
        return plain.length() > MAX_LINE ? plain.substring(0, MAX_LINE) + "…" : plain;
    }
}
