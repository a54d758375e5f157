package org.labharness.pipeline.collect.dvc;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stage's command that was written for the shell of Windows: DVC takes it to whatever shell the machine has, and to that of Linux a
 * backslash quotes the next letter, {@code set X=1} sets nothing, and {@code %X%} is plain text.
 *
 * @param unix the same for the shell of Linux; equal to the command where nothing had to change
 * @param changed what was changed, as it was written, sorted
 */
public record WindowsCommand(String unix, List<String> changed) {
    private static final int LONGEST = 4_000; // the patterns take its square
    private static final Pattern PATH = Pattern.compile("(?<![\\w\\\\/.:-])(?:\\.\\\\)?[\\w.-]+(?:\\\\[\\w.-]+)+");
    private static final Pattern SET =
            Pattern.compile("(?<=^|&|;|\\n)(\\s*)set\\s+\"?([A-Za-z_]\\w*)=([^&|;\"\\n]*?)\"?\\s*(?=$|&|;|\\n)");
    private static final Pattern PROGRAM = Pattern.compile(
            "(?<![\\w\\\\/.-])(?:\\.\\\\)?[\\w.-]+\\\\Scripts\\\\(python|dvc|mlflow)(?:\\.exe)?(?![\\w.])"
                    + "|(?<![\\w\\\\/.-])(?:python|py)\\.exe(?![\\w.])|(?<=^|&|;|\\n)\\s*py(?:\\s+-(?:V:)?[0-9][\\w.-]*)?(?=\\s)");
    private static final Pattern VARIABLE = Pattern.compile("%([A-Za-z_]\\w*)%");

    private static final Pattern WRITTEN_PROGRAM = Pattern.compile(
            "[\\w.\\\\-]*\\\\Scripts\\\\(\\w+)(?:\\.exe)?|(?<![\\w\\\\/.])(?:(?:python|py)\\.exe|py(?: -\\S+)?)(?=,|$)");

    public WindowsCommand {
        changed = List.copyOf(changed);
    }

    /** @param exists whether there is such a file or folder, by its path with slashes, where the command runs */
    public static WindowsCommand of(String command, Predicate<String> exists) {
        if (command.length() > LONGEST) {
            return new WindowsCommand(command, List.of());
        }
        Set<String> changed = new TreeSet<>();
        String unix = PROGRAM.matcher(command)
                .replaceAll(match ->
                        noted(changed, match.group().strip(), match.group(1) == null ? "python" : match.group(1)));
        unix = PATH.matcher(unix).replaceAll(match -> {
            String path = match.group().replace('\\', '/');
            return Matcher.quoteReplacement(exists.test(path) ? noted(changed, match.group(), path) : match.group());
        });
        unix = SET.matcher(unix)
                .replaceAll(match -> Matcher.quoteReplacement(match.group(1)
                        + noted(
                                changed,
                                match.group().strip(),
                                "export " + match.group(2) + "='"
                                        + match.group(3).strip().replace("'", "'\"'\"'") + "'")
                        + " "));
        if (!changed.isEmpty()) {
            unix = VARIABLE.matcher(unix)
                    .replaceAll(match ->
                            Matcher.quoteReplacement(noted(changed, match.group(), "${" + match.group(1) + "}")));
        }
        return new WindowsCommand(unix, List.copyOf(changed));
    }

    /** What to write instead. */
    public String advice() {
        return advice(String.join(", ", changed));
    }

    /** @param written what was changed, with commas between */
    public static String advice(String written) {
        List<String> sentences = new ArrayList<>();
        Matcher program = WRITTEN_PROGRAM.matcher(written);
        if (program.find()) {
            String name = program.group(1) == null ? "python" : program.group(1);
            sentences.add("Write '" + name + "' instead of '" + program.group().replaceFirst("^\\.\\\\", "")
                    + "': once the environment is activated, that works on every system.");
        }
        if (program.replaceAll("").contains("\\")) {
            sentences.add("Write paths with '/', which works on Windows too.");
        }
        if (written.matches("(?:.*, )?set .*|.*%\\w+%.*")) {
            sentences.add("Take 'set ...' and '%...%' out: let the script read params.yaml.");
        }
        return String.join(" ", sentences);
    }

    private static String noted(Set<String> changed, String from, String to) {
        changed.add(from);
        return to;
    }
}
