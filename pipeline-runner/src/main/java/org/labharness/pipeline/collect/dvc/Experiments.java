package org.labharness.pipeline.collect.dvc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.pipeline.checkout.CommitTree;
import org.labharness.pipeline.checkout.CommitTree.Entry;
import org.labharness.pipeline.checkout.History;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.DocumentLimits;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.evidence.HistoryFacts;
import org.labharness.pipeline.evidence.HistoryFacts.Experiment;

/** The experiments that {@code dvc exp push} put into the repository ({@code refs/exps/*}), as their commits record them. */
public final class Experiments {
    /** Two and 38 digits of the commit that it started from, then its name. */
    private static final Pattern REF = Pattern.compile("refs/exps/([0-9a-f]{2})/([0-9a-f]{38})/([^/]{1,200})");

    private static final int MOST_READ = 100;
    private static final int MOST_FILES = 20_000;
    private static final int MOST_DOCUMENTS = 30;
    private static final int MOST_VALUES = 100;
    private static final int LARGEST = 1 << 20;
    private static final int LONGEST_VALUE = 100;
    private static final int MOST_TRIED = 2_000;
    private static final long MOST_PARSED = 16L << 20;
    private static final long MOST_PARSED_OF_ONE = 2L << 20;

    private final Budget all = new Budget(MOST_PARSED);
    private Budget one = new Budget(0);

    private Experiments() {}

    public static HistoryFacts.Experiments read(History history) {
        return new Experiments().all(history);
    }

    private HistoryFacts.Experiments all(History history) {
        int count = 0;
        List<Experiment> read = new ArrayList<>();
        Set<String> commits = new HashSet<>();
        for (String ref : history.refs("refs/exps/")) {
            Matcher parts = REF.matcher(ref);
            if (!parts.matches()) {
                continue; // DVC's own: a stash, a queue
            }
            count++;
            if (read.size() < MOST_READ && count <= MOST_TRIED) {
                Optional<CommitTree> commit = history.at(ref);
                if (commit.isEmpty() || commits.add(commit.get().commit())) {
                    read.add(experiment(parts, commit));
                }
            }
        }
        return new HistoryFacts.Experiments(count, read);
    }

    private Experiment experiment(Matcher ref, Optional<CommitTree> commit) {
        String name = ref.group(3).replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
        String base = (ref.group(1) + ref.group(2)).substring(0, 10);
        if (commit.isEmpty()) {
            return new Experiment(name, "", base, Map.of(), Map.of(), "its ref leads to no commit");
        }
        CommitTree tree = commit.get();
        one = new Budget(MOST_PARSED_OF_ONE);
        List<String> files =
                tree.files("", MOST_FILES).stream().map(Entry::path).toList();
        return new Experiment(name, tree.commit(), base, params(tree, files), metrics(tree, files), "");
    }

    /** What the locks say that stages were run with; without a lock, what params.yaml says. */
    private Map<String, String> params(CommitTree tree, List<String> files) {
        Map<String, String> params = new TreeMap<>();
        named(files, Pipelines.LOCK)
                .forEach(lock -> document(tree, lock, Form.YAML)
                        .map(root -> root.mapping("stages"))
                        .ifPresent(stages -> stages.entries()
                                .values()
                                .forEach(stage -> stage.mapping("params")
                                        .entries()
                                        .values()
                                        .forEach(file -> flatten("", file, params)))));
        if (params.isEmpty()) {
            document(tree, "params.yaml", Form.YAML).ifPresent(root -> flatten("", root, params));
        }
        return params;
    }

    private static void flatten(String prefix, Doc doc, Map<String, String> params) {
        if (doc instanceof Doc.Mapping mapping) {
            mapping.entries()
                    .forEach((key, value) -> flatten(prefix.isEmpty() ? key : prefix + "." + key, value, params));
        } else if (params.size() < MOST_VALUES && !prefix.isEmpty()) {
            String value = doc.brief();
            params.put(prefix, value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) : value);
        }
    }

    private Map<String, Double> metrics(CommitTree tree, List<String> files) {
        Set<String> paths = new TreeSet<>();
        named(files, Pipelines.FILE)
                .forEach(file -> document(tree, file, Form.YAML).ifPresent(root -> {
                    String folder = RepositoryPath.parent(file);
                    paths.addAll(Pipelines.topMetrics(root, folder));
                    root.mapping("stages").entries().values().forEach(stage -> {
                        String wdir = RepositoryPath.join(
                                folder, stage.get("wdir").flatMap(Doc::string).orElse("."));
                        stage.get("metrics").map(Doc::items).orElse(List.of()).stream()
                                .flatMap(item -> item instanceof Doc.Mapping one
                                        ? one.entries().keySet().stream()
                                        : item.string().stream())
                                .forEach(path -> paths.add(RepositoryPath.join(wdir, path)));
                    });
                }));
        files.stream().filter(Metrics::looksLikeMetrics).limit(MOST_DOCUMENTS).forEach(paths::add);
        Map<String, Double> metrics = new TreeMap<>();
        paths.stream()
                .limit(MOST_DOCUMENTS)
                .forEach(path -> document(tree, path, Form.of(path))
                        .filter(Doc.Mapping.class::isInstance)
                        .ifPresent(root -> {
                            Map<String, Double> values = new TreeMap<>();
                            Metrics.flatten("", (Doc.Mapping) root, values);
                            values.entrySet().stream()
                                    .limit(MOST_VALUES)
                                    .forEach(value -> metrics.putIfAbsent(value.getKey(), value.getValue()));
                        }));
        return metrics;
    }

    private static List<String> named(List<String> files, String name) {
        return files.stream()
                .filter(path -> RepositoryPath.name(path).equals(name) && !path.contains("/site-packages/"))
                .limit(MOST_DOCUMENTS)
                .toList();
    }

    private Optional<Doc> document(CommitTree tree, String path, Form form) {
        return tree.bytes(path, LARGEST)
                .filter(bytes -> one.take(bytes.length) && all.take(bytes.length))
                .map(bytes -> new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
                .flatMap(text ->
                        Documents.parse(text, form, DocumentLimits.DEFAULT).document());
    }
}
