package org.labharness.pipeline.preflight;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.ShellWord;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Mapping;

/** Parameters of an MLproject that are declared as {@code path}: MLflow runs nothing where such a path is not there. */
final class ProjectPaths {
    private static final String MAIN = "main";
    private static final Pattern URI = Pattern.compile("/.*|[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    /** Names of what code makes rather than reads. */
    private static final Pattern MADE = Pattern.compile(
            "(?i)(?:.*[_-])?(?:out|outputs?|save|saved|dest|destination|results?|logs?|artifacts?|reports?|plots?|figures?"
                    + "|target)(?:[_-].*)?");

    private final TreeView view;
    private final String project;

    ProjectPaths(TreeView view, String project) {
        this.view = view;
        this.project = project;
    }

    /** Of the entry points that run when nothing is said: {@code main}, or all of them where there is none. */
    void look(Mapping points, Consumer<Finding> findings) {
        points.entries().forEach((name, point) -> {
            if (name.equals(MAIN) || points.get(MAIN).isEmpty()) {
                look(name, point.mapping("parameters"), findings);
            }
        });
    }

    private void look(String point, Mapping parameters, Consumer<Finding> findings) {
        for (Map.Entry<String, Doc> parameter : parameters.entries().entrySet()) {
            Optional<String> type = parameter.getValue().get("type").flatMap(Doc::string);
            Optional<Doc> given = parameter.getValue().get("default");
            Optional<String> value = given.flatMap(Doc::string).filter(text -> !text.isBlank());
            if (type.equals(Optional.of("path")) && value.isPresent() && isMissing(value.get())) {
                findings.accept(finding(
                        point, parameter.getKey(), value.get(), given.get().line()));
            }
        }
    }

    private boolean isMissing(String value) {
        String path = Paths.join(Paths.parent(project), value);
        return !URI.matcher(value).matches()
                && !path.isEmpty()
                && !view.tree().exists(path)
                && view.data().stream()
                        .noneMatch(data -> Paths.isWithin(path, data.path()) || Paths.isWithin(data.path(), path));
    }

    private Finding finding(String point, String name, String value, int line) {
        String path = Paths.join(Paths.parent(project), value);
        return FindingCode.MLPROJECT_MISSING_FILE.at(
                new Place(project, line),
                "The parameter '" + name + "' of entry point '" + point + "' in " + project
                        + " is declared as path, and its default '" + value
                        + "' is not in Git. MLflow wants it to be there before anything runs, so nothing runs.",
                hint(name, value, path));
    }

    private String hint(String name, String value, String path) {
        String asString = "declare it as string (" + name + ": {type: string, default: " + value + "})";
        boolean folder = value.endsWith("/") || !Paths.name(path).contains(".");
        boolean made =
                MADE.matcher(name).matches() || MADE.matcher(Paths.name(path)).matches();
        String keep = "commit " + path + "/.gitkeep (mkdir -p " + ShellWord.of(path) + " && touch "
                + ShellWord.of(path + "/.gitkeep") + " && git add -f " + ShellWord.of(path + "/.gitkeep") + ")";
        Optional<String> unkept = Unkept.advice(view, path);
        if (unkept.isPresent()) {
            return unkept.get();
        }
        if (made) {
            return "If the code makes it, " + asString + (folder ? ", or " + keep : "") + ".";
        }
        return "Commit it (git add " + ShellWord.of(path) + "). If the code makes it, " + asString
                + (folder ? ", or " + keep : "") + "." + view.hidden(path);
    }
}
