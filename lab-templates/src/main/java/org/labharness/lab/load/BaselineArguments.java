package org.labharness.lab.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.challenge.Baseline;
import org.labharness.lab.challenge.Baseline.Source;

/** Reads the rows of a board that nobody handed in. */
final class BaselineArguments {
    static final List<String> KEYS = List.of("title", "predictions", "constant", "rule");
    static final List<String> CLASS_RULES = List.of("majority");
    static final List<String> NUMBER_RULES = List.of("mean", "median");
    private static final List<String> SOURCES = List.of("predictions", "constant", "rule");

    private final Path folder;
    private final List<QualityMetric> metrics;

    BaselineArguments(Path folder, List<QualityMetric> metrics) {
        this.folder = folder;
        this.metrics = metrics;
    }

    List<Baseline> read(Value value) {
        return YamlMap.open(value, "baselines by their ids, such as {guess: {title: Most frequent, rule: majority}}")
                .byId("logistic-regression", this::one);
    }

    private Baseline one(String id, Value value) {
        YamlMap map = YamlMap.of(value, KEYS);
        String title =
                map.need("title", "what the board calls it").map(Value::text).orElse("");
        List<String> given = SOURCES.stream().filter(map::has).toList();
        if (given.size() != 1) {
            value.wrong("one of 'predictions' (a CSV file), 'constant' (a value) and 'rule' (such as majority)");
        }
        return new Baseline(id, title, given.size() == 1 ? source(map, given.getFirst()) : new Baseline.Mean());
    }

    private Source source(YamlMap map, String kind) {
        Value value = map.get(kind).orElseThrow();
        return switch (kind) {
            case "predictions" -> new Baseline.Table(ChallengeArguments.inside(folder, value));
            case "constant" -> constant(value);
            default -> rule(value);
        };
    }

    private Source constant(Value value) {
        if (scored()) {
            value.wrong("no constant: it says nothing of how likely a class is, and "
                    + metrics.getFirst().word() + " asks for that; 'rule: majority' does");
        }
        String text = value.isText() ? value.text() : value.literal();
        if (numbers() && !text.matches("-?[0-9]{1,12}(\\.[0-9]{1,12})?")) {
            value.wrong("a number, as " + metrics.getFirst().word() + " asks for");
        }
        return new Baseline.Constant(text);
    }

    private Source rule(Value value) {
        Optional<String> rule = value.word(numbers() ? NUMBER_RULES : CLASS_RULES);
        return switch (rule.orElse("")) {
            case "mean" -> new Baseline.Mean();
            case "median" -> new Baseline.Median();
            default -> new Baseline.Majority();
        };
    }

    private boolean numbers() {
        return metrics.getFirst().task() == QualityMetric.Task.NUMBERS;
    }

    private boolean scored() {
        return metrics.getFirst() == QualityMetric.ROC_AUC || metrics.getFirst() == QualityMetric.LOG_LOSS;
    }
}
