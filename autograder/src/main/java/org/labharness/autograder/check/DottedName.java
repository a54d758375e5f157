package org.labharness.autograder.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How labs name metrics and params. */
final class DottedName {
    private DottedName() {}

    /** The value under the name, or under the only longer one that ends with it. */
    static <T> Optional<T> value(String name, Map<String, T> values) {
        T exact = values.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        List<T> longer = values.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("." + name))
                .map(Map.Entry::getValue)
                .toList();
        return longer.size() == 1 ? Optional.of(longer.getFirst()) : Optional.empty();
    }
}
