package org.labharness.autograder.grading;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as text that is the same in every process: what has no order of its own, such as a set, is sorted. */
final class CanonicalText {
    private CanonicalText() {}

    static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Record record -> record(record);
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> of(entry.getKey()) + "=" + of(entry.getValue()))
                        .sorted()
                        .collect(Collectors.joining(", ", "{", "}"));
            case Set<?> set -> set.stream().map(CanonicalText::of).sorted().collect(Collectors.joining(", ", "{", "}"));
            case Collection<?> list -> list.stream().map(CanonicalText::of).collect(Collectors.joining(", ", "[", "]"));
            case Optional<?> optional -> of(optional.orElse(null));
            default -> value.toString();
        };
    }

    private static String record(Record record) {
        List<String> parts = new ArrayList<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                Method accessor = component.getAccessor();
                accessor.setAccessible(true);
                parts.add(component.getName() + "=" + of(accessor.invoke(record)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("every record tells its components", e);
            }
        }
        return record.getClass().getSimpleName() + "[" + String.join(", ", parts) + "]";
    }
}
