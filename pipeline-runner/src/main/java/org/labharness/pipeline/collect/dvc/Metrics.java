package org.labharness.pipeline.collect.dvc;

import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.Doc.Scalar;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.document.TreeReader.FoundFile;
import org.labharness.pipeline.evidence.MetricsFile;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.PipelineFacts.OutputKind;

/** The metrics files of a submission: the values at the commit, taken before anything ran, beside those after the run. */
public final class Metrics {
    private static final int MOST_ENTRIES = 20_000;
    private static final int MOST_FILES = 100;
    private static final int MOST_VALUES = 1_000;
    private static final Set<String> NEVER = Set.of(
            ".dvc", ".venv", "venv", "env", "site-packages", "node_modules", "mlruns", "mlartifacts", "__pycache__");

    private final Set<String> declared;
    private final Map<String, Optional<Map<String, Double>>> reported;
    private final Map<String, FileTime> written;
    /** Sums that locks record, by path. */
    private final Map<String, String> recorded;

    private Metrics(
            Set<String> declared,
            Map<String, Optional<Map<String, Double>>> reported,
            Map<String, FileTime> written,
            Map<String, String> recorded) {
        this.declared = declared;
        this.reported = reported;
        this.written = written;
        this.recorded = recorded;
    }

    /** Takes the committed values. Call it before the run: DVC deletes metrics before it runs a stage. */
    public static Metrics before(TreeReader tree, List<PipelineFacts> pipelines) {
        Set<String> declared = declared(tree, pipelines);
        Map<String, Optional<Map<String, Double>>> reported = new HashMap<>();
        for (String path : paths(tree, declared)) {
            reported.put(path, values(tree, path));
        }
        Map<String, FileTime> written = new HashMap<>();
        reported.keySet().forEach(path -> written.computeIfAbsent(path, key -> writtenAt(tree, key)));
        return new Metrics(declared, reported, written, recorded(tree, pipelines));
    }

    private static Map<String, String> recorded(TreeReader tree, List<PipelineFacts> pipelines) {
        Map<String, String> sums = new HashMap<>();
        for (PipelineFacts pipeline : pipelines) {
            Doc lock = Pipelines.recorded(tree, pipeline);
            pipeline.stages()
                    .forEach(stage ->
                            TrackedFile.outputs(pipeline, stage, lock).forEach(out -> sums.put(out.path(), out.md5())));
        }
        return sums;
    }

    /** Paths that stages, or dvc.yaml at its top, declare as metrics. */
    public static Set<String> declared(TreeReader tree, List<PipelineFacts> pipelines) {
        Set<String> declared = new TreeSet<>();
        for (PipelineFacts pipeline : pipelines) {
            pipeline.stages().stream()
                    .flatMap(stage -> stage.outs().stream())
                    .filter(out -> out.kind() == OutputKind.METRIC)
                    .forEach(out -> declared.add(out.path()));
            Documents.read(tree, pipeline.path(Pipelines.FILE), Form.YAML)
                    .document()
                    .ifPresent(root -> declared.addAll(Pipelines.topMetrics(root, pipeline.directory())));
        }
        return declared;
    }

    /** Nothing ran: reported values only. */
    public List<MetricsFile> reportedOnly() {
        return new TreeSet<>(reported.keySet())
                .stream().map(path -> file(path, null)).toList();
    }

    /**
     * The values that the run made, beside the reported ones.
     *
     * @param notMade outputs of stages that did not run to their end: what lies there now is no result of the run
     */
    public List<MetricsFile> after(TreeReader tree, Set<String> notMade) {
        Set<String> paths = new TreeSet<>(reported.keySet());
        paths.addAll(paths(tree, declared));
        List<MetricsFile> files = new ArrayList<>();
        for (String path : paths) {
            boolean made =
                    notMade.stream().noneMatch(out -> RepositoryPath.isWithin(path, out)) && !isUntouched(tree, path);
            files.add(after(tree, path, made ? values(tree, path).orElse(null) : null));
        }
        return files;
    }

    /** What only DVC's cache keeps is known to have come out again where it has the sum that the lock records. */
    private MetricsFile after(TreeReader tree, String path, @Nullable Map<String, Double> made) {
        MetricsFile file = file(path, made);
        boolean same = file.reported() == null && made != null && isAsRecorded(tree, path);
        return same ? new MetricsFile(path, file.declared(), made, made) : file;
    }

    /** Whether a file, or the output folder that it lies in, has the sum that the lock records. */
    private boolean isAsRecorded(TreeReader tree, String path) {
        for (String output = path; !output.isEmpty(); output = RepositoryPath.parent(output)) {
            String sum = recorded.getOrDefault(output, "");
            if (!sum.isEmpty()) {
                return new ContentHash(tree).match(output, sum) != ContentHash.Match.DIFFERENT;
            }
        }
        return false;
    }

    /** Whether a committed file is the very one that was there before the run. */
    private boolean isUntouched(TreeReader tree, String path) {
        FileTime before = written.get(path);
        return before != null && before.equals(writtenAt(tree, path));
    }

    private static @Nullable FileTime writtenAt(TreeReader tree, String path) {
        return tree.modified(path).orElse(null);
    }

    private MetricsFile file(String path, @Nullable Map<String, Double> reproduced) {
        Map<String, Double> before =
                reported.getOrDefault(path, Optional.empty()).orElse(null);
        return new MetricsFile(path, declared.contains(path), before, reproduced);
    }

    private static Set<String> paths(TreeReader tree, Set<String> declared) {
        Set<String> paths = new TreeSet<>(declared);
        for (FoundFile file : tree.list("", MOST_ENTRIES, NEVER).files()) {
            if (paths.size() < MOST_FILES && looksLikeMetrics(file.path())) {
                paths.add(file.path());
            }
        }
        return paths;
    }

    /** Whether a file that no stage declares as metrics has a name that says it holds some. */
    public static boolean looksLikeMetrics(String path) {
        String name = RepositoryPath.name(path).toLowerCase(Locale.ROOT);
        boolean form =
                name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".toml");
        return form && (name.contains("metrics") || name.startsWith("scores.") || name.startsWith("metric."));
    }

    private static Optional<Map<String, Double>> values(TreeReader tree, String path) {
        Optional<Doc> root = Documents.read(tree, path).document();
        if (root.isEmpty() || !(root.get() instanceof Mapping mapping)) {
            return Optional.empty();
        }
        Map<String, Double> values = new TreeMap<>();
        flatten("", mapping, values);
        return Optional.of(values);
    }

    /** Numbers only; those that are not finite are left out. */
    static void flatten(String prefix, Mapping mapping, Map<String, Double> values) {
        mapping.entries().forEach((key, doc) -> {
            String name = prefix.isEmpty() ? key : prefix + "." + key;
            if (doc instanceof Mapping nested) {
                flatten(name, nested, values);
            } else if (doc instanceof Scalar scalar && values.size() < MOST_VALUES) {
                OptionalDouble number = scalar.number();
                if (number.isPresent() && Double.isFinite(number.getAsDouble())) {
                    values.put(name, number.getAsDouble());
                }
            }
        });
    }
}
