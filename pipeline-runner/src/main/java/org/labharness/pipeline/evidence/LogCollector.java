package org.labharness.pipeline.evidence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
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
    private static final int SHORTEST_ERROR = "error".length();
    private static final Pattern ESCAPES =
            Pattern.compile("\u001B(\\[[0-9;?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(\u0007|\u001B\\\\)?|.?)");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\t]]|[\u202A-\u202E\u2066-\u2069]");
    private static final Pattern ERROR = Pattern.compile(
            "(?i).*(\\b[a-z0-9.]*(error|exception)\\b|\\bkilled\\b|no such file|: permission denied"
                    + "|: (command )?not found$|: (?:unbound variable|bad substitution)$|: syntax error|: invalid option|: cannot execute\\b|: can(?:'|no)t open|bad interpreter|: (?:not|is) a directory$|: unexpected eof|\\bno rule to make target\\b).*");

    /** "errors" that a sentence, a summary or a wrapping tool speaks of after the error itself was said. */
    private static final Pattern SPOKEN_OF = Pattern.compile(
            ".*\\bmlflow\\.cli: === Run .*|(?=.*(?i:error|exception))(?!.*(?:ERROR|CRITICAL|FATAL|(?i:(?:error|exception)\\b\\s*[:\\])]|\\bkilled\\b|no such file|not found"
                    + "|permission denied|syntax error: |cannot execute|^\\S*(?:error|exception)\\s*$))).*");

    private final List<String> head = new ArrayList<>();
    private final Deque<String> tail = new ArrayDeque<>();
    private final byte[] line = new byte[MAX_LINE * 4];
    private int length;
    private boolean returned;
    private long bytes;
    private String lastError = "";

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
                clean(lastError).strip(),
                bytes);
    }

    /** A cheap look first: a flood of millions of short lines must not cost seconds. */
    private static boolean mayNameError(String text) {
        if (text.length() < SHORTEST_ERROR) {
            return false;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("error")
                || lower.contains("exception")
                || lower.contains("killed")
                || lower.contains("no such file")
                || lower.contains("not found")
                || lower.contains("no rule to make")
                || lower.contains("permission denied")
                || lower.contains("unbound variable")
                || lower.contains("bad substitution")
                || lower.contains("invalid option")
                || lower.contains("cannot execute")
                || lower.contains("t open")
                || lower.contains("bad interpreter")
                || lower.contains("a directory")
                || lower.contains("unexpected eof");
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
        if (mayNameError(text) && ERROR.matcher(text).matches()) {
            if (lastError.isEmpty() || !SPOKEN_OF.matcher(text).matches()) {
                lastError = text;
            }
        }
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
