package org.labharness.pipeline.collect.dvc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Place;
import org.labharness.pipeline.collect.dvc.StageExpansion.Expanded;
import org.labharness.pipeline.collect.dvc.Template.Failure;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.Doc.Scalar;
import org.labharness.pipeline.document.Doc.ScalarKind;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.Parsed;
import org.labharness.pipeline.document.Parsed.Read;
import org.labharness.pipeline.document.Parsed.Unreadable;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.document.TreeReader.FoundFile;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.PipelineFacts.Output;
import org.labharness.pipeline.evidence.PipelineFacts.OutputKind;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

/** Reads every dvc.yaml of a tree and compares its lock, without DVC. Call it on the clone before anything ran. */
public final class Pipelines {
    static final String FILE = "dvc.yaml";
    static final String LOCK = "dvc.lock";

    private static final int MOST_ENTRIES = 100_000;
    private static final int MOST_PIPELINES = 50;
    private static final int MOST_STAGES = 2_000;
    private static final Set<String> NEVER = Set.of(".dvc", ".venv", "venv", "env", "site-packages", "node_modules");

    private Pipelines() {}

    /** Pipelines sorted by folder, that of the root first. */
    public static List<PipelineFacts> read(TreeReader tree) {
        return read(
                tree,
                tree.list("", MOST_ENTRIES, NEVER).files().stream()
                        .map(FoundFile::path)
                        .toList());
    }

    /** The same where the paths of the tree's files are known already. */
    public static List<PipelineFacts> read(TreeReader tree, List<String> paths) {
        List<PipelineFacts> declared = paths.stream()
                .filter(path -> RepositoryPath.name(path).equals(FILE) && !isForeign(path))
                .sorted((a, b) -> RepositoryPath.parent(a).compareTo(RepositoryPath.parent(b)))
                .limit(MOST_PIPELINES)
                .map(path -> declared(tree, RepositoryPath.parent(path)))
                .toList();
        LockComparison comparison = new LockComparison(tree, declared, TrackedFile.readAll(tree, paths));
        return declared.stream().map(comparison::compare).toList();
    }

    /** The stages that a pipeline's lock records; none where there is no lock that can be read. */
    static Mapping recorded(TreeReader tree, PipelineFacts pipeline) {
        return Documents.read(tree, pipeline.path(LOCK), Form.YAML)
                .document()
                .map(root -> root.mapping("stages"))
                .orElse(Mapping.empty());
    }

    private static boolean isForeign(String path) {
        return Stream.of(path.split("/", -1)).anyMatch(NEVER::contains);
    }

    private static PipelineFacts declared(TreeReader tree, String directory) {
        String path = RepositoryPath.join(directory, FILE);
        Parsed parsed = Documents.read(tree, path, Form.YAML);
        return switch (parsed) {
            case Unreadable unreadable -> new PipelineFacts(directory, List.of(), null, unreadable.sentence());
            case Read read -> stages(tree, directory, path, read);
        };
    }

    private static PipelineFacts stages(TreeReader tree, String directory, String path, Read parsed) {
        if (parsed.root() instanceof Scalar nothing && nothing.kind() == ScalarKind.NULL) {
            return new PipelineFacts(directory, List.of(), null, null);
        }
        if (!(parsed.root() instanceof Mapping root)) {
            return new PipelineFacts(directory, List.of(), null, "it holds no mapping with 'stages:' at its top");
        }
        Optional<String> refused = PipelineSchema.problem(parsed, root);
        List<Failure> failures = new ArrayList<>();
        Mapping values = Variables.of(tree, directory, root, failures);
        List<String> problems = new ArrayList<>(refused.stream().toList());
        failures.forEach(failure -> problems.add(sentence("it", failure)));
        List<Stage> stages = new ArrayList<>();
        Mapping declared = root.mapping("stages");
        Template template = new Template(values, CommandForm.of(tree));
        for (Map.Entry<String, Doc> entry : declared.entries().entrySet()) {
            Place where = new Place(path, declared.lineOf(entry.getKey()));
            Template outer = template.with(Map.of());
            for (Expanded each : StageExpansion.of(entry.getKey(), entry.getValue(), outer)) {
                if (stages.size() >= MOST_STAGES) {
                    outer.fail("is one too many: " + MOST_STAGES + " are read", where.line());
                    break;
                }
                stages.add(stage(tree, directory, each, where, problems));
            }
            outer.failures().forEach(failure -> problems.add(sentence("the stage '" + entry.getKey() + "'", failure)));
        }
        return new PipelineFacts(directory, asMetrics(stages, topMetrics(root, directory)), null, problem(problems));
    }

    private static Stage stage(TreeReader tree, String directory, Expanded each, Place where, List<String> problems) {
        List<Failure> failures = new ArrayList<>();
        String folder = StageReader.folder(directory, each.template().resolve(each.body()));
        Template own = each.template()
                .with(Variables.ofStage(
                        tree, folder, each.body(), each.template().values(), failures));
        Stage stage = new StageReader(directory, own.resolve(withoutVars(each.body()))).read(each.name(), where);
        failures.addAll(own.failures());
        failures.forEach(failure -> problems.add(sentence("the stage '" + each.name() + "'", failure)));
        return stage;
    }

    private static Doc withoutVars(Doc body) {
        if (!(body instanceof Mapping mapping)) {
            return body;
        }
        Map<String, Doc> rest = new LinkedHashMap<>(mapping.entries());
        rest.remove("vars");
        rest.remove("matrix");
        return new Mapping(rest, mapping.keyLines(), mapping.line());
    }

    private static String sentence(String who, Failure failure) {
        return failure.elsewhere()
                ? failure.reason()
                : (failure.line() > 0 ? "line " + failure.line() + ": " : "") + who + " " + failure.reason();
    }

    /** The first is told whole: DVC stops there too. */
    private static @Nullable String problem(List<String> problems) {
        List<String> different = problems.stream().distinct().toList();
        if (different.isEmpty()) {
            return null;
        }
        return different.getFirst() + (different.size() > 1 ? " (and " + (different.size() - 1) + " more)" : "");
    }

    /** Paths under {@code metrics:} at the top of dvc.yaml, relative to the repository. */
    static Set<String> topMetrics(Doc root, String directory) {
        Set<String> paths = new HashSet<>();
        for (Doc item : root.get("metrics").map(Doc::items).orElse(List.of())) {
            if (item instanceof Scalar scalar) {
                paths.add(RepositoryPath.join(directory, scalar.text()));
            }
        }
        return paths;
    }

    private static List<Stage> asMetrics(List<Stage> stages, Set<String> metrics) {
        if (metrics.isEmpty()) {
            return stages;
        }
        return stages.stream()
                .map(stage -> new Stage(
                        stage.name(),
                        stage.commands(),
                        stage.workingDirectory(),
                        stage.deps(),
                        stage.outs().stream()
                                .map(out -> metrics.contains(out.path())
                                        ? new Output(out.path(), OutputKind.METRIC, out.cached())
                                        : out)
                                .toList(),
                        stage.params(),
                        stage.frozen(),
                        stage.alwaysChanged(),
                        stage.where()))
                .toList();
    }
}
