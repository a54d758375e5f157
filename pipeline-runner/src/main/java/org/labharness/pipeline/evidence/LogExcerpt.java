package org.labharness.pipeline.evidence;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is kept of a log, control characters removed.
 *
 * @param head first lines
 * @param tail last lines, none of them in {@code head}
 * @param lastError the last line that names an error or exception, without the time at which it was logged, or empty
 * @param bytes size of the whole log, also of what was not kept
 */
public record LogExcerpt(List<String> head, List<String> tail, String lastError, long bytes) {
    public static final LogExcerpt EMPTY = new LogExcerpt(List.of(), List.of(), "", 0);

    public LogExcerpt {
        head = List.copyOf(head);
        tail = List.copyOf(tail);
        lastError = LogStamp.without(lastError);
    }

    /** The last line with a letter or digit in it, but a hint on how to see more, without the time at which it was logged; empty where there is none. */
    public String lastLine() {
        return LogStamp.without(Stream.concat(head.stream(), tail.stream())
                .filter(line -> line.codePoints().anyMatch(Character::isLetterOrDigit) && !HintLine.is(line))
                .reduce("", (earlier, later) -> later));
    }

    /** The line that says most about how it ended: the last that names an error, else the last; empty where there is none. */
    public String closingLine() {
        return lastError.isEmpty() ? lastLine() : lastError;
    }
}
