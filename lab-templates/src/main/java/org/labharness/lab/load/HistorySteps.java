package org.labharness.lab.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.sample.HistoryStep;

/** Reads the {@code history} of samples. */
final class HistorySteps {
    private static final List<String> KEYS =
            List.of("commit", "write", "branch", "merge", "experiment", "tag", "author");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,60}(\\.[0-9]{1,6}){0,3}");

    private final Path folder;
    private final Set<String> branches = new HashSet<>();

    /** @param folder the lab's */
    HistorySteps(Path folder) {
        this.folder = folder;
    }

    List<HistoryStep> read(Value value) {
        List<HistoryStep> steps = new ArrayList<>();
        for (Value element : value.list()) {
            steps.add(step(new Value(element.node(), "step " + (steps.size() + 1), value.problems())));
        }
        return steps;
    }

    private HistoryStep step(Value value) {
        YamlMap map = YamlMap.of(value, KEYS);
        @Nullable String merge = name(map, "merge");
        @Nullable String branch = name(map, "branch");
        @Nullable String experiment = name(map, "experiment");
        if (List.of("merge", "branch", "experiment").stream().filter(map::has).count() > 1) {
            value.wrong("range", "at most one of: branch, merge, experiment");
        }
        if (merge != null && !branches.contains(merge)) {
            map.get("merge").ifPresent(name -> name.wrong("range", "a branch of an earlier step"));
        }
        if (branch != null) {
            branches.add(branch);
        }
        Optional<Value> message = merge == null ? map.need("commit", "the commit's message") : map.get("commit");
        return new HistoryStep(
                message.map(Value::text).orElse("Merge branch '" + merge + "'"),
                map.get("write").map(this::files).orElseGet(TreeMap::new),
                branch,
                merge,
                experiment,
                name(map, "tag"),
                map.get("author").map(Value::text).orElse(null));
    }

    /** A name that Git takes, and that reads well in a sentence. */
    private static @Nullable String name(YamlMap map, String key) {
        return map.get(key)
                .map(value -> {
                    String name = value.text();
                    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
                        value.wrong("range", "letters, digits and hyphens, such as 'scaling' or 'v1.0'");
                    }
                    return name;
                })
                .orElse(null);
    }

    private SortedMap<String, String> files(Value value) {
        YamlMap map = YamlMap.open(value, "paths in the repository with files of the lab");
        SortedMap<String, String> files = new TreeMap<>();
        for (String path : map.keys()) {
            map.get(path).ifPresent(file -> files.put(path, source(path, file)));
        }
        return files;
    }

    private String source(String path, Value file) {
        String source = file.safePath();
        if (!Value.isSafe(path)) {
            file.problems()
                    .add(
                            "unsafe-path",
                            file.line(),
                            "'" + path + "' leaves the repository.",
                            "Expected a relative path with forward slashes and without '..'.");
        }
        if (Value.isSafe(source) && !LabDigest.isInside(folder, source)) {
            file.wrong("missing-file", "a file in the lab's folder");
        }
        return source;
    }
}
