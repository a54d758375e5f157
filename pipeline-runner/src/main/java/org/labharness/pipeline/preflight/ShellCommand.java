package org.labharness.pipeline.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

/**
 * One simple command of a shell line: its words without quotes and without variables set before it.
 *
 * @param folder in which it runs, relative to the repository; empty for the root
 */
record ShellCommand(List<String> words, String folder) {
    private static final int LONGEST = 20_000;
    private static final int MOST = 200;
    /** Programs that run a command in an environment that they manage; the run has programs of these names. */
    static final Set<String> ENVIRONMENT_TOOLS =
            Set.of("uv", "poetry", "rye", "pipenv", "pdm", "hatch", "conda", "mamba", "micromamba", "pixi");

    private static final Set<String> WITH_VALUE = Set.of(
            "-n",
            "--name",
            "-p",
            "--prefix",
            "--python",
            "--with",
            "--group",
            "--extra",
            "-e",
            "--env",
            "--environment");

    ShellCommand {
        words = List.copyOf(words);
    }

    static List<ShellCommand> all(Stage stage) {
        List<ShellCommand> found = new ArrayList<>();
        stage.commands().forEach(command -> found.addAll(all(command, stage.workingDirectory())));
        return found;
    }

    static List<ShellCommand> all(String line, String folder) {
        String text = line.length() > LONGEST ? line.substring(0, LONGEST) : line;
        List<ShellCommand> found = new ArrayList<>();
        String here = folder;
        for (List<String> words : split(text)) {
            List<String> bare = withoutPrefixes(words);
            if (bare.size() > 1 && bare.getFirst().equals("cd")) {
                here = Paths.join(here, bare.get(1));
            } else if (!bare.isEmpty() && found.size() < MOST) {
                found.add(new ShellCommand(bare, here));
            }
        }
        return found;
    }

    private static List<String> withoutPrefixes(List<String> words) {
        int from = 0;
        while (from < words.size()
                && (words.get(from).matches("[A-Za-z_][A-Za-z0-9_]{0,99}=.*")
                        || List.of("env", "time", "exec", "nohup", "nice", "then", "do", "else", "if", "!", "{")
                                .contains(words.get(from)))) {
            from++;
        }
        return withoutTool(words.subList(from, words.size()));
    }

    /** {@code python x.py} of {@code uv run --with pandas python x.py}. */
    private static List<String> withoutTool(List<String> words) {
        int run = words.indexOf("run");
        if (run < 1
                || !ENVIRONMENT_TOOLS.contains(words.getFirst())
                || !words.subList(1, run).stream().allMatch(word -> word.startsWith("-"))) {
            return words;
        }
        int from = run + 1;
        while (from < words.size() && words.get(from).startsWith("-")) {
            from += WITH_VALUE.contains(words.get(from)) ? 2 : 1;
        }
        List<String> rest = words.subList(Math.min(from, words.size()), words.size());
        if (!rest.isEmpty() && rest.getFirst().endsWith(".py")) {
            return Stream.concat(Stream.of("python"), rest.stream()).toList();
        }
        return rest.isEmpty() ? words : rest;
    }

    private static List<List<String>> split(String text) {
        List<List<String>> commands = new ArrayList<>();
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (quote != 0) {
                if (letter == quote) {
                    quote = 0;
                } else {
                    word.append(letter);
                }
            } else if (letter == '"' || letter == '\'') {
                quote = letter;
                inWord = true;
            } else if (letter == '\\' && i + 1 < text.length()) {
                i++;
                if (isWindowsPath(text, i)) {
                    word.append('/').append(text.charAt(i));
                } else if (text.charAt(i) != '\n') {
                    word.append(text.charAt(i));
                    inWord = true;
                }
            } else if (Character.isWhitespace(letter) || ";|&()".indexOf(letter) >= 0) {
                if (inWord || !word.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
                inWord = false;
                boolean redirected = letter == '&' && i > 0 && text.charAt(i - 1) == '>';
                if ((letter == '\n' || ";|&()".indexOf(letter) >= 0) && !redirected) {
                    commands.add(words);
                    words = new ArrayList<>();
                }
            } else {
                word.append(letter);
            }
        }
        if (inWord || !word.isEmpty()) {
            words.add(word.toString());
        }
        commands.add(words);
        return commands.stream().filter(each -> !each.isEmpty()).toList();
    }

    /** Nobody quotes a letter in the middle of a word; what follows the backslash there is a folder's content, on Windows. */
    private static boolean isWindowsPath(String text, int after) {
        return after > 1
                && (Character.isLetterOrDigit(text.charAt(after)) || text.charAt(after) == '_')
                && (Character.isLetterOrDigit(text.charAt(after - 2)) || "._-".indexOf(text.charAt(after - 2)) >= 0);
    }

    /** The program without its folder. */
    String program() {
        String first = words.getFirst();
        return first.substring(Math.max(first.lastIndexOf('/'), first.lastIndexOf('\\')) + 1);
    }

    /** A word by its number; empty where there are fewer. */
    String word(int index) {
        return index < words.size() ? words.get(index) : "";
    }

    private boolean isPython() {
        return program().matches("python[0-9.]{0,5}(?:\\.exe)?|py|pypy3?");
    }

    /** The index of what python is to run, after its options. */
    private int afterOptions() {
        int at = 1;
        while (at < words.size()
                && words.get(at).startsWith("-")
                && !List.of("-m", "-c").contains(words.get(at))) {
            at += List.of("-W", "-X").contains(words.get(at)) ? 2 : 1;
        }
        return at;
    }

    /** {@code a.b} of {@code python -m a.b}. */
    Optional<String> pythonModule() {
        int at = isPython() ? afterOptions() : words.size();
        return word(at).equals("-m") && at + 1 < words.size() ? Optional.of(words.get(at + 1)) : Optional.empty();
    }

    /** The Python file that is run, relative to the repository; empty where none is, or its name is made by the shell. */
    Optional<String> script() {
        String path = isPython() ? word(afterOptions()) : words.getFirst();
        boolean plain = path.endsWith(".py") && !path.contains("$") && !path.contains("*") && !path.contains("\\");
        if (!plain || path.startsWith("/") || path.startsWith("~")) {
            return Optional.empty();
        }
        String joined = Paths.join(folder, path);
        return joined.startsWith("..") ? Optional.empty() : Optional.of(joined);
    }

    String shown() {
        String line = String.join(" ", words);
        return line.length() > 60 ? line.substring(0, 59) + "…" : line;
    }
}
