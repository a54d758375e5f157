package org.labharness.autograder.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.MlflowCheck;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;

/** {@code runs-carry}: a part of the points for each thing that each of the runs carries; the best runs count. */
final class RunsCarryRule {
    /** Code of a finding on a model that was logged and lacks a file. */
    private static final String INCOMPLETE = "tracking.model-incomplete";

    private final MlflowCheck.RunsCarry spec;

    private RunsCarryRule(MlflowCheck.RunsCarry spec) {
        this.spec = spec;
    }

    static Ruling judge(MlflowCheck.RunsCarry spec, Case subject) {
        return new RunsCarryRule(spec).judge(subject);
    }

    private Ruling judge(Case subject) {
        TrackedRuns runs = new TrackedRuns(subject);
        List<MlflowRun> judged = judged(runs);
        int wanted = spec.min() == 0 ? Math.max(1, judged.size()) : spec.min();
        List<MlflowRun> best = judged.stream()
                .sorted(Comparator.comparingInt(run -> lacks(run).size()))
                .limit(wanted)
                .toList();
        int things = Math.max(1, things());
        int had = best.stream().mapToInt(run -> things - lacks(run).size()).sum();
        if (had == wanted * things) {
            return Ruling.full(who(judged.size(), wanted) + expected() + "." + runs.remark());
        }
        return runs.lacking(
                had,
                wanted * things,
                sentence(best, wanted) + runs.told(Set.of(INCOMPLETE)),
                "Inside the run: mlflow.log_params({...}), mlflow.log_metrics({...}), and"
                        + " mlflow.sklearn.log_model(model, name=\"model\") or its like for your library.");
    }

    private String who(int all, int wanted) {
        if (all == 1) {
            return "The one new run carries ";
        }
        return spec.min() == 0
                ? "Every one of " + all + " new runs carries "
                : "At least " + wanted + " of " + all + " new runs " + (wanted == 1 ? "carries " : "carry ");
    }

    /** Where each run is asked, one that only holds others together is not. */
    private List<MlflowRun> judged(TrackedRuns runs) {
        List<MlflowRun> single = runs.withoutParents();
        return spec.min() == 0 && !single.isEmpty() ? single : runs.finished();
    }

    private String sentence(List<MlflowRun> best, int wanted) {
        if (best.isEmpty()) {
            return "Each run should carry " + expected() + ", but no finished MLflow run was made by this grading.";
        }
        Map<String, List<MlflowRun>> lacking = new LinkedHashMap<>();
        best.forEach(run -> lacks(run)
                .forEach(thing ->
                        lacking.computeIfAbsent(thing, key -> new ArrayList<>()).add(run)));
        List<String> words = new ArrayList<>();
        lacking.forEach((thing, runs) -> words.add(thing + " is missing from " + RunNames.of(runs, best.size())));
        if (best.size() < wanted) {
            words.add("only " + PlainText.count(best.size(), "run") + " of " + wanted + " finished");
        }
        return "Each run should carry " + expected() + ": " + String.join("; ", words) + ".";
    }

    private List<String> lacks(MlflowRun run) {
        List<String> lacking = new ArrayList<>();
        spec.params().stream()
                .filter(name -> !run.params().containsKey(name))
                .map(name -> "param " + PlainText.quoted(name)
                        + NearestName.hint(name, run.params().keySet()))
                .forEach(lacking::add);
        if (run.params().size() < spec.minParams()) {
            lacking.add("a param (" + run.params().size() + " logged, " + spec.minParams() + " expected)");
        }
        spec.metrics().stream()
                .filter(name -> !finite(run.metrics().get(name)))
                .map(name -> metric(name, run))
                .forEach(lacking::add);
        long metrics =
                run.metrics().values().stream().filter(RunsCarryRule::finite).count();
        if (metrics < spec.minMetrics()) {
            lacking.add("a metric (" + metrics + " logged, " + spec.minMetrics() + " expected)");
        }
        if (spec.model() && !hasModel(run)) {
            lacking.add("a model");
        }
        return lacking;
    }

    private static String metric(String name, MlflowRun run) {
        Double value = run.metrics().get(name);
        return "metric " + PlainText.quoted(name)
                + (value == null
                        ? NearestName.hint(name, run.metrics().keySet())
                        : " (logged as " + PlainText.number(value) + ")");
    }

    private static boolean finite(@Nullable Double value) {
        return value != null && Double.isFinite(value);
    }

    private static boolean hasModel(MlflowRun run) {
        return !run.models().isEmpty(); // a folder with an MLmodel whose weights are gone is none
    }

    private int things() {
        return spec.params().size()
                + spec.metrics().size()
                + (spec.minParams() > 0 ? 1 : 0)
                + (spec.minMetrics() > 0 ? 1 : 0)
                + (spec.model() ? 1 : 0);
    }

    private String expected() {
        List<String> words = new ArrayList<>();
        if (!spec.params().isEmpty()) {
            words.add("params " + PlainText.list(spec.params()));
        }
        if (spec.minParams() > 0) {
            words.add("at least " + PlainText.count(spec.minParams(), "param"));
        }
        if (!spec.metrics().isEmpty()) {
            words.add("metrics " + PlainText.list(spec.metrics()));
        }
        if (spec.minMetrics() > 0) {
            words.add("at least " + PlainText.count(spec.minMetrics(), "metric"));
        }
        if (spec.model()) {
            words.add("a model");
        }
        return String.join(", ", words);
    }
}
