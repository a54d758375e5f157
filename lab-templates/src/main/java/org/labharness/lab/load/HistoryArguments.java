package org.labharness.lab.load;

import java.util.List;
import java.util.Optional;
import org.labharness.lab.CheckSpec;
import org.labharness.lab.HistoryCheck;
import org.labharness.lab.HistoryCheck.Disjoint;

/** Reads the arguments of checks of the history. */
final class HistoryArguments {
    private static final List<String> WORK = List.of("branches", "merges", "conflicts", "commits", "authors");
    private static final int MOST = 100;

    private HistoryArguments() {}

    static CheckSpec work(Value value) {
        YamlMap map = YamlMap.of(value, WORK);
        if (map.keys().isEmpty()) {
            value.wrong("missing-key", "at least one of: " + String.join(", ", WORK));
        }
        return new HistoryCheck.GitHistory(
                number(map, "branches"),
                number(map, "merges"),
                number(map, "conflicts"),
                number(map, "commits"),
                number(map, "authors"));
    }

    private static int number(YamlMap map, String key) {
        return map.get(key).map(value -> value.whole(1, MOST)).orElse(0);
    }

    static CheckSpec versions(Value value) {
        YamlMap map = YamlMap.of(value, List.of("tags", "path", "differ", "disjoint"));
        Optional<Value> named = map.need("tags", "a list of tags, such as [v1, v2, v3]");
        List<String> tags = named.map(HistoryArguments::texts).orElse(List.of());
        if (tags.stream().distinct().count() < tags.size()) {
            named.ifPresent(list -> list.wrong("range", "tags that differ from each other"));
        }
        if (tags.size() > MOST) {
            named.ifPresent(list -> list.wrong("range", "at most " + MOST + " tags"));
        }
        return new HistoryCheck.DataVersions(
                tags,
                map.need("path", "the file or folder with the data, such as data/raw.csv")
                        .map(Value::safePath)
                        .orElse(""),
                map.get("differ").map(Value::yesOrNo).orElse(true),
                map.get("disjoint").map(HistoryArguments::disjoint).orElse(Disjoint.NOTHING));
    }

    private static Disjoint disjoint(Value value) {
        return switch (value.word(List.of("rows", "files")).orElse("")) {
            case "rows" -> Disjoint.ROWS;
            case "files" -> Disjoint.FILES;
            default -> Disjoint.NOTHING;
        };
    }

    static CheckSpec experiments(Value value) {
        YamlMap map = YamlMap.of(value, List.of("min", "params", "metrics"));
        return new HistoryCheck.Experiments(
                map.need("min", "the smallest number of experiments")
                        .map(number -> number.whole(1, MOST))
                        .orElse(1),
                map.get("params").map(HistoryArguments::texts).orElse(List.of()),
                map.get("metrics").map(HistoryArguments::texts).orElse(List.of()));
    }

    private static List<String> texts(Value value) {
        return value.list().stream().map(Value::text).toList();
    }
}
