package org.labharness.pipeline.collect.dvc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.Doc.Scalar;
import org.labharness.pipeline.document.Doc.Sequence;
import org.labharness.pipeline.evidence.PipelineFacts.Output;
import org.labharness.pipeline.evidence.PipelineFacts.OutputKind;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

/** Reads one stage of dvc.yaml whose name is settled and whose templates are filled in. */
final class StageReader {
    static final String DEFAULT_PARAMS = "params.yaml";

    private final String directory;
    private final Doc stage;

    StageReader(String directory, Doc stage) {
        this.directory = directory;
        this.stage = stage;
    }

    Stage read(String name, Place where) {
        String folder = folder(directory, stage);
        List<Output> outs = new ArrayList<>();
        outs.addAll(outputs("outs", OutputKind.OUT, folder));
        outs.addAll(outputs("metrics", OutputKind.METRIC, folder));
        outs.addAll(outputs("plots", OutputKind.PLOT, folder));
        return new Stage(
                name,
                texts("cmd"),
                folder,
                texts("deps").stream()
                        .map(dep -> RepositoryPath.join(folder, dep))
                        .toList(),
                outs,
                params(folder),
                stage.get("frozen").map(Doc::isTrue).orElse(false),
                stage.get("always_changed").map(Doc::isTrue).orElse(false),
                where);
    }

    /** The folder in which a stage works, relative to the repository. */
    static String folder(String directory, Doc stage) {
        return RepositoryPath.join(
                directory, stage.get("wdir").flatMap(Doc::string).orElse("."));
    }

    private List<String> texts(String key) {
        return stage.get(key).map(Doc::items).orElse(List.of()).stream()
                .flatMap(item -> item.string().stream())
                .toList();
    }

    private List<Output> outputs(String key, OutputKind kind, String folder) {
        List<Output> found = new ArrayList<>();
        for (Doc item : stage.get(key).map(StageReader::entries).orElse(List.of())) {
            switch (item) {
                case Scalar scalar -> scalar.string().ifPresent(path -> found.add(output(path, kind, folder, true)));
                case Mapping mapping ->
                    mapping.entries().forEach((path, flags) -> {
                        boolean cached = flags.get("cache").map(Doc::isTrue).orElse(true);
                        found.add(output(path, kind, folder, cached));
                    });
                case Sequence sequence -> {}
            }
        }
        return found;
    }

    /** A mapping in place of a list is read as if each of its entries were an item. */
    private static List<Doc> entries(Doc doc) {
        return doc instanceof Mapping ? List.of(doc) : doc.items();
    }

    private Output output(String path, OutputKind kind, String folder, boolean cached) {
        return new Output(RepositoryPath.join(folder, path), kind, cached);
    }

    private Map<String, List<String>> params(String folder) {
        Map<String, List<String>> byFile = new LinkedHashMap<>();
        for (Doc item : stage.get("params").map(StageReader::entries).orElse(List.of())) {
            switch (item) {
                case Scalar scalar ->
                    scalar.string().ifPresent(name -> add(byFile, RepositoryPath.join(folder, DEFAULT_PARAMS), name));
                case Mapping mapping ->
                    mapping.entries().forEach((file, names) -> {
                        String path = RepositoryPath.join(folder, file);
                        byFile.computeIfAbsent(path, key -> new ArrayList<>());
                        names.items().forEach(name -> name.string().ifPresent(text -> add(byFile, path, text)));
                    });
                case Sequence sequence -> {}
            }
        }
        return byFile;
    }

    private static void add(Map<String, List<String>> byFile, String file, String name) {
        byFile.computeIfAbsent(file, key -> new ArrayList<>()).add(name);
    }
}
