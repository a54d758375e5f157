package org.labharness.pipeline.preflight;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Text;

/** Which Python the submission asks for or is written for, against those that the grader has. */
final class PythonVersionQuirk implements Quirk {
    private static final List<Integer> AVAILABLE = List.of(11, 13);
    private static final Pattern CLAUSE =
            Pattern.compile("\\s*(==|~=|>=|<=|!=|>|<|\\^|=)?\\s*3\\.(\\d{1,2})(?:\\.[\\d*]{1,3})?\\s*");

    private final @Nullable NewerPython newer;

    /** @param newer what shows that the code is written for a newer Python than 3.11, or null */
    PythonVersionQuirk(@Nullable NewerPython newer) {
        this.newer = newer;
    }

    private record Asked(String version, Place where) {}

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        asked(view)
                .filter(asked -> AVAILABLE.stream().noneMatch(minor -> fits(asked.version(), minor)))
                .ifPresent(asked -> findings.accept(FindingCode.ENV_PYTHON_VERSION.at(
                        asked.where(),
                        asked.where() + " asks for Python " + asked.version()
                                + ". The grader has 3.11 and 3.13 and uses one of them.",
                        "Try the work with Python 3.11 or 3.13, and ask for a range: requires-python = \">=3.10\".")));
        if (newer != null) {
            findings.accept(FindingCode.ENV_NEWER_SYNTAX.at(
                    newer.where(),
                    newer.where() + " " + newer.what()
                            + ". The grader takes its Python 3.13 for this submission, unless the lab fixes"
                            + " another.",
                    "Nothing has to be done here. For others write which Python you use: requires-python = \">=3.12\" in"
                            + " pyproject.toml, or 3.12 in a file .python-version."));
        }
    }

    private static Optional<Asked> asked(TreeView view) {
        return plain(view, ".python-version")
                .or(() -> plain(view, "runtime.txt"))
                .or(() -> document(view, "pyproject.toml", "project.requires-python"))
                .or(() -> document(view, "pyproject.toml", "tool.poetry.dependencies.python"))
                .or(() -> document(view, "python_env.yaml", "python"));
    }

    private static Optional<Asked> plain(TreeView view, String path) {
        return view.tree()
                .text(path, 1_000)
                .map(Text::content)
                .flatMap(text -> text.lines().findFirst())
                .map(line -> line.strip().replaceFirst("^(?:python-|cpython-)", ""))
                .filter(line -> !line.isEmpty())
                .map(line -> new Asked(line, new Place(path, 1)));
    }

    private static Optional<Asked> document(TreeView view, String path, String key) {
        if (!view.has(path)) {
            return Optional.empty();
        }
        return Documents.read(view.tree(), path)
                .document()
                .flatMap(doc -> doc.at(key))
                .flatMap(value -> value.string().map(text -> new Asked(text, new Place(path, value.line()))));
    }

    /** What cannot be understood fits. */
    static boolean fits(String version, int minor) {
        for (String clause : version.split(",", -1)) {
            Matcher matcher = CLAUSE.matcher(clause);
            if (!matcher.matches()) {
                continue;
            }
            int asked = Integer.parseInt(matcher.group(2));
            String operator = matcher.group(1) == null ? "==" : matcher.group(1);
            boolean patch = clause.strip().matches(".*3\\.\\d{1,2}\\.\\d{1,3}");
            boolean fits = switch (operator) {
                case ">=" -> minor >= asked;
                case ">" -> patch ? minor >= asked : minor > asked;
                case "<=" -> minor <= asked;
                case "<" -> patch ? minor <= asked : minor < asked;
                case "!=" -> patch || minor != asked;
                case "^" -> minor >= asked;
                case "~=" -> patch ? minor == asked : minor >= asked;
                default -> minor == asked;
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
