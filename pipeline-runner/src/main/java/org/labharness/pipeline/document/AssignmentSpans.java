package org.labharness.pipeline.document;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds values in files of assignments, one a line: TOML, INI, or Python, whose classes are sections. */
final class AssignmentSpans {
    private static final Pattern SECTION = Pattern.compile("\\s*\\[+\\s*([^\\]]+?)\\s*\\]+\\s*(?:#.*)?");
    private static final Pattern CLASS = Pattern.compile("class\\s+([A-Za-z_]\\w*)\\b.*:\\s*(?:#.*)?");
    private static final Pattern ASSIGNMENT = Pattern.compile(
            "(\\s*)([A-Za-z_\"'][\\w.\"'-]*)\\s*(?::[^=]{0,100})?=\\s*(\"[^\"]*\"|'[^']*'|[^\\s#=][^#]*?)\\s*(?:[#;].*)?");
    private static final int LONGEST_LINE = 10_000;

    private AssignmentSpans() {}

    /** Finds values of {@code section.name}, or of {@code name} outside of any section. */
    static Map<String, ValueSpan> of(String text, Set<String> dotted) {
        Map<String, ValueSpan> found = new HashMap<>();
        String section = "";
        boolean inClass = false;
        int start = 0;
        while (start < text.length() && found.size() < dotted.size()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            String line = text.substring(start, end).stripTrailing();
            Matcher heading = SECTION.matcher(line);
            Matcher definition = CLASS.matcher(line);
            Matcher assignment = ASSIGNMENT.matcher(line);
            if (line.length() > LONGEST_LINE) {
                inClass = false;
            } else if (heading.matches()) {
                section = heading.group(1).replace("\"", "") + ".";
            } else if (definition.matches()) {
                section = definition.group(1) + ".";
                inClass = true;
            } else if (assignment.matches()) {
                boolean left = inClass && assignment.group(1).isEmpty();
                section = left ? "" : section;
                inClass &= !left;
                String name = assignment.group(2).replaceAll("[\"']", "");
                if (dotted.contains(section + name)) {
                    found.putIfAbsent(
                            section + name, new ValueSpan(start + assignment.start(3), start + assignment.end(3)));
                }
            }
            start = end + 1;
        }
        return found;
    }
}
