package org.labharness.lab.load;

import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.labharness.lab.InterventionCheck;

/** Reads the arguments of the checks that change something. */
final class InterventionArguments {
    private static final String ANY = "any";
    private static final String LARGEST = "1000000";
    private static final int MOST_DRAWS = 10;

    private InterventionArguments() {}

    static InterventionCheck parameterChange(Value value) {
        if (value.isText()) {
            any(value, "'any', or a mapping such as {set: {train.trees: 50}}");
            return new InterventionCheck.ParameterChange(new TreeMap<>(), false);
        }
        YamlMap map = YamlMap.of(value, List.of("set", "logged"));
        return new InterventionCheck.ParameterChange(
                map.get("set").map(InterventionArguments::values).orElseGet(TreeMap::new),
                map.get("logged").map(Value::yesOrNo).orElse(false));
    }

    static InterventionCheck codeChange(Value value) {
        return new InterventionCheck.CodeChange(value.isText() && value.scalar().equals(ANY) ? "" : value.safePath());
    }

    static InterventionCheck configChange(Value value) {
        YamlMap map = YamlMap.of(value, List.of("file", "set", "changes", "logged"));
        return new InterventionCheck.ConfigChange(
                map.get("file").map(Value::safePath).orElse(""),
                map.need("set", "values by name, such as {train.trees: 50}")
                        .map(InterventionArguments::values)
                        .orElseGet(TreeMap::new),
                map.get("changes").map(InterventionArguments::paths).orElse(List.of()),
                map.get("logged").map(Value::yesOrNo).orElse(false));
    }

    static InterventionCheck dataSwapped(Value value) {
        YamlMap map = YamlMap.of(value, List.of("files", "metric"));
        return new InterventionCheck.DataSwapped(
                map.need("files", "places with files of the lab, such as {data/raw.csv: inputs/other.csv}")
                        .map(InterventionArguments::files)
                        .orElseGet(TreeMap::new),
                map.get("metric").map(Value::text).orElse(null));
    }

    private static SortedMap<String, String> files(Value value) {
        YamlMap map = YamlMap.open(value, "places with files of the lab, such as {data/raw.csv: inputs/other.csv}");
        SortedMap<String, String> files = new TreeMap<>();
        for (String key : map.keys()) {
            if (!Value.isSafe(key)) {
                String expected = "Expected a relative path with forward slashes and without '..'.";
                value.problems().add("unsafe-path", map.line(key), "'" + key + "' leaves the repository.", expected);
            }
            files.put(key, map.get(key).map(Value::safePath).orElse(""));
        }
        if (files.isEmpty()) {
            value.wrong("at least one place with its file");
        }
        return files;
    }

    static InterventionCheck labelsShuffled(Value value) {
        YamlMap map =
                YamlMap.of(value, List.of("data", "label", "file", "metric", "chance", "perfect", "at-most", "draws"));
        BigDecimal chance = map.need("chance", "the metric's value of a guess, such as 0.33")
                .map(number -> number.decimal("-" + LARGEST, LARGEST))
                .orElse(BigDecimal.ZERO);
        BigDecimal perfect = map.get("perfect")
                .map(number -> number.decimal("-" + LARGEST, LARGEST))
                .orElse(BigDecimal.ONE);
        if (chance.compareTo(perfect) == 0 && map.has("chance")) {
            value.problems()
                    .add(
                            "range",
                            map.line("chance"),
                            "'chance' is the best value of the metric already.",
                            "Expected one that is worse than 'perfect' (" + perfect.toPlainString() + ").");
        }
        return new InterventionCheck.LabelsShuffled(
                map.need("data", "the table, such as data/raw.csv")
                        .map(Value::safePath)
                        .orElse(""),
                map.need("label", "the name of the label's column")
                        .map(Value::text)
                        .orElse(""),
                map.get("file").map(Value::safePath).orElse(null),
                map.need("metric", "the metric's name").map(Value::text).orElse(""),
                chance,
                perfect,
                map.need("at-most", "the largest quality that is still chance, from 0 to 1, such as 0.2")
                        .map(number -> number.decimal("0", "0.99"))
                        .orElse(BigDecimal.ZERO),
                map.get("draws").map(number -> number.whole(1, MOST_DRAWS)).orElse(1));
    }

    static InterventionCheck canariesLearnt(Value value) {
        YamlMap map = YamlMap.of(value, List.of("data", "rows", "label", "features", "model", "at-least", "draws"));
        return new InterventionCheck.CanariesLearnt(
                map.need("data", "the table in the repository, such as data/raw.csv")
                        .map(Value::safePath)
                        .orElse(""),
                map.need("rows", "the lab's file with the rows to plant, such as inputs/canaries.csv")
                        .map(Value::safePath)
                        .orElse(""),
                map.need("label", "the name of the label's column")
                        .map(Value::text)
                        .orElse(""),
                HiddenArguments.features(map),
                QualityArguments.model(map),
                map.need("at-least", "the smallest share that counts as learnt, from 0.05 to 1, such as 0.6")
                        .map(number -> number.decimal("0.05", "1"))
                        .orElse(BigDecimal.ONE),
                map.get("draws").map(number -> number.whole(1, MOST_DRAWS)).orElse(1));
    }

    static InterventionCheck seedRepeats(Value value) {
        YamlMap map = YamlMap.of(value, List.of("tolerance", "file", "parameter", "other", "splits"));
        for (String key : List.of("splits", "file")) {
            if (map.has(key) && !map.has("parameter")) {
                value.wrong("missing-key", "'parameter' (the seed's name) beside '" + key + "'");
            }
        }
        return new InterventionCheck.SeedRepeats(
                map.need("tolerance", "the largest difference allowed, such as 0.001")
                        .map(number -> number.decimal("0", LARGEST))
                        .orElse(BigDecimal.ZERO),
                map.get("file").map(Value::safePath).orElse(""),
                map.get("parameter").map(Value::text).orElse(""),
                map.has("parameter")
                        ? map.need("other", "another seed").map(Value::literal).orElse("1")
                        : "",
                map.get("splits").map(InterventionArguments::paths).orElse(List.of()));
    }

    static List<String> paths(Value value) {
        return value.list().stream().map(Value::safePath).toList();
    }

    private static void any(Value value, String expected) {
        if (!value.scalar().equals(ANY)) {
            value.wrong(expected);
        }
    }

    private static SortedMap<String, String> values(Value value) {
        YamlMap map = YamlMap.open(value, "values by name, such as {train.trees: 50}");
        SortedMap<String, String> values = new TreeMap<>();
        map.keys()
                .forEach(key -> values.put(key, map.get(key).map(Value::literal).orElse("0")));
        if (values.isEmpty()) {
            value.wrong("at least one value, such as {train.trees: 50}");
        }
        return values;
    }
}
