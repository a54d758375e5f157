package org.labharness.lab.load;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.labharness.lab.CheckSpec;
import org.labharness.lab.DvcCheck;
import org.labharness.lab.DvcCheck.StagePart;
import org.labharness.lab.InterventionCheck;
import org.labharness.lab.MlflowCheck;
import org.labharness.lab.Points;
import org.labharness.lab.RepositoryCheck;

/** Reads the arguments of each check. */
final class CheckArguments {
    /** The names of all checks, in the order of the documentation. */
    static final List<String> NAMES = List.of(
            "files-present",
            "no-committed-environment",
            "no-secrets",
            "environment-installs",
            "no-hidden-rows",
            "dvc-stages",
            "reproduces",
            "lock-agrees",
            "outputs-declared",
            "metrics-agree",
            "data-under-dvc",
            "second-run-does-nothing",
            "mlflow-runs",
            "runs-carry",
            "registered-model",
            "metric-at-least",
            "parameter-change",
            "code-change",
            "config-removed",
            "config-change",
            "data-swapped",
            "labels-shuffled",
            "canaries-learnt",
            "seed-repeats",
            "outputs-rebuilt",
            "hidden-score",
            "claim-holds",
            "model-lineage",
            "service-ready",
            "service-contract",
            "service-answers",
            "service-agrees",
            "service-refuses",
            "service-load",
            "service-version",
            "service-metrics",
            "client-follows",
            "git-history",
            "data-versions",
            "experiments",
            "custom");

    private static final int MOST = 1000;

    private CheckArguments() {}

    /**
     * The check called {@code value.name()}, one of {@link #NAMES}.
     *
     * @param points what the check is worth, for tiers and items
     * @param given what it may mean
     */
    static CheckSpec read(Value value, Points points, Given given) {
        return switch (value.name()) {
            case "files-present" -> new RepositoryCheck.FilesPresent(each(value, Value::safePath));
            case "no-committed-environment" -> plain(value, new RepositoryCheck.NoCommittedEnvironment());
            case "no-secrets" -> plain(value, new RepositoryCheck.NoSecrets());
            case "environment-installs" -> plain(value, new RepositoryCheck.EnvironmentInstalls());
            case "no-hidden-rows" -> QualityArguments.noHiddenRows(value);
            case "dvc-stages" -> dvcStages(value);
            case "reproduces" -> new DvcCheck.Reproduces(allOrEach(value, Value::text));
            case "lock-agrees" -> plain(value, new DvcCheck.LockAgrees());
            case "outputs-declared" -> plain(value, new DvcCheck.OutputsDeclared());
            case "metrics-agree" -> metricsAgree(value);
            case "data-under-dvc" -> new DvcCheck.DataUnderDvc(allOrEach(value, Value::safePath));
            case "second-run-does-nothing" -> plain(value, new DvcCheck.SecondRunDoesNothing());
            case "mlflow-runs" -> mlflowRuns(value);
            case "runs-carry" -> runsCarry(value);
            case "registered-model" -> registeredModel(value);
            case "metric-at-least" -> metricAtLeast(value, points);
            case "parameter-change" -> InterventionArguments.parameterChange(value);
            case "code-change" -> InterventionArguments.codeChange(value);
            case "config-removed" -> new InterventionCheck.ConfigRemoved(InterventionArguments.paths(value));
            case "config-change" -> InterventionArguments.configChange(value);
            case "data-swapped" -> InterventionArguments.dataSwapped(value);
            case "labels-shuffled" -> InterventionArguments.labelsShuffled(value);
            case "canaries-learnt" -> InterventionArguments.canariesLearnt(value);
            case "seed-repeats" -> InterventionArguments.seedRepeats(value);
            case "outputs-rebuilt" -> new InterventionCheck.OutputsRebuilt(InterventionArguments.paths(value));
            case "hidden-score" -> QualityArguments.hiddenScore(value, points);
            case "claim-holds" -> QualityArguments.claimHolds(value);
            case "model-lineage" -> QualityArguments.lineage(value);
            case "service-ready" -> new ServiceChecks(given).ready(value);
            case "service-contract" -> new ServiceChecks(given).contract(value);
            case "service-answers" -> new ServiceChecks(given).answers(value, points);
            case "service-agrees" -> new ServiceChecks(given).agrees(value);
            case "service-refuses" -> new ServiceChecks(given).refuses(value);
            case "service-load" -> new ServiceChecks(given).load(value);
            case "service-version" -> new ServiceChecks(given).version(value);
            case "service-metrics" -> new ServiceChecks(given).metrics(value);
            case "client-follows" -> new ServiceChecks(given).client(value);
            case "git-history" -> HistoryArguments.work(value);
            case "data-versions" -> HistoryArguments.versions(value);
            case "experiments" -> HistoryArguments.experiments(value);
            case "custom" -> CustomArguments.read(value, points, given.folder());
            default -> throw new IllegalArgumentException("no check is called " + value.name());
        };
    }

