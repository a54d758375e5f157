package org.labharness.pipeline.collect.dvc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.Doc.Scalar;
import org.labharness.pipeline.document.Doc.ScalarKind;
import org.labharness.pipeline.document.Doc.Sequence;

/** What {@code foreach} and {@code matrix} make of one entry under {@code stages}. */
final class StageExpansion {
    private static final int MOST = 1_000;

    private StageExpansion() {}

    /** A stage to be read, with the values that it alone sees. */
    record Expanded(String name, Doc body, Template template) {}

    /** Empty where it cannot be said without DVC. */
    static Optional<List<Expanded>> of(String name, Doc entry, Template template) {
        Optional<Doc> foreach = entry.get("foreach");
        if (foreach.isPresent()) {
            Doc body = entry.mapping("do");
            return resolved(foreach.get(), template).flatMap(items -> foreach(name, items, body, template));
        }
        Optional<Doc> matrix = entry.get("matrix");
        return matrix.isPresent()
                ? matrix(name, matrix.get(), entry, template)
                : Optional.of(List.of(new Expanded(name, entry, template)));
    }

    private static Optional<Doc> resolved(Doc doc, Template template) {
        return doc instanceof Scalar scalar ? template.value(scalar.text()) : Optional.of(doc);
    }

    private static Optional<List<Expanded>> foreach(String name, Doc items, Doc body, Template template) {
        List<Expanded> stages = new ArrayList<>();
        switch (items) {
            case Sequence sequence -> {
                boolean plain = sequence.items().stream().allMatch(Scalar.class::isInstance);
                for (int i = 0; i < sequence.items().size(); i++) {
                    Doc item = sequence.items().get(i);
                    String key = plain ? text(item, template) : String.valueOf(i);
                    stages.add(new Expanded(name + "@" + key, body, template.with(scope(Map.of("item", item)))));
                }
            }
            case Mapping mapping ->
                mapping.entries()
                        .forEach((key, item) -> stages.add(new Expanded(
                                name + "@" + key,
                                body,
                                template.with(scope(Map.of(
                                        "item", item, "key", new Scalar(ScalarKind.STRING, key, item.line())))))));
            case Scalar scalar -> {
                return Optional.empty();
            }
        }
        return stages.size() > MOST ? Optional.empty() : Optional.of(stages);
    }

    private static Optional<List<Expanded>> matrix(String name, Doc matrix, Doc body, Template template) {
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice("", Map.of(), Map.of()));
        if (!(matrix instanceof Mapping axes)) {
            return Optional.empty();
        }
        for (Map.Entry<String, Doc> axis : axes.entries().entrySet()) {
            Optional<Doc> values = resolved(axis.getValue(), template);
            if (values.isEmpty() || !(values.get() instanceof Sequence sequence)) {
                return Optional.empty();
            }
            if ((long) choices.size() * sequence.items().size() > MOST) {
                return Optional.empty();
            }
            choices = product(choices, axis.getKey(), sequence.items(), template);
        }
        return Optional.of(choices.stream()
                .map(choice -> new Expanded(
                        name + "@" + choice.name(),
                        body,
                        template.with(scope(Map.of("item", scope(choice.values()), "key", scope(choice.keys()))))))
                .toList());
    }

    private record Choice(String name, Map<String, Doc> values, Map<String, Doc> keys) {}

    private static List<Choice> product(List<Choice> choices, String axis, List<Doc> values, Template template) {
        List<Choice> more = new ArrayList<>();
        for (Choice choice : choices) {
            for (int i = 0; i < values.size(); i++) {
                Doc value = values.get(i);
                String key = value instanceof Scalar ? text(value, template) : axis + i;
                Map<String, Doc> chosen = new LinkedHashMap<>(choice.values());
                chosen.put(axis, value);
                Map<String, Doc> keys = new LinkedHashMap<>(choice.keys());
                keys.put(axis, new Scalar(ScalarKind.STRING, key, value.line()));
                more.add(new Choice(choice.name().isEmpty() ? key : choice.name() + "-" + key, chosen, keys));
            }
        }
        return more;
    }

    private static String text(Doc item, Template template) {
        return item instanceof Scalar scalar ? template.resolve(PythonText.of(scalar)) : item.brief();
    }

    private static Mapping scope(Map<String, Doc> values) {
        return new Mapping(values, Map.of(), 0);
    }
}
