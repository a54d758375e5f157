package org.labharness.pipeline.evidence;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a line was logged, as the common formats of logging write it at the line's beginning or behind its level. Sentences leave it out: they
 * are the same from run to run. A time that a message speaks of stays.
 */
final class LogStamp {
    private static final String MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}";
    private static final String DATE = "(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
            + "|[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:[0-9]{4}|[0-9]{2})"
            + "|(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?(?:" + MONTH + " {1,2}[0-9]{1,2}|[0-9]{1,2}[ -]"
            + MONTH
            + ")(?:,?[ -][0-9]{4})?"
            + "|[IWEFC][0-9]{4})"; // glog's: level, month, day
    private static final String TIME = "[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[.,:][0-9]{1,9})?(?: ?[AaPp][Mm]\\b)?"
            + "(?: ?(?:Z\\b|UTC\\b|GMT\\b|[-+][0-9]{2}:?[0-9]{2}\\b))?(?: [0-9]{4}\\b)?";
    private static final String LEVEL = "(?:DEBUG|INFO|WARN|WARNING|ERROR|CRITICAL|FATAL)";
    private static final Pattern STAMP =
            Pattern.compile("^(\\s*(?:\\[?" + LEVEL + "]?[\\s:|-]{1,9}(?:[\\w.]{1,60}[\\s:|-]{1,9})?)?)"
                    + "(?:(?<open>[\\[(<])?(?:" + DATE + "(?:T|,?[ _]| - | \\| ))?" + TIME + "(?<close>[\\])>])?"
                    + "|[\\[(]?" + DATE + "[\\])]?(?=[\\s:|-]{1,9}\\[?" + LEVEL + "\\b))"
                    + "(?:\\s{0,9}(?:[|:,;]|-(?=\\s)))?\\s{0,9}");

    private LogStamp() {}

    /** The line without it; the line as it is where it holds nothing else. */
    static String without(String line) {
        Matcher stamp = STAMP.matcher(line);
        if (!stamp.find()) {
            return line;
        }
        String rest = line.substring(stamp.end());
        // Brackets around more than the time stay: "[16:07:55: ERROR/Main] ...".
        String open = stamp.group("open") == null || stamp.group("close") != null ? "" : stamp.group("open");
        return rest.isBlank() ? line : stamp.group(1) + open + rest;
    }
}
