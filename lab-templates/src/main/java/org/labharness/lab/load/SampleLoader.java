package org.labharness.lab.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.labharness.lab.Check;
import org.labharness.lab.CheckId;
import org.labharness.lab.HiddenData;
import org.labharness.lab.Lab;
import org.labharness.lab.Points;
import org.labharness.lab.sample.Expected;
import org.labharness.lab.sample.HistoryStep;
import org.labharness.lab.sample.Sample;
import org.labharness.lab.sample.Sample.Kind;

/** Reads {@code expected.yaml}: which samples a lab has and what each must earn. */
public final class SampleLoader {
    /** The file in the lab's folder. */
    public static final String FILE = "expected.yaml";

    private final Lab lab;
    private final Problems problems = new Problems(FILE);
    private List<HistoryStep> history = List.of();

    private SampleLoader(Lab lab) {
        this.lab = lab;
    }

    /**
     * The samples of a lab: solution, starter, then the faulty ones in the file's order.
     *
     * @throws InvalidLab with all problems at once
     */
    public static List<Sample> load(Lab lab) {
        try {
            return new SampleLoader(lab).read();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + lab.folder().resolve(FILE), e);
        }
    }

    private List<Sample> read() throws IOException {
        Path file = lab.folder().resolve(FILE);
        YamlMap map = new YamlText(problems)
                .root(file)
                .map(root -> YamlMap.of(
                        new Value(root, FILE, problems), List.of("solution", "starter", "history", "faulty")))
                .orElseThrow(() -> new InvalidLab(file, problems.sorted()));
        history = map.get("history").map(new HistorySteps(lab.folder())::read).orElse(List.of());
        List<Sample> samples = new ArrayList<>();
        map.need("solution", "'solution: full'").ifPresent(value -> samples.add(whole(Kind.SOLUTION, value)));
        map.need("starter", "'starter: none', 'refused', or a mapping of checks to points")
                .ifPresent(value -> samples.add(whole(Kind.STARTER, value)));
        map.need("faulty", "a mapping of faulty submissions").ifPresent(value -> faulty(value, samples));
        unlisted(samples);
        if (!problems.none()) {
            throw new InvalidLab(file, problems.sorted());
        }
        return samples;
    }

    private Sample whole(Kind kind, Value value) {
        String name = value.name();
        if (!Files.isDirectory(lab.folder().resolve(name))) {
            String seen = "There is no folder " + lab.folder().resolve(name) + ".";
            problems.add("missing-sample", value.line(), seen, "Expected the files of the " + name + " in it.");
        }
        return new Sample(
                name, kind, "", List.of(), Map.of(), kind == Kind.SOLUTION ? history : List.of(), expected(value));
    }

    private Expected expected(Value value) {
        if (!value.isText()) {
            return scores(value, true);
        }
        return switch (value.word(List.of("full", "none", "refused")).orElse("full")) {
            case "refused" -> new Expected.Refused();
            case "none" -> new Expected.Scored(outcomes(true));
            default -> new Expected.Scored(outcomes(false));
        };
    }

    private Map<CheckId, Expected.Outcome> outcomes(boolean none) {
        Map<CheckId, Expected.Outcome> outcomes = new LinkedHashMap<>();
        lab.checks()
                .forEach(check -> outcomes.put(check.id(), new Expected.Earns(none ? Points.ZERO : check.points())));
        return outcomes;
    }

    private Expected scores(Value value, boolean none) {
        YamlMap map = YamlMap.open(value, "a mapping of checks to points");
        Map<CheckId, Expected.Outcome> outcomes = outcomes(none);
        List<String> known =
                lab.checks().stream().map(check -> check.id().toString()).toList();
        map.refuseOthers(known);
        for (Check check : lab.checks()) {
            map.get(check.id().toString()).ifPresent(score -> outcomes.put(check.id(), outcome(score, check)));
        }
        return new Expected.Scored(outcomes);
    }

    private Expected.Outcome outcome(Value score, Check check) {
        if (score.isText()) {
            if (!score.scalar().equals("set-aside")) {
                score.wrong("points, or 'set-aside'");
            }
            return new Expected.SetAside();
        }
        Points points = score.points("0");
        if (points.compareTo(check.points()) > 0) {
            score.wrong("range", "at most " + check.points() + ", the points of the check");
        }
        return new Expected.Earns(points);
    }

    private void faulty(Value value, List<Sample> samples) {
        YamlMap map = YamlMap.open(value, "a mapping of faulty submissions");
        for (String name : map.keys()) {
            map.get(name).ifPresent(sample -> samples.add(faulty(name, sample)));
        }
    }

    private Sample faulty(String name, Value value) {
        YamlMap map = YamlMap.of(value, List.of("mistake", "delete", "hidden", "history", "loses"));
        boolean named = Value.isSafe(name) && !name.contains("/");
        if (!named) {
            problems.add("unsafe-path", value.line(), "'" + name + "' is no name of a folder.", "Expected one word.");
        }
        List<String> delete = map.get("delete").map(this::deleted).orElse(List.of());
        Map<String, String> hidden = map.get("hidden").map(this::hidden).orElse(Map.of());
        if (named && delete.isEmpty() && hidden.isEmpty() && !map.has("history") && !Files.isDirectory(folder(name))) {
            String seen = "There is no folder " + folder(name) + ".";
            problems.add(
                    "missing-sample",
                    value.line(),
                    seen,
                    "Put the changed files there, or name files to 'delete', or give it a 'history' of its own.");
        }
        return new Sample(
                name,
                Kind.FAULTY,
                map.need("mistake", "what was done wrong, one sentence")
                        .map(Value::text)
                        .orElse(""),
                delete,
                hidden,
                map.get("history").map(new HistorySteps(lab.folder())::read).orElse(history),
                map.need("loses", "the checks that lose points, with what they still earn: {runs: 0}, or {} for none")
                        .map(loses -> scores(loses, false))
                        .orElseGet(Expected.Refused::new));
    }

    /** Rows that no file of the lab can hold, where a program makes them from a secret. */
    private Map<String, String> hidden(Value value) {
        YamlMap map = YamlMap.open(value, "files with ids of hidden data, such as {data/more.csv: rocks}");
        List<String> ids = lab.hidden().stream().map(HiddenData::id).toList();
        Map<String, String> files = new LinkedHashMap<>();
        for (String path : map.keys()) {
            if (!Value.isSafe(path)) {
                problems.add(
                        "unsafe-path",
                        map.line(path),
                        "'" + path + "' leaves the repository.",
                        "Expected a relative path with forward slashes and without '..'.");
            }
            map.get(path).flatMap(id -> id.word(ids)).ifPresent(id -> files.put(path, id));
        }
        return files;
    }

    private List<String> deleted(Value list) {
        List<String> paths = new ArrayList<>();
        for (Value element : list.list()) {
            String path = element.safePath();
            if (Value.isSafe(path)
                    && !Files.exists(lab.folder().resolve("solution").resolve(path))) {
                element.wrong("missing-sample", "a file of the solution");
            }
            paths.add(path);
        }
        return paths;
    }

    private Path folder(String name) {
        return lab.folder().resolve("faulty").resolve(name);
    }

    private void unlisted(List<Sample> samples) throws IOException {
        Path all = lab.folder().resolve("faulty");
        if (!Files.isDirectory(all)) {
            return;
        }
        List<String> known = samples.stream().map(Sample::name).toList();
        try (Stream<Path> folders = Files.list(all)) {
            folders.map(folder -> String.valueOf(folder.getFileName()))
                    .filter(name -> !known.contains(name))
                    .sorted()
                    .forEach(name -> problems.unknown(
                            "unlisted-sample",
                            0,
                            "The folder faulty/" + name + " is not listed: nothing says what it must earn.",
                            name,
                            known));
        }
    }
}
