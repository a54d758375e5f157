package org.labharness.pipeline.preflight;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.PythonImports;
import org.labharness.pipeline.document.Text;

/** What the packages in requirements.txt mean for the run: no version, DVC itself, large ones; and the same package twice. */
final class PackagesQuirk implements Quirk {
    private static final String FILE = "requirements.txt";
    private static final int MOST = 2_000;
    private static final Pattern LINE =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,99})(?:\\[[^\\]]{0,99}])?\\s*([^;#]{0,200}).*");
    private static final Map<String, String> HEAVY = Map.of(
            "torch", "torch",
            "torchvision", "torch",
            "tensorflow", "TensorFlow",
            "keras", "TensorFlow",
            "pyspark", "Spark",
            "airflow", "Airflow",
            "apache-airflow", "Airflow");

    private record Named(String name, String version, int line) {}

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        List<Named> all = view.text(FILE).map(PackagesQuirk::named).orElse(List.of());
        unpinned(all, findings);
        twice(all, findings);
        all.stream()
                .filter(each -> each.name().equals("dvc") && each.version().startsWith("=="))
                .findFirst()
                .ifPresent(
                        each -> findings.accept(
                                FindingCode.ENV_OWN_DVC.at(
                                        new Place(FILE, each.line()),
                                        FILE + " asks for dvc" + each.version()
                                                + ". The pipeline is run by the grader's own DVC, so it does not matter whether that version still works with today's packages.",
                                        "Nothing has to be done. On your own machine, 'pip install -U dvc pathspec' mends \"cannot import name '_DIR_MARK'\".")));
        heavy(view, all, findings);
    }

    private static List<Named> named(Text text) {
        List<String> lines = text.content().lines().limit(MOST).toList();
        List<Named> found = new java.util.ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            Matcher matcher = LINE.matcher(line.length() > 400 ? "" : line);
            if (matcher.matches() && !line.contains("://") && !line.contains(" @ ")) {
                String name = matcher.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
                found.add(new Named(name, matcher.group(2).strip().replace(" ", ""), i + 1));
            }
        }
        return found;
    }

    private static void unpinned(List<Named> all, Consumer<Finding> findings) {
        List<Named> bare = List.copyOf(all.stream()
                .filter(each -> each.version().isEmpty())
                .collect(Collectors.toMap(Named::name, each -> each, (first, again) -> first, LinkedHashMap::new))
                .values());
        if (!bare.isEmpty()) {
            String names = bare.stream().limit(5).map(Named::name).collect(Collectors.joining(", "));
            findings.accept(FindingCode.ENV_UNPINNED.at(
                    new Place(FILE, bare.getFirst().line()),
                    bare.size() + " of "
                            + all.stream().map(Named::name).distinct().count() + " packages have no version: " + names
                            + (bare.size() > 5 ? " and more" : "")
                            + ". They are taken as they were on the day of your last commit; elsewhere the newest may break the code.",
                    "Write the versions that you use: pip freeze shows them."));
        }
    }

    private static void twice(List<Named> all, Consumer<Finding> findings) {
        Map<String, Named> known = new LinkedHashMap<>();
        for (Named each : all) {
            Named other = known.putIfAbsent(each.name(), each);
            boolean unlike = other != null
                    && other.version().startsWith("==")
                    && each.version().startsWith("==")
                    && !other.version().equals(each.version());
            if (unlike) {
                findings.accept(FindingCode.ENV_IMPOSSIBLE_REQUIREMENT.at(
                        new Place(FILE, each.line()),
                        FILE + " asks for " + each.name() + other.version() + " (line " + other.line() + ") and "
                                + each.name() + each.version() + " (line " + each.line()
                                + "); only one can be installed.",
                        "Keep one of the two lines."));
            }
        }
    }

    private static void heavy(TreeView view, List<Named> all, Consumer<Finding> findings) {
        Set<String> names = all.stream().map(Named::name).collect(Collectors.toSet());
        view.python()
                .forEach(file -> PythonImports.of(file.path(), file.source()).stream()
                        .filter(each -> !each.optional())
                        .forEach(each -> names.add(each.module())));
        List<String> heavy = names.stream()
                .filter(HEAVY::containsKey)
                .map(name -> String.valueOf(HEAVY.get(name)))
                .distinct()
                .sorted()
                .toList();
        if (!heavy.isEmpty()) {
            findings.accept(FindingCode.ENV_HEAVY.at(
                    all.isEmpty() ? null : Place.of(FILE),
                    "The code needs " + String.join(" and ", heavy) + (heavy.size() == 1 ? ", which is" : ", which are")
                            + " large: the environment takes minutes to build the first time, and there is no graphics card.",
                    "Keep the training small enough for two processor cores and the lab's time limit."));
        }
    }
}
