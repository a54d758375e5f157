package org.labharness.autograder.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Intervention;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.InterventionFacts;
import org.labharness.pipeline.evidence.MetricsFile;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;

/**
 * The metrics that one run made: those in files, and those of MLflow runs, of which nothing but the values together can be compared, for a run
 * has another id every time. Times are left out.
 *
 * @param values sorted, by a name that says where they stand
 */
record MeasuredValues(Map<String, List<Double>> values) {
    private static final String SYSTEM = "system/";
    /** Of what is measured anew one value may be this many times as far off as another by chance. */
    private static final double NOISE = 3;

    /** Of the unchanged submission. */
    static MeasuredValues of(Evidence evidence) {
        Map<String, Map<String, Double>> files = new TreeMap<>();
        for (MetricsFile file : evidence.metrics()) {
            Map<String, Double> made = file.reproduced();
            if (made != null) {
                files.put(file.path(), made);
            }
        }
        return of(files, evidence.newRuns());
    }

    /** Of the unchanged submission, run once more; those of its first run where it was not. */
    static MeasuredValues again(Evidence evidence) {
        return evidence.intervention(new Intervention.Repeat())
                .map(MeasuredValues::of)
                .orElseGet(() -> of(evidence));
    }

    /** Of the run that followed a change. */
    static MeasuredValues of(InterventionFacts facts) {
        return of(facts.metrics(), facts.runs());
    }

    private static MeasuredValues of(Map<String, Map<String, Double>> files, List<MlflowRun> runs) {
        Map<String, List<Double>> values = new TreeMap<>();
        files.forEach((path, metrics) -> metrics.forEach((key, value) -> add(values, key + " in " + path, key, value)));
        runs.stream()
                .filter(run -> run.status().equals("FINISHED"))
                .forEach(run -> run.metrics().forEach((key, value) -> {
                    if (!key.startsWith(SYSTEM)) {
                        add(values, key + " in MLflow", key, value);
                    }
                }));
        values.values().forEach(list -> list.sort(Double::compare));
        return new MeasuredValues(values);
    }

    private static void add(Map<String, List<Double>> values, String name, String key, double value) {
        if (!MetricsAgreeRule.isTime(key)) {
            values.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        }
    }

    /** Those of one metric alone, under that key or a longer one that ends with it; all where it is null. */
    MeasuredValues only(@Nullable String metric) {
        Map<String, List<Double>> kept = new TreeMap<>(values);
        if (metric != null) {
            kept.keySet().removeIf(name -> !name.startsWith(metric + " in ") && !name.contains("." + metric + " in "));
        }
        return new MeasuredValues(kept);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** A difference of more than a tolerance from other values, in words; empty where there is none. */
    Optional<String> difference(MeasuredValues other, double tolerance) {
        return difference(other, name -> tolerance);
    }

    /** @param tolerances by name; an endless one takes another number of values as well */
    private Optional<String> difference(MeasuredValues other, ToDoubleFunction<String> tolerances) {
        for (Map.Entry<String, List<Double>> entry : values.entrySet()) {
            List<Double> those = other.values.get(entry.getKey());
            double tolerance = tolerances.applyAsDouble(entry.getKey());
            if (those == null || those.size() != entry.getValue().size()) {
                if (tolerance == Double.POSITIVE_INFINITY) {
                    continue;
                }
                return Optional.of(PlainText.line(entry.getKey(), 120) + " was made "
                        + times(entry.getValue().size()) + " before and " + times(those == null ? 0 : those.size())
                        + " now");
            }
            for (int i = 0; i < those.size(); i++) {
                double was = entry.getValue().get(i);
                double is = those.get(i);
                if (Double.compare(was, is) != 0 && !(Math.abs(was - is) <= tolerance)) {
                    return Optional.of(PlainText.line(entry.getKey(), 120) + " was " + PlainText.number(was)
                            + " and is " + PlainText.number(is));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * A metric that a change has moved, in words: by more than it moves when nothing is changed, which is where the repeated run has it; empty
     * where there is none.
     *
     * @param again the same, measured once more with nothing changed; this itself where nobody did
     */
    Optional<String> moved(MeasuredValues changed, MeasuredValues again) {
        return difference(changed, name -> NOISE * noise(name, again));
    }

    /** How far a metric is from itself; endless where it was not made as often. */
    private double noise(String name, MeasuredValues again) {
        List<Double> first = values.getOrDefault(name, List.of());
        List<Double> second = again.values.getOrDefault(name, List.of());
        if (first.size() != second.size()) {
            return Double.POSITIVE_INFINITY;
        }
        double most = 0;
        for (int i = 0; i < first.size(); i++) {
            boolean same = Double.compare(first.get(i), second.get(i)) == 0;
            most = Math.max(most, same ? 0 : Math.abs(first.get(i) - second.get(i)));
        }
        return Double.isNaN(most) ? Double.POSITIVE_INFINITY : most;
    }

    private static String times(int number) {
        return number == 1 ? "once" : number + " times";
    }

    /** One of the values in words. */
    String example() {
        return values.entrySet().stream()
                .findFirst()
                .map(entry -> PlainText.line(entry.getKey(), 120) + " "
                        + PlainText.number(entry.getValue().getFirst()))
                .orElse("");
    }
}
