package org.labharness.pipeline.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.labharness.lab.RunSpec;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.MlProjects;
import org.labharness.pipeline.document.Parsed;
import org.labharness.pipeline.document.TreeReader;

/**
 * The MLproject file of a submission, the one nearest to its root; MLflow takes the name in any case. Its entry points are run by
 * {@code mlflow run --env-manager local} where the submission's environment has MLflow; else, or where that cannot be, as it would:
 * parameters put into the command quoted for the shell, those that the command does not name appended as options.
 *
 * @param path of the file; empty where there is none
 * @param hasMlflow whether the submission's environment has the command
 */
record MlProjectFile(TreeReader tree, String path, boolean hasMlflow) {
    private static final int MOST_FILES = 20_000;
    private static final int MOST_POINTS = 10;
    private static final RunSpec.MlProject MAIN = new RunSpec.MlProject("main", Map.of());
    private static final Set<String> FOREIGN =
            Set.of(".git", ".dvc", "site-packages", "node_modules", "__pycache__", "mlruns", "mlartifacts");
    private static final Pattern PLACE = Pattern.compile("\\{([^{}.:!\\[\\]\\s]+)}");
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

    static MlProjectFile find(TreeReader tree, boolean hasMlflow) {
        String nearest = MlProjects.nearest(
                        tree.list("", MOST_FILES, FOREIGN).files().stream().map(TreeReader.FoundFile::path))
                .orElse("");
        return new MlProjectFile(tree, nearest, hasMlflow);
    }

    /** What came of looking for an entry point. */
    sealed interface Lookup {}

    record Found(Command command) implements Lookup {}

    /** @param reason in words for the student */
    record NotFound(String reason) implements Lookup {}

    boolean exists() {
        return !path.isEmpty();
    }

    /**
     * Of a project that nothing is said about: {@code main}, as MLflow has it; where there is none, every entry point that can be run as
     * it stands, in the order of the file. Why not, where there is nothing to run.
     */
    List<Lookup> detected() {
        Parsed parsed = Documents.read(tree, path, Documents.Form.YAML);
        Lookup main = command(MAIN, parsed);
        Optional<Doc.Mapping> points = parsed.document().map(doc -> doc.mapping("entry_points"));
        if (points.isEmpty() || points.get().get("main").isPresent()) {
            return List.of(main);
        }
        List<Lookup> all = points.get().entries().keySet().stream()
                .limit(MOST_POINTS)
                .map(name -> command(new RunSpec.MlProject(name, Map.of()), parsed))
                .toList();
        List<Lookup> found = all.stream().filter(Found.class::isInstance).toList();
        return found.isEmpty() ? all.stream().findFirst().map(List::of).orElse(List.of(main)) : found;
    }

    Lookup command(RunSpec.MlProject entry) {
        return exists()
                ? command(entry, Documents.read(tree, path, Documents.Form.YAML))
                : new NotFound("there is no MLproject file in the repository");
    }

    private Lookup command(RunSpec.MlProject entry, Parsed parsed) {
        Optional<Doc> document = parsed.document();
        if (document.isEmpty()) {
            return new NotFound(path + " cannot be read: " + parsed.failure().orElse(""));
        }
        Doc.Mapping points = document.get().mapping("entry_points");
        Optional<Doc> point = points.get(entry.entry());
        Optional<String> line = point.flatMap(doc -> doc.get("command")).flatMap(Doc::string);
        if (point.isEmpty() || line.isEmpty()) {
            String known = points.entries().keySet().stream().limit(10).collect(Collectors.joining(", "));
            return new NotFound(path + " has no entry point '" + entry.entry() + "' with a command; it has "
                    + (known.isEmpty() ? "none" : known));
        }
        boolean inDocker = document.get().get("docker_env").isPresent();
        return filled(entry, line.get(), point.get().mapping("parameters"), hasMlflow && !inDocker);
    }

    private Lookup filled(RunSpec.MlProject entry, String line, Doc.Mapping declared, boolean byMlflow) {
        Map<String, String> values = new TreeMap<>();
        declared.entries()
                .forEach((name, doc) ->
                        doc.get("default").flatMap(Doc::string).ifPresent(value -> values.put(name, value)));
        values.putAll(entry.parameters());
        for (Map.Entry<String, Doc> parameter : declared.entries().entrySet()) {
            Optional<String> type = type(parameter.getValue());
            String value = values.get(parameter.getKey());
            if (value != null && isMissing(type.orElse(""), value)) {
                return new NotFound("entry point '" + entry.entry() + "' of " + path + " needs the "
                        + (value.matches(".*[^/.][.][^/]+") ? "file" : "folder") + " '" + value
                        + "' for its parameter '" + parameter.getKey() + "', which is not in the repository");
            }
            if (value != null
                    && (type.equals(Optional.of("path")) || type.equals(Optional.of("uri")))
                    && !isUri(value)) {
                values.put(parameter.getKey(), directory() + "/" + value);
            }
        }
        Map<String, String> rest = new LinkedHashMap<>(new TreeMap<>(entry.parameters()));
        StringBuilder command = new StringBuilder();
        Matcher place = PLACE.matcher(line);
        while (place.find()) {
            String value = values.get(place.group(1));
            if (value == null) {
                return new NotFound("entry point '" + entry.entry() + "' of " + path + " needs the parameter '"
                        + place.group(1) + "', which has no default and which the lab does not give");
            }
            rest.remove(place.group(1));
            place.appendReplacement(command, Matcher.quoteReplacement(quoted(value)));
        }
        place.appendTail(command);
        rest.forEach(
                (name, value) -> command.append(" --").append(name).append(' ').append(quoted(value)));
        List<String> open = declared.entries().entrySet().stream()
                .filter(parameter -> !entry.parameters().containsKey(parameter.getKey()))
                .filter(parameter -> !type(parameter.getValue()).equals(Optional.of("path")))
                .map(Map.Entry::getKey)
                .toList();
        return new Found(byMlflow ? byMlflow(entry, open, command.toString()) : direct(entry, command.toString()));
    }

    private Command direct(RunSpec.MlProject entry, String line) {
        return new Command(entry.entry(), directory(), line, Map.of(), List.of());
    }

    private Command byMlflow(RunSpec.MlProject entry, List<String> open, String direct) {
        StringBuilder run =
                new StringBuilder("mlflow run . --env-manager local --entry-point ").append(quoted(entry.entry()));
        new TreeMap<>(entry.parameters())
                .forEach((name, value) -> run.append(" -P ").append(quoted(name + "=" + value)));
        return new Command(
                entry.entry(),
                directory(),
                run.toString(),
                Map.of("GIT_PYTHON_REFRESH", "quiet"),
                MlflowRunOtherwise.ways(tree, folder(), run.toString(), open, direct));
    }

    /** A parameter's type; {@code alpha: float} is short for {@code alpha: {type: float}}. */
    private static Optional<String> type(Doc parameter) {
        return parameter.get("type").flatMap(Doc::string).or(parameter::string);
    }

    private boolean isMissing(String type, String value) {
        return type.equals("path") && !isUri(value) && !tree.exists(folder() + value);
    }

    private static boolean isUri(String value) {
        return value.startsWith("/") || URI.matcher(value).matches();
    }

    /** With a slash at its end; empty for the root. */
    private String folder() {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private String directory() {
        return ("/work/" + folder()).replaceAll("/$", "");
    }

    static String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\"'\"'") + "'";
    }
}
