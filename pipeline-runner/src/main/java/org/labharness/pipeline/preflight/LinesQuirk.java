package org.labharness.pipeline.preflight;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.labharness.lab.Finding;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

/** Commands over several lines ({@code cmd: |}): DVC starts a shell for each line of them. */
final class LinesQuirk implements Quirk {
    private static final int LONGEST = 20_000;
    private static final Pattern HEREDOC = Pattern.compile("(?<!<)<<-?\\s*['\"\\\\]?[A-Za-z_]\\w*");
    private static final Pattern GOES_ON =
            Pattern.compile(".*(?:(?:^|[\\s;])(?:do|then|else|in)|&&|\\||\\{|\\()\\s*$|.*(?<!\\\\)(?:\\\\\\\\)*\\\\$");
    private static final Pattern FOLDER = Pattern.compile("\\s*cd\\s+[^;&|]+$");

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        view.stages().filter(stage -> stage.commands().size() == 1).forEach(stage -> {
            String command = stage.commands().getFirst();
            List<String> lines = command.length() > LONGEST
                    ? List.of()
                    : command.lines().filter(line -> !line.isBlank()).toList();
            for (int i = 0; i + 1 < lines.size(); i++) {
                Optional<String> problem = problem(lines.get(i));
                if (problem.isPresent()) {
                    findings.accept(finding(stage, lines.get(i), problem.get()));
                    return;
                }
            }
        });
    }

    /** Why a line cannot stand alone. */
    private static Optional<String> problem(String line) {
        String bare = withoutQuoted(line);
        if (bare.strip().startsWith("#")) {
            return Optional.empty();
        }
        if (HEREDOC.matcher(line).find() && bare.contains("<<")) {
            return Optional.of("has its text ('<<') in the lines after it");
        }
        if (bare.contains("'") || bare.contains("\"")) {
            return Optional.of("opens a quote that a later line closes");
        }
        if (GOES_ON.matcher(bare).matches()) {
            return Optional.of("goes on in the next");
        }
        return FOLDER.matcher(bare).matches()
                ? Optional.of("changes the folder for itself alone, not for the lines after it")
                : Optional.empty();
    }

    /** With what is quoted taken out; a quote that is not closed stays. */
    private static String withoutQuoted(String line) {
        return line.replaceAll("\\\\['\"]", "").replaceAll("'[^']*'|\"[^\"]*\"", "");
    }

    private static Finding finding(Stage stage, String line, String problem) {
        String shown = line.strip();
        boolean text = problem.contains("'<<'") || problem.contains("quote");
        return FindingCode.STAGE_LINES_APART.at(
                stage.where(),
                "Stage '" + stage.name()
                        + "' has a command of several lines ('cmd: |'). DVC starts a shell of its own for each line, and this one "
                        + problem + ": " + (shown.length() > 60 ? shown.substring(0, 59) + "…" : shown) + ".",
                text
                        ? "Put the text into a file of its own in the repository and let the stage run that: python scripts/"
                                + stage.name() + ".py."
                        : "Put the lines into a script and let the stage run that (bash scripts/" + stage.name()
                                + ".sh), or write them as one line, with '&&' between commands.");
    }
}
