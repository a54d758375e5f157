package org.labharness.autograder.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.labharness.lab.Points;
import org.labharness.lab.ServiceCheck;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.ServiceFacts.CounterFacts;

/** {@code service-metrics}: the service counts its requests for Prometheus. */
final class ServiceMetricsRule {
    /** What libraries count of the process itself grows whatever is asked. */
    private static final Set<String> OF_THE_PROCESS = Set.of("python_", "process_", "go_", "jvm_", "nodejs_");

    /** One request may be counted by several middlewares, those that failed as well; what grows by more counts something else. */
    private static final int MOST_OF_ONE = 10;

    private static final int MOST_BESIDE = 100;

    private ServiceMetricsRule() {}

    static Ruling judge(ServiceCheck.ServiceMetrics spec, Case subject) {
        return Served.judge(spec.service(), subject, (served, facts) -> judge(spec, served, facts, subject));
    }

    private static Ruling judge(ServiceCheck.ServiceMetrics spec, Served served, ServiceFacts facts, Case subject) {
        Optional<CounterFacts> found = facts.counters().stream()
                .filter(one -> one.path().equals(spec.path()))
                .findFirst();
        return found.map(counters -> judge(spec, served, counters, subject))
                .orElseGet(() -> Ruling.ours(served.named() + " was not asked for its metrics."));
    }

    private static Ruling judge(ServiceCheck.ServiceMetrics spec, Served served, CounterFacts facts, Case subject) {
        String path = PlainText.name(spec.path());
        if (facts.status() < 200 || facts.status() > 299) {
            return Ruling.absent(Sentence.of(
                    served.named() + " has no metrics at port " + served.port() + " (GET " + path + ": "
                            + PlainText.line(facts.unreadable(), 200) + ")." + served.elsewhere(),
                    "Expose them at " + path
                            + " of the service's own port, as prometheus_client's make_asgi_app does."));
        }
        if (!facts.unreadable().isEmpty()) {
            return Ruling.absent(Sentence.of(
                    "Prometheus cannot read what " + path + " gives: " + PlainText.line(facts.unreadable(), 200) + ".",
                    "Let prometheus_client write it (generate_latest), with the content type that it names; 'promtool check"
                            + " metrics' tells what is wrong."));
        }
        List<String> wanted = spec.counters().isEmpty() ? List.of("") : spec.counters();
        List<String> faults = new ArrayList<>();
        for (String name : wanted) {
            fault(name, facts).ifPresent(faults::add);
        }
        if (faults.isEmpty()) {
            return Ruling.full("Prometheus can read " + path + ", and every request is counted by "
                    + (spec.counters().isEmpty() ? "one of its counters" : PlainText.all(spec.counters())) + ".");
        }
        Points half = subject.full().part(1, 2);
        Points counted = subject.full().part(wanted.size() - faults.size(), 2 * wanted.size());
        return served.lost(
                half.plus(counted),
                Sentence.of(
                        "Prometheus can read " + path + ", but its counters do not follow "
                                + PlainText.count(facts.requests(), "answered request") + ": "
                                + String.join("; ", faults) + ".",
                        "Increase a Counter with every prediction; with several workers let them count together"
                                + " (PROMETHEUS_MULTIPROC_DIR)."));
    }

    private static Optional<String> fault(String name, CounterFacts facts) {
        if (facts.requests() == 0) {
            return Optional.of("no request was answered, so there was nothing to count");
        }
        if (name.isEmpty()) {
            return faultOfAll(facts);
        }
        Map<String, Double> grown = facts.grown();
        Double value = grown.containsKey(name) ? grown.get(name) : grown.get(name + "_total");
        if (value == null) {
            return Optional.of("there is no counter " + PlainText.name(name) + " (a gauge is none)");
        }
        return follows(value, facts) ? Optional.empty() : Optional.of(PlainText.name(name) + " " + grew(value, facts));
    }

    /** One of them is enough. */
    private static Optional<String> faultOfAll(CounterFacts facts) {
        double[] own = facts.grown().entrySet().stream()
                .filter(counter -> OF_THE_PROCESS.stream().noneMatch(counter.getKey()::startsWith))
                .mapToDouble(Map.Entry::getValue)
                .toArray();
        if (own.length == 0) {
            return Optional.of("it has no counter of its own");
        }
        if (Arrays.stream(own).anyMatch(grown -> follows(grown, facts))) {
            return Optional.empty();
        }
        OptionalDouble most = Arrays.stream(own).filter(Double::isFinite).max();
        if (most.isEmpty()) {
            return Optional.of("none of its own counters is a number");
        }
        return Optional.of("the one that grew most " + grew(most.getAsDouble(), facts));
    }

    private static boolean follows(double grown, CounterFacts facts) {
        return Double.isFinite(grown)
                && grown >= facts.requests()
                && grown <= MOST_OF_ONE * facts.requests() + MOST_BESIDE;
    }

    /** No number but one of requests is told: code that has seen hidden rows chooses it. */
    private static String grew(double value, CounterFacts facts) {
        if (!Double.isFinite(value)) {
            return "is no number";
        }
        if (value < 0) {
            return "fell";
        }
        return value <= facts.requests() && value == Math.rint(value)
                ? "grew by " + PlainText.number(value)
                : "did not grow by the number of requests";
    }
}
