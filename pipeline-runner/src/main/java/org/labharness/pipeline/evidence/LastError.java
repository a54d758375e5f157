package org.labharness.pipeline.evidence;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Picks the last line that says what went wrong out of a log that it is shown line by line: what ends a traceback, whatever the
 * exception is called; what names an error; and the complaint of a tool that closes it with a hint, though it names no error.
 */
final class LastError {
    private static final int SHORTEST_ERROR = "error".length();
    private static final Pattern ERROR = Pattern.compile(
            "(?i).*(\\b[a-z0-9.]*(error|exception)\\b|\\bkilled\\b|no such file|: permission denied"
                    + "|: (command )?not found$|: (?:unbound variable|bad substitution)$|: syntax error|: invalid option|: cannot execute\\b|: can(?:'|no)t open|bad interpreter|: (?:not|is) a directory$|: unexpected eof|\\bno rule to make target\\b).*");

    /** "errors" that a sentence, a summary or a wrapping tool speaks of after the error itself was said. */
    private static final Pattern SPOKEN_OF = Pattern.compile(
            ".*\\bmlflow\\.cli: === Run .*|(?=.*(?i:error|exception))(?!.*(?:ERROR|CRITICAL|FATAL|(?i:(?:error|exception)\\b\\s*[:\\])]|\\bkilled\\b|no such file|not found"
                    + "|permission denied|syntax error: |cannot execute|^\\S*(?:error|exception)\\s*$))).*");

    /** What a tool raises because the command that it started had failed. */
    private static final Pattern WRAPPED =
            Pattern.compile("Exception: Command '.*' returned non zero return code\\..*");

    private static final String TRACEBACK = "Traceback (most recent call last)";
    private static final Pattern RAISED = Pattern.compile("[A-Za-z_][\\w.]{0,199}(?::(?: .*)?)?");

    /** How a line begins that says what was wrong; too weak to stand by itself, enough where a hint follows. */
    private static final Pattern COMPLAINT = Pattern.compile(
            "(?i:could not |couldn't |can(?:no|')t |unable to |failed to |you must |you need |missing |invalid |unknown |unsupported |unexpected"
                    + " |unrecognized |no (?:such|viable|matching) |mismatched |multiple values |error (?!executing job )|in '[^']{1,200}': |thread '[^']{1,200}'"
                    + " panicked |primary config )|(?:Key|Value|Option|Interpolation key) '|[A-Za-z]{1,60}(?:Error|Exception)\\(");

    private static final Set<String> BEGINNINGS = Set.of(
            "could",
            "couldn",
            "can",
            "cannot",
            "unable",
            "failed",
            "you",
            "missing",
            "invalid",
            "unknown",
            "unsupported",
            "unexpected",
            "unrecognized",
            "no",
            "mismatched",
            "multiple",
            "in",
            "thread",
            "primary",
            "key",
            "value",
            "option",
            "interpolation");

    private String last = "";
    private String complaint = "";
    private boolean inTraceback;

    /** The line, as it was read; empty where there was none. */
    String line() {
        return last;
    }

    void read(String text) {
        if (inTraceback && !text.isEmpty() && !isFrame(text)) {
            inTraceback = false;
            if (RAISED.matcher(text).matches() && !(WRAPPED.matcher(text).matches() && !last.isEmpty())) {
                take(text);
                return;
            }
        }
        if (text.contains(TRACEBACK)) {
            inTraceback = true;
        } else if (HintLine.is(text)) {
            close();
        } else if (mayNameError(text)
                && ERROR.matcher(text).matches()
                && !WRAPPED.matcher(text).matches()) {
            named(text);
        } else if (isComplaint(text)) {
            complaint = text;
        }
    }

    /** Code and places are indented, or in the box that some libraries draw. */
    private static boolean isFrame(String text) {
        char first = text.charAt(0);
        return Character.isWhitespace(first) || first == '\u001B' || "│╭╰".indexOf(first) >= 0;
    }

    private void named(String text) {
        if (!SPOKEN_OF.matcher(text).matches()) {
            take(text);
            return;
        }
        if (last.isEmpty()) {
            last = text;
        }
        if (isComplaint(text)) {
            complaint = text;
        }
    }

    private static boolean isComplaint(String text) {
        String word = FirstWord.of(text);
        return (BEGINNINGS.contains(word) || word.endsWith("error") || word.endsWith("exception"))
                && COMPLAINT.matcher(text).lookingAt();
    }

    private void take(String text) {
        last = text;
        complaint = "";
    }

    private void close() {
        if (!complaint.isEmpty()) {
            take(complaint);
        }
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
}
