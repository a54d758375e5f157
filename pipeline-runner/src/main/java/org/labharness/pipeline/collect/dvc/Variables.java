package org.labharness.pipeline.collect.dvc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.pipeline.collect.dvc.Template.Failure;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Parsed.Oddity;
import org.labharness.pipeline.document.Parsed.Unreadable;
import org.labharness.pipeline.document.TreeReader;

/** The values that templates may use: params.yaml, which DVC reads by itself, then {@code vars} in their order. */
final class Variables {
    private final TreeReader tree;
    private final Map<String, Doc> values;
    private final List<Failure> failures;

    private Variables(TreeReader tree, Map<String, Doc> values, List<Failure> failures) {
        this.tree = tree;
        this.values = new LinkedHashMap<>(values);
        this.failures = failures;
    }

    /** Those of a whole dvc.yaml. */
    static Mapping of(TreeReader tree, String directory, Doc root, List<Failure> failures) {
        Variables variables = new Variables(tree, Map.of(), failures);
        String params = RepositoryPath.join(directory, StageReader.DEFAULT_PARAMS);
        if (tree.exists(params)) {
            variables.file(params, StageReader.DEFAULT_PARAMS, List.of(), 0);
        }
        variables.add(root, directory);
        return new Mapping(variables.values, Map.of(), 1);
    }

    /** Those of the file with a stage's own ones; files are named from the stage's folder. */
    static Map<String, Doc> ofStage(TreeReader tree, String folder, Doc stage, Mapping outer, List<Failure> failures) {
        Variables variables = new Variables(tree, outer.entries(), failures);
        variables.add(stage, folder);
        return variables.values;
    }

    private void add(Doc owner, String folder) {
        for (Doc item : owner.get("vars").map(Doc::items).orElse(List.of())) {
            if (item.brief().contains("${")) {
                failures.add(new Failure("uses ${...} under 'vars:', where DVC allows none", item.line()));
            } else if (item instanceof Mapping mapping) {
                merge(values, mapping, "vars", item.line());
            } else {
                item.string().ifPresent(text -> named(text, folder, item.line()));
            }
        }
    }

    private void named(String text, String folder, int line) {
        String[] parts = text.split(":", 2);
        String path = RepositoryPath.join(folder, parts[0]);
        boolean whole = parts.length == 1;
        if (whole && parts[0].equals(StageReader.DEFAULT_PARAMS) && values.size() > 0) {
            return;
        }
        file(path, parts[0], whole ? List.of() : List.of(parts[1].split(",", -1)), line);
    }

    /** @param line of the name in dvc.yaml; 0 for the file that DVC reads unasked */
    private void file(String path, String name, List<String> keys, int line) {
        Optional<Doc> read = ParamsFile.read(tree, path);
        if (read.isEmpty()) {
            if (Documents.read(tree, path) instanceof Unreadable unreadable && unreadable.line() > 0) {
                failures.add(new Failure(unreadable.sentence(path), line, true));
                return;
            }
            String what = tree.exists(path) ? "cannot be read" : "does not exist";
            failures.add(new Failure("needs the values in " + name + ", which " + what, line));
            return;
        }
        date(path, line);
        if (read.get() instanceof Mapping mapping) {
            merge(values, keys.isEmpty() ? mapping : selected(mapping, keys, name, line), name, line);
        }
    }

    private void date(String path, int line) {
        if (path.endsWith(".yaml") || path.endsWith(".yml")) {
            Documents.read(tree, path).oddities().stream()
                    .filter(note -> note.oddity() == Oddity.DATE)
                    .findFirst()
                    .ifPresent(note -> failures.add(new Failure(
                            "line " + note.line() + " of " + path + " holds the date " + note.key()
                                    + " without quotes; DVC takes no dates there",
                            line,
                            true)));
        }
    }

    private Mapping selected(Mapping mapping, List<String> keys, String name, int line) {
        Map<String, Doc> chosen = new LinkedHashMap<>();
        for (String key : keys) {
            Optional<Doc> value = mapping.get(key.strip());
            if (value.isPresent()) {
                chosen.put(key.strip(), value.get());
            } else {
                failures.add(new Failure("needs '" + key.strip() + "' of " + name + ", which is not there", line));
            }
        }
        return new Mapping(chosen, Map.of(), mapping.line());
    }

    /** Mappings are put together; DVC allows no other name twice. */
    private void merge(Map<String, Doc> into, Mapping from, String origin, int line) {
        from.entries().forEach((name, value) -> {
            Doc known = into.get(name);
            if (known instanceof Mapping there && value instanceof Mapping more) {
                Map<String, Doc> both = new LinkedHashMap<>(there.entries());
                merge(both, more, origin, line);
                into.put(name, new Mapping(both, Map.of(), there.line()));
            } else if (known != null) {
                failures.add(new Failure("finds '" + name + "' a second time in " + origin, line));
            } else {
                into.put(name, value);
            }
        });
    }
}
