package org.labharness.pipeline.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.labharness.lab.RunSpec;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Parsed;
import org.labharness.pipeline.document.TreeReader;

/**
 * The MLproject file of a submission. Its entry points are run as {@code mlflow run --env-manager local} would: parameters put into the
 * command quoted for the shell, those that the command does not name appended as options.
 */
final class MlProjectFile {
    private static final String FILE = "MLproject";
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    private final TreeReader tree;

    MlProjectFile(TreeReader tree) {
        this.tree = tree;
    }

    /** What came of looking for an entry point. */
    sealed interface Lookup {}

    record Found(CommandRun.Command command) implements Lookup {}

    /** @param reason in words for the student */
    record NotFound(String reason) implements Lookup {}

    boolean exists() {
        return tree.isFile(FILE);
    }

    Lookup command(RunSpec.MlProject entry) {
        if (!exists()) {
            return new NotFound("there is no MLproject file in the root of the repository");
        }
        Parsed parsed = Documents.read(tree, FILE, Documents.Form.YAML);
        Optional<Doc> document = parsed.document();
        if (document.isEmpty()) {
            return new NotFound("MLproject cannot be read: " + parsed.failure().orElse(""));
        }
        Doc.Mapping points = document.get().mapping("entry_points");
        Optional<Doc> point = points.get(entry.entry());
        Optional<String> line = point.flatMap(doc -> doc.get("command")).flatMap(Doc::string);
        if (point.isEmpty() || line.isEmpty()) {
            String known = points.entries().keySet().stream().limit(10).collect(Collectors.joining(", "));
            return new NotFound("MLproject has no entry point '" + entry.entry() + "' with a command; it has "
                    + (known.isEmpty() ? "none" : known));
        }
        Map<String, String> values = new TreeMap<>(defaults(point.get().mapping("parameters")));
        values.putAll(entry.parameters());
        return filled(entry, line.get(), values);
    }

    private static Lookup filled(RunSpec.MlProject entry, String line, Map<String, String> values) {
        Map<String, String> rest = new LinkedHashMap<>(entry.parameters());
        StringBuilder command = new StringBuilder();
        Matcher place = PLACE.matcher(line);
        while (place.find()) {
            String value = values.get(place.group(1));
            if (value == null) {
                return new NotFound("entry point '" + entry.entry() + "' of MLproject needs the parameter '"
                        + place.group(1) + "', which has no default and which the lab does not give");
            }
            rest.remove(place.group(1));
            place.appendReplacement(command, Matcher.quoteReplacement(quoted(value)));
        }
        place.appendTail(command);
        rest.forEach(
                (name, value) -> command.append(" --").append(name).append(' ').append(quoted(value)));
        return new Found(new CommandRun.Command(entry.entry(), "/work", command.toString(), Map.of()));
    }

    private static Map<String, String> defaults(Doc.Mapping parameters) {
        Map<String, String> defaults = new TreeMap<>();
        parameters
                .entries()
                .forEach((name, doc) ->
                        doc.get("default").flatMap(Doc::string).ifPresent(value -> defaults.put(name, value)));
        return defaults;
    }

    private static String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\"'\"'") + "'";
    }
}