    private static CheckSpec plain(Value value, CheckSpec spec) {
        value.isTrue();
        return spec;
    }

    private static List<String> each(Value value, Function<Value, String> reading) {
        return value.list().stream().map(reading).toList();
    }

    private static List<String> allOrEach(Value value, Function<Value, String> reading) {
        if (!value.isText()) {
            return each(value, reading);
        }
        if (!value.scalar().equals("all")) {
            value.wrong("'all' or a list, such as [train, evaluate]");
        }
        return List.of();
    }

    private static CheckSpec dvcStages(Value value) {
        YamlMap map = YamlMap.of(value, List.of("names", "min", "require"));
        List<String> names =
                map.get("names").map(list -> each(list, Value::text)).orElse(List.of());
        int min = map.get("min").map(number -> number.whole(1, MOST)).orElse(0);
        Set<StagePart> require = map.get("require").map(CheckArguments::parts).orElse(Set.of());
        if (!map.has("names") && !map.has("min")) {
            value.wrong("missing-key", "'names' (a list of stages) or 'min' (how many there must be at least)");
        }
        return new DvcCheck.DvcStages(names, min, require);
    }

    private static Set<StagePart> parts(Value list) {
        List<String> words = List.of("deps", "outs", "params", "metrics");
        return list.list().stream()
                .map(part -> part.word(words))
                .flatMap(Optional::stream)
                .map(word -> StagePart.valueOf(word.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static CheckSpec metricsAgree(Value value) {
        YamlMap map = YamlMap.of(value, List.of("tolerance"));
        return new DvcCheck.MetricsAgree(map.need("tolerance", "the largest difference allowed, such as 0.01")
                .map(number -> number.decimal("0", "1000000"))
                .orElse(BigDecimal.ZERO));
    }

    private static CheckSpec mlflowRuns(Value value) {
        YamlMap map = YamlMap.of(value, List.of("min"));
        return new MlflowCheck.MlflowRuns(map.need("min", "the smallest number of runs")
                .map(number -> number.whole(1, MOST))
                .orElse(1));
    }

    private static CheckSpec runsCarry(Value value) {
        List<String> keys = List.of("params", "metrics", "min-params", "min-metrics", "model", "min");
        YamlMap map = YamlMap.of(value, keys);
        if (map.keys().stream().allMatch("min"::equals)) {
            value.wrong(
                    "missing-key", "what the runs must carry: one of params, metrics, min-params, min-metrics, model");
        }
        return new MlflowCheck.RunsCarry(
                map.get("params").map(list -> each(list, Value::text)).orElse(List.of()),
                map.get("metrics").map(list -> each(list, Value::text)).orElse(List.of()),
                map.get("min-params").map(number -> number.whole(1, MOST)).orElse(0),
                map.get("min-metrics").map(number -> number.whole(1, MOST)).orElse(0),
                map.get("model").map(Value::yesOrNo).orElse(false),
                map.get("min").map(number -> number.whole(1, MOST)).orElse(0));
    }

    private static CheckSpec registeredModel(Value value) {
        YamlMap map = YamlMap.of(value, List.of("name", "min-versions"));
        return new MlflowCheck.RegisteredModel(
                map.get("name").map(Value::text).orElse(null),
                map.need("min-versions", "the smallest number of versions")
                        .map(number -> number.whole(1, MOST))
                        .orElse(1));
    }

    private static CheckSpec metricAtLeast(Value value, Points points) {
        YamlMap map = YamlMap.of(value, List.of("file", "metric", "tiers"));
        return new MlflowCheck.MetricAtLeast(
                map.get("file").map(Value::safePath).orElse(null),
                map.need("metric", "the metric's name").map(Value::text).orElse(""),
                map.need("tiers", "values with their points, highest first, such as {0.9: 10, 0.8: 5}")
                        .map(tiers -> TierArguments.read(tiers, points, true))
                        .orElseGet(TreeMap::new));
    }
}
