package org.labharness.autograder.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.labharness.lab.HistoryCheck;
import org.labharness.pipeline.evidence.HistoryFacts;
import org.labharness.pipeline.evidence.HistoryFacts.Experiment;

/** {@code experiments}: equal parts for their number, for each param that must vary, and for each metric that all must carry. */
final class ExperimentsRule {
    private static final String PUSH =
            "Run experiments (dvc exp run --name <name> -S <param>=<value>) and push them where the"
                    + " work is handed in: dvc exp push origin <name>. dvc exp list origin shows what is there.";

    private final HistoryFacts.Experiments facts;
    private final List<Experiment> read;
    private final EqualParts parts = new EqualParts();
    private final List<String> lacking = new ArrayList<>();
    private final Set<String> advice = new java.util.LinkedHashSet<>();

    private ExperimentsRule(HistoryFacts.Experiments facts) {
        this.facts = facts;
        this.read = facts.read().stream()
                .filter(experiment -> experiment.problem().isEmpty())
                .toList();
    }

    static Ruling judge(HistoryCheck.Experiments spec, Case subject) {
        HistoryFacts history = subject.evidence().history();
        return history == null || history.experiments() == null
                ? Ruling.ours("The experiments were not looked at.")
                : new ExperimentsRule(history.experiments()).ruling(spec, subject);
    }

    private Ruling ruling(HistoryCheck.Experiments spec, Case subject) {
        int different = different();
        parts.add(different, spec.min());
        if (different < spec.min()) {
            lacking.add(number(spec.min(), different));
            advice.add(PUSH);
        }
        spec.params().forEach(this::varies);
        spec.metrics().forEach(this::carried);
        if (parts.areMet()) {
            return Ruling.full(PlainText.count(different, "experiment") + " pushed (" + names() + "), " + spec.min()
                    + " expected" + (spec.params().isEmpty() ? "" : "; they vary " + PlainText.list(spec.params()))
                    + (spec.metrics().isEmpty() ? "" : "; each carries " + PlainText.list(spec.metrics())) + ".");
        }
        return Ruling.part(parts.of(subject.full()), Sentence.of(String.join(" ", lacking), String.join(" ", advice)));
    }

    /** Those with the same params are one experiment that was run again. */
    private int different() {
        Set<Object> seen = new HashSet<>();
        read.forEach(experiment -> seen.add(experiment.params().isEmpty() ? experiment.commit() : experiment.params()));
        return seen.size();
    }

    private String number(int wanted, int different) {
        if (facts.count() == 0) {
            return PlainText.count(wanted, "experiment")
                    + " of DVC expected, but none was pushed (refs/exps holds none).";
        }
        List<String> broken = facts.read().stream()
                .filter(experiment -> !experiment.problem().isEmpty())
                .map(Experiment::name)
                .toList();
        return PlainText.count(wanted, "experiment") + " expected, " + different + " that "
                + (different == 1 ? "differs" : "differ") + " pushed"
                + (read.isEmpty() ? "" : " (" + names() + ")")
                + (different < read.size()
                        ? "; " + (read.size() - different) + " of them only "
                                + (read.size() - different == 1 ? "repeats" : "repeat") + " the params of another"
                        : "")
                + (broken.isEmpty() ? "" : "; " + PlainText.list(broken) + " cannot be read")
                + ".";
    }

    private String names() {
        return PlainText.list(read.stream().map(Experiment::name).toList());
    }

    private void varies(String param) {
        Set<String> values = new TreeSet<>();
        read.forEach(experiment -> DottedName.value(param, experiment.params()).ifPresent(values::add));
        parts.add(Math.min(1, Math.max(0, values.size() - 1)), 1);
        if (values.size() > 1 || read.isEmpty()) {
            return;
        }
        if (values.isEmpty()) {
            lacking.add("No experiment records a param " + PlainText.quoted(param)
                    + NearestName.hint(param, names(read.getFirst().params())) + ".");
            advice.add("Declare it under params of the stage that reads it, then run the experiments again.");
        } else {
            lacking.add("All experiments have the same " + PlainText.name(param) + " ("
                    + PlainText.name(values.iterator().next()) + ").");
            advice.add("Vary it: dvc exp run --name <name> -S " + PlainText.shell(param) + "=<another value>.");
        }
    }

    private void carried(String metric) {
        List<String> without = read.stream()
                .filter(experiment ->
                        DottedName.value(metric, experiment.metrics()).isEmpty())
                .map(Experiment::name)
                .toList();
        parts.add(read.size() - without.size(), Math.max(1, read.size()));
        if (read.isEmpty() || without.isEmpty()) {
            return;
        }
        lacking.add("No metric " + PlainText.quoted(metric) + " in " + PlainText.list(without)
                + NearestName.hint(metric, names(read.getFirst().metrics())) + ".");
        advice.add(
                "Write it to a metrics file that dvc.yaml declares with cache: false, so that Git keeps it with the experiment.");
    }

    private static List<String> names(Map<String, ?> values) {
        return values.keySet().stream().sorted().toList();
    }
}
