package org.labharness.pipeline.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells from what a command printed whether the want of a network stopped it. */
public final class NetworkErrors {
    /** Words of a host that has no name service and no route; a refused connection to a port of the machine itself is another thing. */
    private static final Pattern WORDS =
            Pattern.compile("(?i)name resolution|failed to resolve '|name or service not known"
                    + "|nodename nor servname|getaddrinfo failed|could not resolve host|unable to resolve host|network is unreachable"
                    + "|no route to host|eai_again|offline ?mode ?is ?enabled|hf_hub_offline");

    private static final Pattern CHAINED =
            Pattern.compile("During handling of the above exception.*|The above exception was the direct cause.*");
    private static final String TRACEBACK = "Traceback (most recent call last)";
    private static final int LINES = 5;

    private NetworkErrors() {}

    /** Whether the last failure in a log is one. */
    public static boolean in(LogExcerpt log) {
        return WORDS.matcher(log.lastError()).find()
                || ending(log).stream().anyMatch(line -> WORDS.matcher(line).find());
    }

    /** Whether anything that was printed speaks of one, as where code catches the error and goes on without what it wanted. */
    public static boolean anywhere(LogExcerpt log) {
        return Stream.of(List.of(log.lastError()), log.head(), log.tail())
                .flatMap(List::stream)
                .anyMatch(line -> WORDS.matcher(line).find());
    }

    /** The last failure: a traceback with those that led to it, else the last lines. */
    private static List<String> ending(LogExcerpt log) {
        List<String> lines = new ArrayList<>(log.head());
        lines.addAll(log.tail());
        int start = lastTraceback(lines, lines.size());
        for (int before = start; before > 0; before = lastTraceback(lines, before)) {
            start = before;
            if (lines.subList(Math.max(0, before - 3), before).stream()
                    .noneMatch(line -> CHAINED.matcher(line.strip()).matches())) {
                break;
            }
        }
        return lines.subList(start < 0 ? Math.max(0, lines.size() - LINES) : start, lines.size());
    }

    private static int lastTraceback(List<String> lines, int end) {
        for (int i = end - 1; i >= 0; i--) {
            if (lines.get(i).contains(TRACEBACK)) {
                return i;
            }
        }
        return -1;
    }
}
