package org.labharness.lab.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.labharness.lab.Check;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.lab.Form;
import org.labharness.lab.HiddenData;
import org.labharness.lab.Lab;
import org.labharness.lab.LabId;
import org.labharness.lab.LabInput;
import org.labharness.lab.Limits;
import org.labharness.lab.Points;
import org.labharness.lab.Prices;
import org.labharness.lab.RunSpec;
import org.labharness.lab.Service;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code lab.yaml}. */
public final class LabLoader {
    /** The file that makes a folder a lab. */
    public static final String FILE = "lab.yaml";

    static final List<String> KEYS = List.of(
            "id",
            "title",
            "points",
            "opens",
            "environment",
            "limits",
            "inputs",
            "hidden",
            "services",
            "run",
            "prices",
            "not-applicable",
            "checks",
            "form");

    private final Path folder;
    private final Problems problems = new Problems(FILE);

    private LabLoader(Path folder) {
        this.folder = folder;
    }

    /**
     * The lab in a folder.
     *
     * @param folder holds {@code lab.yaml} and the inputs that it names; the lab's own paths are absolute, as containers need them
     * @throws InvalidLab with all problems at once
     * @throws UncheckedIOException where the disk fails
     */
    public static Lab load(Path folder) {
        try {
            return new LabLoader(folder.toAbsolutePath().normalize()).read();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder.resolve(FILE), e);
        }
    }

    private Lab read() throws IOException {
        Path file = folder.resolve(FILE);
        Node root = new YamlText(problems).root(file).orElseThrow(() -> new InvalidLab(file, problems.sorted()));
        YamlMap map = YamlMap.of(new Value(root, "the lab", problems), KEYS);
        Points points = map.need("points", "the sum of what checks and form give")
                .map(value -> value.points("0.01"))
                .orElse(Points.ZERO);
        List<LabInput> inputs = map.get("inputs").map(this::inputs).orElse(List.of());
        List<Service> services = map.get("services").map(ServiceArguments::read).orElse(List.of());
        Form form = map.get("form").map(FormArguments::read).orElse(Form.NONE);
        List<Check> checks = (map.has("form") ? map.get("checks") : map.need("checks", "a list of checks, or a form"))
                .map(value -> new Rubric(problems, new Given(folder, services)).read(value))
                .orElse(List.of());
        addUp(map, points, checks, form);
        HiddenArguments reading = new HiddenArguments(folder, problems);
        List<HiddenData> hidden = map.get("hidden").map(reading::read).orElse(List.of());
        reading.match(checks, hidden, map.line("checks"));
        reading.matchServices(services, hidden, map.line("services"));
        Lab lab = new Lab(
                map.need("id", "an id such as 'dvc-pipeline'")
                        .map(value -> value.parsed(LabId::parse, new LabId("unknown")))
                        .orElse(new LabId("unknown")),
                map.need("title", "a short title").map(Value::text).orElse(""),
                points,
                map.get("opens").map(Settings::day).orElse(null),
                map.get("environment").map(Settings::environment).orElse(EnvironmentSpec.OF_THE_SUBMISSION),
                map.get("limits").map(Settings::limits).orElse(Limits.DEFAULT),
                inputs,
                hidden,
                (checks.isEmpty() ? map.get("run") : map.need("run", "what to run: dvc, detect, mlproject or commands"))
                        .map(Settings::run)
                        .orElseGet(RunSpec.Detect::new),
                map.get("prices").map(Settings::prices).orElse(Prices.DEFAULT),
                map.get("not-applicable").map(LabLoader::setsAside).orElse(false),
                checks,
                form,
                folder,
                problems.none() ? LabDigest.of(folder, inputs, hidden, checks) : "");
        if (!problems.none()) {
            throw new InvalidLab(file, problems.sorted());
        }
        return lab;
    }

    private void addUp(YamlMap map, Points points, List<Check> checks, Form form) {
        if (!checks.isEmpty() && checks.stream().allMatch(Check::bonus)) {
            problems.add(
                    "bonus",
                    map.line("checks"),
                    "All checks are bonus, on top of nothing.",
                    "Expected a check without 'bonus: true', or no checks.");
        }
        Points given = checks.stream()
                .filter(check -> !check.bonus())
                .map(Check::points)
                .reduce(Points.ZERO, Points::plus);
        Points sum = given.plus(form.points());
        if (!problems.none() || sum.compareTo(points) == 0) {
            return;
        }
        String seen = form.isEmpty()
                ? "The checks are worth " + sum + " points together, the lab " + points + "."
                : "The checks are worth " + given + " points and the form " + form.points() + ", together " + sum
                        + ", the lab " + points + ".";
        String what = form.isEmpty() ? "a check" : "a check or item";
        problems.add(
                "points",
                map.get(checks.isEmpty() ? "form" : "checks").map(Value::line).orElse(map.line()),
                seen,
                "Change the points of " + what + ", or 'points' of the lab to " + sum + ".");
    }

    private static boolean setsAside(Value value) {
        return value.word(List.of("set-aside", "no-points")).orElse("").equals("set-aside");
    }

    private List<LabInput> inputs(Value value) {
        YamlMap map = YamlMap.open(value, "a mapping of places in the repository to files of the lab");
        Map<String, String> sources = new TreeMap<>();
        for (String target : map.keys()) {
            if (!Value.isSafe(target)) {
                String expected = "Expected a relative path with forward slashes and without '..'.";
                problems.add(
                        "unsafe-path", map.line(target), "The input '" + target + "' leaves the repository.", expected);
            }
            map.get(target).ifPresent(source -> sources.put(target, source(source)));
        }
        return sources.entrySet().stream()
                .map(entry -> new LabInput(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(LabInput::target))
                .toList();
    }

    private String source(Value value) {
        String source = value.safePath();
        if (!source.isEmpty() && Value.isSafe(source) && !LabDigest.isInside(folder, source)) {
            String seen = "The input file '" + source + "' is not in the lab's folder " + folder + ".";
            problems.add("missing-input", value.line(), seen, "Put the file there, or correct its path.");
        }
        return source;
    }
}
