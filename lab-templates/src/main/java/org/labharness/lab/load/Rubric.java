package org.labharness.lab.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Check;
import org.labharness.lab.CheckId;
import org.labharness.lab.CheckSpec;
import org.labharness.lab.Points;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads the list of checks. */
final class Rubric {
    static final List<String> KEYS = List.of("id", "title", "points", "hint", "bonus");
    private static final CheckId NOBODY = new CheckId("unknown");

    private final Problems problems;
    private final Given given;
    private final Map<CheckId, Integer> lines = new HashMap<>();

    /** @param given what checks may mean */
    Rubric(Problems problems, Given given) {
        this.problems = problems;
        this.given = given;
    }

    List<Check> read(Value value) {
        List<Check> checks = new ArrayList<>();
        for (Value element : value.list()) {
            check(new Value(element.node(), "check " + (checks.size() + 1), problems), checks);
        }
        return checks;
    }

    private void check(Value value, List<Check> checks) {
        YamlMap map = YamlMap.open(value, "a mapping such as {id: runs, title: It runs, points: 10, reproduces: all}");
        if (!(value.node() instanceof MappingNode)) {
            return;
        }
        List<String> known = new ArrayList<>(KEYS);
        known.addAll(CheckArguments.NAMES);
        map.refuseOthers(known);
        CheckId id = map.need("id", "an id such as 'clean-run'")
                .map(text -> text.parsed(CheckId::parse, NOBODY))
                .orElse(NOBODY);
        noteId(id, map.line("id"));
        String title =
                map.need("title", "what the student reads").map(Value::text).orElse("");
        Points points = map.need("points", "what the check is worth")
                .map(number -> number.points("0.01"))
                .orElse(Points.ZERO);
        @Nullable String hint = map.get("hint").map(Value::text).orElse(null);
        boolean bonus = map.get("bonus").map(Value::yesOrNo).orElse(false);
        List<String> names =
                map.keys().stream().filter(CheckArguments.NAMES::contains).toList();
        if (names.size() != 1) {
            asksOneThing(value, names, map.keys().stream().allMatch(known::contains));
        }
        for (String name : names) {
            CheckSpec spec = map.get(name)
                    .map(arguments -> CheckArguments.read(arguments, points, given))
                    .orElseThrow();
            spec.labFiles().forEach(file -> isThere(file, map.line(name)));
            checks.add(new Check(id, title, points, spec, hint, bonus));
        }
    }

    private void isThere(String file, int line) {
        if (Value.isSafe(file) && !LabDigest.isInside(given.folder(), file)) {
            problems.add(
                    "missing-file",
                    line,
                    "The file '" + file + "' is not in the lab's folder " + given.folder() + ".",
                    "Put the file there, or correct its path.");
        }
    }

    private void noteId(CheckId id, int line) {
        Integer other = id.equals(NOBODY) ? null : lines.putIfAbsent(id, line);
        if (other != null) {
            problems.add(
                    "duplicate-id",
                    line,
                    "The id '" + id + "' is taken by the check in line " + other + ".",
                    "Give each check an id of its own.");
        }
    }

    /** @param spelt whether all keys are known; else a misspelt one has been named already */
    private void asksOneThing(Value value, List<String> names, boolean spelt) {
        if (names.isEmpty() && !spelt) {
            return;
        }
        String seen = names.isEmpty() ? "says not what to look at" : "asks for " + String.join(" and ", names);
        problems.add(
                "check",
                value.line(),
                "'" + value.name() + "' " + seen + ".",
                "Expected exactly one of: " + String.join(", ", CheckArguments.NAMES) + ".");
    }
}
