package org.labharness.autograder.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How labs name metrics. */
final class MetricName {
    private MetricName() {}

    /** The value under the key, or under the only longer key that ends with it. */
    static Optional<Double> value(String metric, Map<String, Double> metrics) {
        Double exact = metrics.get(metric);
        if (exact != null) {
            return Optional.of(exact);
        }
        List<Double> nested = metrics.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("." + metric))
                .map(Map.Entry::getValue)
                .toList();
        return nested.size() == 1 ? Optional.of(nested.getFirst()) : Optional.empty();
    }
}
