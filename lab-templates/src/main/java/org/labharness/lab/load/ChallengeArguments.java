package org.labharness.lab.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.challenge.Finals;
import org.labharness.lab.challenge.Quota;
import org.labharness.lab.challenge.Split;
import org.labharness.lab.challenge.Venue;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads how a challenge is measured. */
final class ChallengeArguments {
    static final List<String> SPLIT_KEYS = List.of("public", "column");
    static final List<String> LIMIT_KEYS = List.of("per-day", "in-all");
    static final List<String> FINAL_WORDS = List.of("best", "last");
    static final List<String> FINAL_KEYS = List.of("chosen");
    static final List<String> ELSEWHERE_KEYS = List.of("measure", "better");
    private static final Split USUAL_SPLIT = new Split.Drawn(30);
    private static final int USUAL_PLACES = 3;

    private final Path folder;
    private final YamlMap map;
    private final Problems problems;

    ChallengeArguments(Path folder, YamlMap map) {
        this.folder = folder;
        this.map = map;
        this.problems = map.problems();
    }

    Venue read() {
        String labels = map.need("labels", "a CSV file with ids and labels, or 'elsewhere'")
                .map(this::inside)
                .orElse("");
        String id = map.get("id-column").map(Value::text).orElse("id");
        String label = map.need("label", "the column of the labels that is to be predicted")
                .map(Value::text)
                .orElse("");
        List<QualityMetric> metrics = metrics();
        Split split = map.get("split").map(this::split).orElse(USUAL_SPLIT);
        if (id.equalsIgnoreCase(label)) {
            problems.add("value", map.line("label"), "The ids are the labels.", "Expected two different columns.");
        }
        return new Venue.Here(
                labels,
                id,
                label,
                metrics,
                split,
                map.need("limits", "how often predictions are taken, such as {per-day: 5}")
                        .map(ChallengeArguments::quota)
                        .orElse(new Quota(1, null)),
                map.get("places").map(number -> number.whole(1, 6)).orElse(USUAL_PLACES),
                map.get("final").map(ChallengeArguments::finals).orElse(new Finals.BestPublic()),
                map.get("baselines")
                        .map(value -> new BaselineArguments(folder, metrics).read(value))
                        .orElse(List.of()));
    }

    private String inside(Value value) {
        return inside(folder, value);
    }

    /** A file of the challenge. */
    static String inside(Path folder, Value value) {
        String path = value.safePath();
        if (!path.isEmpty() && Value.isSafe(path) && !LabDigest.isInside(folder, path)) {
            String seen = "The file '" + path + "' is not in the challenge's folder " + folder + ".";
            value.problems().add("missing-file", value.line(), seen, "Put the file there, or correct its path.");
        }
        return path;
    }

    private List<QualityMetric> metrics() {
        Set<QualityMetric> metrics = new LinkedHashSet<>();
        Optional<Value> given = map.need("metrics", "a list of " + String.join(", ", QualityMetric.words()));
        for (Value one : given.map(Value::list).orElse(List.of())) {
            Optional<QualityMetric> metric = one.word(QualityMetric.words()).flatMap(QualityMetric::of);
            if (metric.isPresent() && !metrics.add(metric.get())) {
                problems.add("value", one.line(), "'" + metric.get().word() + "' is there twice.", "Remove one.");
            }
            if (metric.isPresent()
                    && metrics.iterator().next().task() != metric.get().task()) {
                problems.add(
                        "value",
                        one.line(),
                        "'" + metric.get().word() + "' and '"
                                + metrics.iterator().next().word() + "' do not measure the same thing.",
                        "Expected metrics of classes, or of numbers.");
            }
        }
        return metrics.isEmpty() ? List.of(QualityMetric.ACCURACY) : new ArrayList<>(metrics);
    }

    private Split split(Value value) {
        YamlMap split = YamlMap.of(value, SPLIT_KEYS);
        if (split.has("public") == split.has("column")) {
            value.wrong("either 'public' (percent of the rows) or 'column' (one that says public or private)");
        }
        return split.get("column")
                .<Split>map(column -> new Split.Column(column.text()))
                .orElseGet(() -> new Split.Drawn(
                        split.get("public").map(number -> number.whole(1, 99)).orElse(1)));
    }

    private static Quota quota(Value value) {
        YamlMap limits = YamlMap.of(value, LIMIT_KEYS);
        int day = limits.need("per-day", "how many are taken a day")
                .map(number -> number.whole(1, 1000))
                .orElse(1);
        Quota quota = new Quota(
                day,
                limits.get("in-all").map(number -> number.whole(1, 100_000)).orElse(null));
        Integer all = quota.inAll();
        if (all != null && all < quota.perDay()) {
            limits.problems()
                    .add(
                            "value",
                            limits.line("in-all"),
                            quota.perDay() + " are taken a day, and " + all + " in all.",
                            "Expected at least as many in all as on one day.");
        }
        return quota;
    }

    private static Finals finals(Value value) {
        if (value.node() instanceof ScalarNode) {
            return value.word(FINAL_WORDS).filter("last"::equals).isPresent()
                    ? new Finals.Last()
                    : new Finals.BestPublic();
        }
        return new Finals.Chosen(YamlMap.of(value, FINAL_KEYS)
                .need("chosen", "how many a team may choose")
                .map(number -> number.whole(1, 10))
                .orElse(1));
    }

    static Venue elsewhere(Value value) {
        YamlMap map = YamlMap.of(value, ELSEWHERE_KEYS);
        return new Venue.Elsewhere(
                map.need("measure", "what the score is called").map(Value::text).orElse("score"),
                map.need("better", "'higher' or 'lower'")
                        .flatMap(word -> word.word(List.of("higher", "lower")))
                        .filter("lower"::equals)
                        .isEmpty());
    }
}
