package org.labharness.pipeline.document;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds values in files of assignments, one a line: INI, or variables of an environment. Of two with the same name the last counts. */
final class AssignmentSpans {
    private static final Pattern SECTION = Pattern.compile("\\s*\\[\\s*([^\\]]+?)\\s*\\]\\s*(?:[#;].*)?");
    private static final Pattern INI =
            Pattern.compile("\\s*([^\\s=:#;\\[](?:[^=:]{0,200}[^\\s=:])?)\\s*[=:]\\s*(\\S.*?)(?:\\s+[#;].*)?");
    private static final Pattern VARIABLE =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_]\\w*)\\s*=\\s*(.*?)(?:\\s+#.*)?");
    private static final int LONGEST_LINE = 10_000;

    private AssignmentSpans() {}

    /** Finds values of {@code section.name}, or of {@code name} outside of any section. */
    static Map<String, ValueSpan> ini(String text, Set<String> dotted) {
        return of(text, dotted, INI);
    }

    /** Finds values of {@code NAME=value}, quoted or not, {@code export} before it or not. */
    static Map<String, ValueSpan> environment(String text, Set<String> dotted) {
        return of(text, dotted, VARIABLE);
    }

    private static Map<String, ValueSpan> of(String text, Set<String> dotted, Pattern assignment) {
        Map<String, ValueSpan> found = new HashMap<>();
        String section = "";
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            String line =
                    end - start > LONGEST_LINE ? "" : text.substring(start, end).stripTrailing();
            Matcher heading = SECTION.matcher(line);
            Matcher assigned = assignment.matcher(line);
            if (heading.matches()) {
                section = heading.group(1) + ".";
            } else if (assigned.matches() && dotted.contains(section + assigned.group(1))) {
                found.put(
                        section + assigned.group(1),
                        unquoted(text, start + assigned.start(2), start + assigned.end(2)));
            }
            start = end + 1;
        }
        return found;
    }

    private static ValueSpan unquoted(String text, int start, int end) {
        boolean quoted = end - start > 1
                && (text.charAt(start) == '"' || text.charAt(start) == '\'')
                && text.charAt(start) == text.charAt(end - 1);
        return quoted ? ValueSpan.of(text, start + 1, end - 1) : ValueSpan.of(text, start, end);
    }
}
