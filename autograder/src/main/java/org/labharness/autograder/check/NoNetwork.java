package org.labharness.autograder.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.labharness.lab.Finding;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.evidence.StageRun;

/**
 * A stage that fetches something from the network, which no run can reach. Elsewhere it may well have run: it is priced like one whose
 * data is out of reach. Who feigns it gains no more than by not pushing data.
 */
final class NoNetwork {
    /** Words of a host that has no name service and no route; a refused connection to a port of the machine itself is another thing. */
    private static final Pattern WORDS =
            Pattern.compile("(?i)name resolution|failed to resolve|name or service not known"
                    + "|nodename nor servname|getaddrinfo failed|could not resolve host|unable to resolve host|network is unreachable"
                    + "|no route to host|eai_again|offline ?mode ?is ?enabled|hf_hub_offline");

    private static final Pattern CHAINED =
            Pattern.compile("During handling of the above exception.*|The above exception was the direct cause.*");
    private static final String TRACEBACK = "Traceback (most recent call last)";
    private static final int LINES = 5;
    private static final String DOWNLOADS = "code.downloads";

    private NoNetwork() {}

    /** Whether the want of a network stopped it. */
    static boolean stopped(StageRun stage) {
        return stage.failedByItself()
                && (WORDS.matcher(stage.log().lastError()).find()
                        || ending(stage.log()).stream()
                                .anyMatch(line -> WORDS.matcher(line).find()));
    }

    /** What reading found of a download in the stage's own scripts. */
    static Optional<Finding> called(StageRun stage, StageScripts scripts) {
        return scripts.findings(DOWNLOADS, stage).stream().findFirst();
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
