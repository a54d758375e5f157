package org.labharness.lab.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.lab.CheckSpec;
import org.labharness.lab.CustomCheck;
import org.labharness.lab.CustomCheck.Item;
import org.labharness.lab.Points;
import org.labharness.lab.SuiteFiles;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads a {@code custom} check and looks whether its files have the tests that it names. */
final class CustomArguments {
    private static final Pattern TEST =
            Pattern.compile("([^:\\s]+\\.py::)?[A-Za-z_][A-Za-z0-9_]*(::[A-Za-z_][A-Za-z0-9_]*)*");
    private static final Pattern DEFINED = Pattern.compile("\\bdef\\s+(test[A-Za-z0-9_]*)");
    private static final String FORM =
            "a pytest file of the lab, such as tests/test_report.py, or {file: ..., items: {test_title: 2}}";

    private final Points points;
    private final Path folder;

    private CustomArguments(Points points, Path folder) {
        this.points = points;
        this.folder = folder;
    }

    static CheckSpec read(Value value, Points points, Path folder) {
        return new CustomArguments(points, folder).read(value);
    }

    private CheckSpec read(Value value) {
        if (value.node() instanceof ScalarNode) {
            String file = value.safePath();
            source(value, file);
            return new CustomCheck.Custom(file, List.of());
        }
        YamlMap map = YamlMap.open(value, FORM);
        map.refuseOthers(List.of("file", "items"));
        Optional<Value> named = map.need("file", "a pytest file of the lab, such as tests/test_report.py");
        String file = named.map(Value::safePath).orElse("");
        Optional<String> source = named.flatMap(place -> source(place, file));
        List<Item> items = map.get("items").map(list -> items(list, source)).orElse(List.of());
        return new CustomCheck.Custom(file, items);
    }

    /** All that the Python files say; empty, and a problem, where they cannot be used. */
    private Optional<String> source(Value value, String file) {
        if (file.isEmpty() || !Value.isSafe(file)) {
            return Optional.empty();
        }
        try {
            StringBuilder source = new StringBuilder();
            for (Path path : SuiteFiles.of(folder, file)) {
                if (path.toString().endsWith(".py")) {
                    source.append(new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
                }
            }
            return Optional.of(source.toString());
        } catch (IOException e) {
            value.problems()
                    .add(
                            "missing-tests",
                            value.line(),
                            "The tests '" + file + "' cannot be used: " + e.getMessage() + ".",
                            "Put " + (file.endsWith(".py") ? "the file" : "a pytest file")
                                    + " there, or correct its path.");
            return Optional.empty();
        }
    }

    private List<Item> items(Value value, Optional<String> source) {
        YamlMap map = YamlMap.open(value, "tests with their points, such as {test_title: 2}");
        List<Item> items = new ArrayList<>();
        for (String test : map.keys()) {
            Points worth = map.get(test).map(each -> each.points("0.01")).orElse(Points.ZERO);
            if (!TEST.matcher(test).matches()) {
                value.problems()
                        .add(
                                "type",
                                map.line(test),
                                "'" + test + "' is no name of a test.",
                                "Expected one as pytest gives it, such as test_title or TestReport::test_title.");
            } else {
                source.ifPresent(text -> isThere(test, text, map));
            }
            items.add(new Item(test, worth));
        }
        Points sum = items.stream().map(Item::points).reduce(Points.ZERO, Points::plus);
        if (sum.compareTo(points) != 0) {
            value.problems()
                    .add(
                            "points",
                            value.line(),
                            "The items are worth " + sum + " points together, the check " + points + ".",
                            "Change the points of an item, or 'points' of the check to " + sum + ".");
        }
        return items;
    }

    private static void isThere(String test, String source, YamlMap map) {
        String name = test.substring(test.lastIndexOf(':') + 1);
        if (Pattern.compile("\\b" + name + "\\b").matcher(source).find()) {
            return;
        }
        TreeSet<String> defined = new TreeSet<>();
        for (Matcher each = DEFINED.matcher(source); each.find(); ) {
            defined.add(each.group(1));
        }
        map.problems().unknown("unknown-test", map.line(test), "There is no test '" + test + "'.", name, defined);
    }
}
