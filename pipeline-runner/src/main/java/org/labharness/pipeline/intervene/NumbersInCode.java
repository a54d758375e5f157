package org.labharness.pipeline.intervene;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.PythonSource;
import org.labharness.pipeline.document.PythonValue;
import org.labharness.pipeline.document.Text;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.document.TreeReader.FoundFile;
import org.labharness.pipeline.evidence.InterventionFacts.Copy;
import org.labharness.pipeline.evidence.PipelineFacts;

/** Finds code that holds all the numbers of an output, which is not computed then but written down. */
final class NumbersInCode {
    private static final int MOST_FILES = 5_000;
    private static final int MOST_SOURCES = 300;
    private static final Set<String> NOT_THEIRS =
            Set.of("venv", ".venv", "env", "site-packages", "node_modules", ".dvc");

    private static final String WRITES = "(?i).*(?:write|load|dump|parse).*";

    private final TreeReader tree;
    private final List<PipelineFacts> pipelines;

    NumbersInCode(TreeReader tree, List<PipelineFacts> pipelines) {
        this.tree = tree;
        this.pipelines = List.copyOf(pipelines);
    }

    /** @param numbers as written, by output */
    List<Copy> of(Map<String, List<String>> numbers, Collection<String> outputs) {
        Map<String, Set<String>> wanted = new TreeMap<>();
        for (String output : outputs) {
            List<String> all = numbers.getOrDefault(output, List.of());
            if (!all.isEmpty()) {
                wanted.put(output, Set.copyOf(all));
            }
        }
        List<Copy> found = new ArrayList<>();
        if (wanted.isEmpty()) {
            return found;
        }
        inCommands(wanted, found);
        tree.list("", MOST_FILES, NOT_THEIRS).files().stream()
                .map(FoundFile::path)
                .filter(path -> path.endsWith(".py"))
                .limit(MOST_SOURCES)
                .forEach(path -> inPython(path, wanted, found));
        return found;
    }

    private void inCommands(Map<String, Set<String>> wanted, List<Copy> found) {
        pipelines.stream().flatMap(pipeline -> pipeline.stages().stream()).forEach(stage -> {
            Set<String> words = new HashSet<>();
            stage.commands().forEach(command -> words.addAll(List.of(command.split("[^0-9.-]+", -1))));
            wanted.forEach((output, numbers) -> {
                if (words.containsAll(numbers)) {
                    found.add(new Copy(output, stage.where(), true));
                }
            });
        });
    }

    private void inPython(String path, Map<String, Set<String>> wanted, List<Copy> found) {
        Optional<String> text = tree.text(path, PythonSource.LONGEST).map(Text::content);
        // Parsing takes long: only what holds the digits at all.
        List<String> outputs = wanted.entrySet().stream()
                .filter(entry -> text.isPresent() && entry.getValue().stream().allMatch(text.get()::contains))
                .map(Map.Entry::getKey)
                .toList();
        if (outputs.isEmpty() || !(PythonSource.of(text.orElseThrow()) instanceof PythonSource.Module module)) {
            return;
        }
        Map<String, Integer> constants = new HashMap<>();
        Stream.concat(
                        module.calls().stream().flatMap(NumbersInCode::arguments),
                        module.assignments().stream().map(PythonSource.Assignment::value))
                .forEach(value -> constants(value, constants));
        for (String output : outputs) {
            Set<String> numbers = wanted.getOrDefault(output, Set.of());
            if (constants.keySet().containsAll(numbers)) {
                int line = numbers.stream().mapToInt(constants::get).min().orElse(0);
                found.add(new Copy(output, new Place(path, line), true));
            }
        }
    }

    /** What a call is given; a text only where it is written or read, for what a log says is no result. */
    private static Stream<PythonValue> arguments(PythonSource.Call call) {
        return Stream.concat(call.arguments().stream(), call.keywords().values().stream())
                .filter(value ->
                        !(value instanceof PythonValue.Text) || call.callee().matches(WRITES));
    }

    private static void constants(PythonValue value, Map<String, Integer> found) {
        switch (value) {
            case PythonValue.Constant constant -> found.putIfAbsent(constant.text(), constant.line());
            case PythonValue.Joined joined -> joined.parts().forEach(part -> constants(part, found));
            case PythonValue.Result result -> result.arguments().forEach(argument -> constants(argument, found));
            case PythonValue.Choice choice -> choice.values().forEach(one -> constants(one, found));
            case PythonValue.Items items -> items.items().forEach(item -> constants(item, found));
            case PythonValue.Text text ->
                text.text().lines().limit(1000).forEach(line -> {
                    for (String word : line.split("[^0-9.-]+", -1)) {
                        if (word.length() > 4) {
                            found.putIfAbsent(word, text.line());
                        }
                    }
                });
            case PythonValue.Name name -> {}
            case PythonValue.Other other -> {}
        }
    }
}
