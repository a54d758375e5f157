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

    private final String name;
    private final Doc entry;
    private final Template template;

    private StageExpansion(String name, Doc entry, Template template) {
        this.name = name;
        this.entry = entry;
        this.template = template;
    }

    /** A stage to be read, with the values that it alone sees. */
    record Expanded(String name, Doc body, Template template) {}

    /** Empty where it cannot be said; the template then tells why. */
    static List<Expanded> of(String name, Doc entry, Template template) {
        StageExpansion expansion = new StageExpansion(name, entry, template);
        Optional<Doc> foreach = entry.get("foreach");
        if (foreach.isPresent()) {
            return expansion.resolved(foreach.get()).map(expansion::foreach).orElse(List.of());
        }
        Optional<Doc> matrix = entry.get("matrix");
        return matrix.isPresent()
                ? expansion.matrix(matrix.get())
                : List.of(new Expanded(name, entry, template.with(Map.of())));
    }

    private Optional<Doc> resolved(Doc doc) {
        if (!(doc instanceof Scalar scalar) || !scalar.text().contains("${")) {
            return Optional.of(doc);
        }
        Optional<Doc> value = template.value(scalar.text());
        if (value.isEmpty()) {
            template.fail(
                    "uses " + scalar.text() + ", which is neither in params.yaml nor under 'vars:'", scalar.line());
        }
        return value;
    }

    private Doc item(Doc item) {
        return item instanceof Scalar scalar ? resolved(scalar).orElse(scalar) : item;
    }

    private List<Expanded> foreach(Doc items) {
        List<Expanded> stages = new ArrayList<>();
        Doc body = entry.mapping("do");
        switch (items) {
            case Sequence sequence -> {
                boolean plain = sequence.items().stream().allMatch(Scalar.class::isInstance);
                for (int i = 0; i < sequence.items().size(); i++) {
                    Doc item = item(sequence.items().get(i));
                    String key = plain && item instanceof Scalar scalar ? PythonText.of(scalar) : String.valueOf(i);
                    stages.add(new Expanded(name + "@" + key, body, template.with(Map.of("item", item))));
                }
            }
            case Mapping mapping ->
                mapping.entries()
                        .forEach((key, value) -> stages.add(new Expanded(
                                name + "@" + key,
                                body,
                                template.with(Map.of(
                                        "item",
                                        item(value),
                                        "key",
                                        new Scalar(ScalarKind.STRING, key, value.line()))))));
            case Scalar scalar ->
                template.fail("needs a list or mapping under 'foreach:', not " + scalar.brief(), scalar.line());
        }
        return bounded(stages);
    }

    private List<Expanded> bounded(List<Expanded> stages) {
        if (stages.size() > MOST) {
            template.fail("stands for more than " + MOST + " stages", entry.line());
            return List.of();
        }
        return stages;
    }

    private List<Expanded> matrix(Doc matrix) {
        List<Choice> choices = List.of(new Choice("", Map.of()));
        if (!(matrix instanceof Mapping axes)) {
            template.fail("needs a mapping under 'matrix:'", matrix.line());
            return List.of();
        }
        for (Map.Entry<String, Doc> axis : axes.entries().entrySet()) {
            Optional<List<Doc>> values = resolved(axis.getValue()).flatMap(this::axis);
            if (values.isEmpty()) {
                return List.of();
            }
            if ((long) choices.size() * values.get().size() > MOST) {
                template.fail("stands for more than " + MOST + " stages", entry.line());
                return List.of();
            }
            choices = product(choices, axis.getKey(), values.get());
        }
        return choices.stream()
                .map(choice -> new Expanded(
                        name + "@" + choice.name(),
                        entry,
                        template.with(Map.of(
                                "item",
                                new Mapping(choice.values(), Map.of(), matrix.line()),
                                "key",
                                new Scalar(ScalarKind.STRING, choice.name(), matrix.line())))))
                .toList();
    }

    /** A mapping stands for its keys. */
    private Optional<List<Doc>> axis(Doc doc) {
        return switch (doc) {
            case Sequence sequence ->
                Optional.of(sequence.items().stream().map(this::item).toList());
            case Mapping mapping ->
                Optional.of(mapping.entries().keySet().stream()
                        .map(key -> (Doc) new Scalar(ScalarKind.STRING, key, mapping.lineOf(key)))
                        .toList());
            case Scalar scalar -> {
                template.fail("needs lists under 'matrix:', not " + scalar.brief(), scalar.line());
                yield Optional.empty();
            }
        };
    }

    private record Choice(String name, Map<String, Doc> values) {}

    private static List<Choice> product(List<Choice> choices, String axis, List<Doc> values) {
        List<Choice> more = new ArrayList<>();
        for (Choice choice : choices) {
            for (int i = 0; i < values.size(); i++) {
                Doc value = values.get(i);
                String key = value instanceof Scalar scalar ? PythonText.of(scalar) : axis + i;
                Map<String, Doc> chosen = new LinkedHashMap<>(choice.values());
                chosen.put(axis, value);
                more.add(new Choice(choice.name().isEmpty() ? key : choice.name() + "-" + key, chosen));
            }
        }
        return more;
    }
}
