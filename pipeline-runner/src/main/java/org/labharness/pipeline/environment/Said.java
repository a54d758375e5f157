package org.labharness.pipeline.environment;

import java.util.List;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.sandbox.ExecutionResult;

/** What containers that build something printed. */
final class Said {
    private Said() {}

    /** The line that says most about how it ended. */
    static String words(ExecutionResult result) {
        LogExcerpt log = result.log();
        if (!log.lastError().isEmpty()) {
            return log.lastError();
        }
        List<String> lines = log.tail().isEmpty() ? log.head() : log.tail();
        return lines.isEmpty() ? "it said nothing" : lines.getLast();
    }
}
