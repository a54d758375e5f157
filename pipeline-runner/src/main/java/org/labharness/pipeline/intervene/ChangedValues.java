package org.labharness.pipeline.intervene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.labharness.lab.Intervention.ValuesChanged;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.DocumentLimits;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.PythonSource;
import org.labharness.pipeline.document.ValueSpan;
import org.labharness.pipeline.evidence.InterventionFacts.Changed;
import org.labharness.pipeline.evidence.PipelineFacts;

/** Other values in params or configuration files. */
final class ChangedValues {
    private static final long LARGEST = DocumentLimits.DEFAULT.bytes();

    private static final int MOST_LEAVES = 500;

    private final TreeEdit edit;
    private final List<PipelineFacts> pipelines;

    ChangedValues(TreeEdit edit, List<PipelineFacts> pipelines) {
        this.edit = edit;
        this.pipelines = List.copyOf(pipelines);
    }

    Change make(ValuesChanged asked) throws IOException {
        return asked.values().isEmpty() ? chosen() : given(asked);
    }

    private Change given(ValuesChanged asked) throws IOException {
        List<Changed> changed = new ArrayList<>();
        List<String> files =
                asked.file().isEmpty() ? new ParamsFiles(pipelines, edit.tree()).all() : List.of(asked.file());
        for (Map.Entry<String, String> entry : asked.values().entrySet()) {
            String name = entry.getKey();
            Optional<String> file =
                    files.stream().filter(one -> value(one, name).isPresent()).findFirst();
            if (file.isEmpty()) {
                return nowhere(name, files);
            }
            Literal is = value(file.get(), name).orElseThrow();
            Optional<Literal> becomes = Optional.of(new Literal(entry.getValue()))
                    .filter(wanted -> !wanted.sameAs(is))
                    .or(is::neighbour);
            if (becomes.isEmpty()) {
                return Change.ours(name + " in " + file.get() + " is " + is.bare()
                        + " already, and the lab names no other value.");
            }
            changed.add(set(file.get(), name, is, becomes.get()));
        }
        return made(changed);
    }

    /** One of the values that stages declare; where there is none, one of those in commands or in whole files under deps. */
    private Change chosen() throws IOException {
        Candidates candidates = new Candidates(this::leaves, this::values);
        ParamsFiles files = new ParamsFiles(pipelines, edit.tree());
        Optional<Candidates.Candidate> best = candidates
                .best(UsedNames.declared(pipelines))
                .or(() -> candidates.best(UsedNames.inTemplates(pipelines, edit.tree())))
                .or(() -> candidates.best(UsedNames.inDependencies(pipelines, files.dependencies())));
        if (best.isPresent()) {
            Candidates.Candidate one = best.get();
            return made(List.of(set(one.file(), one.name(), one.value(), one.other())));
        }
        return candidates.refusable().isEmpty()
                ? Change.theirs("No stage declares a parameter under params that is a number or yes or no,"
                        + " so none could be changed.")
                : Change.ours("Of the declared parameters only " + String.join(", ", candidates.refusable())
                        + " could be changed, and a program may rightly refuse another value of it.");
    }

    private Changed set(String file, String name, Literal is, Literal becomes) throws IOException {
        String text = edit.text(file, LARGEST).orElseThrow(() -> new IOException(file + " cannot be read"));
        ValueSpan span =
                ValueSpan.find(file, text, name).orElseThrow(() -> new IOException(name + " is not in " + file));
        String written = file.endsWith(".py")
                ? becomes.forPython().text()
                : ValueSpan.isText(file) ? becomes.bare() : becomes.text();
        edit.write(file, span.replaced(text, written));
        return new Changed(file, name, is.bare(), becomes.bare());
    }

    private static Change made(List<Changed> changed) {
        return Change.made(
                changed.stream()
                        .map(one -> one.name() + " in " + one.file() + " was changed from " + one.from() + " to "
                                + one.to())
                        .collect(Collectors.joining(", ")),
                changed);
    }

    private List<String> leaves(String file, String name) {
        if (file.endsWith(".py")) {
            return name.isEmpty() ? List.of() : List.of(name);
        }
        List<String> found = new ArrayList<>();
        Documents.read(edit.tree(), file)
                .document()
                .flatMap(root -> name.isEmpty() ? Optional.of(root) : root.at(name))
                .ifPresent(doc -> leaves(doc, name, found));
        return found;
    }

    private static void leaves(Doc doc, String name, List<String> found) {
        if (doc instanceof Doc.Scalar && found.size() < MOST_LEAVES) {
            found.add(name);
        } else if (doc instanceof Doc.Mapping mapping) {
            mapping.entries().forEach((key, value) -> leaves(value, name.isEmpty() ? key : name + "." + key, found));
        }
    }

    private Optional<Literal> value(String file, String name) {
        return Optional.ofNullable(values(file, Set.of(name)).get(name));
    }

    private Map<String, Literal> values(String file, Set<String> names) {
        Map<String, Literal> values = new HashMap<>();
        edit.text(file, LARGEST)
                .ifPresent(text -> ValueSpan.find(file, text, names)
                        .forEach((name, span) -> values.put(name, new Literal(span.value()))));
        return values;
    }

    /** What is there and can be read, but not changed by us, is no fault of the submission. */
    private Change nowhere(String name, List<String> files) {
        List<String> there = files.stream().filter(edit.tree()::isFile).toList();
        if (there.isEmpty()) {
            return Change.theirs("There is no " + files.getFirst() + ", so " + name + " could not be changed.");
        }
        for (String file : there) {
            Optional<Doc> held = file.endsWith(".py")
                    ? Optional.empty()
                    : Documents.read(edit.tree(), file).document().flatMap(root -> root.at(name));
            if (held.isPresent()) {
                return held.get() instanceof Doc.Scalar
                        ? Change.ours(
                                name + " in " + file + " is written in a way in which the grader cannot change it.")
                        : Change.theirs(name + " in " + file + " is a list or mapping and no single value,"
                                + " so it could not be changed.");
            }
            if (file.endsWith(".py") && isTooMuch(file)) {
                return Change.ours(
                        file + " is code that the grader cannot read, so " + name + " could not be changed.");
            }
        }
        return Change.theirs(
                "There is no value " + name + " in " + String.join(", ", there) + ", so it could not be changed.");
    }

    private boolean isTooMuch(String file) {
        return edit.text(file, LARGEST).map(PythonSource::of).stream()
                .anyMatch(source -> source instanceof PythonSource.Unreadable unreadable && !unreadable.syntax());
    }
}
