package org.labharness.pipeline.collect.dvc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.lab.LabInput;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.PipelineFacts;

/** Which content the {@code .dvc} files and locks record for which path, and how that agrees with what a lab provides. */
final class RecordedContent {
    private static final String BY_SUM = "md5:";
    private static final int MOST = 20_000;

    private final Map<String, Entry> byPath = new LinkedHashMap<>();

    /** @param recorder the file that says so */
    private record Entry(String md5, String recorder) {}

    RecordedContent(TreeReader tree, List<PipelineFacts> pipelines, List<TrackedFile> tracked) {
        tracked.forEach(file -> put(file.path(), file.md5(), file.tracker()));
        for (PipelineFacts pipeline : pipelines) {
            read(pipeline, pipeline.path(Pipelines.LOCK), Pipelines.recorded(tree, pipeline));
        }
    }

    private void read(PipelineFacts pipeline, String lock, Doc stages) {
        for (PipelineFacts.Stage stage : pipeline.stages()) {
            for (String list : List.of("outs", "deps")) {
                stages.get(stage.name()).flatMap(entry -> entry.get(list)).map(Doc::items).orElse(List.of()).stream()
                        .forEach(item -> item.get("path")
                                .flatMap(Doc::string)
                                .ifPresent(path -> put(
                                        RepositoryPath.join(stage.workingDirectory(), path),
                                        item.get("md5").flatMap(Doc::string).orElse(""),
                                        lock)));
            }
        }
    }

    private void put(String path, String md5, String recorder) {
        if (!md5.isEmpty() && byPath.size() < MOST) {
            byPath.putIfAbsent(path, new Entry(md5, recorder));
        }
    }

    /** The inputs by their places here: one that names a sum ({@code md5:...}) belongs wherever that content is recorded. */
    List<LabInput> placed(List<LabInput> inputs) {
        List<LabInput> placed = new ArrayList<>();
        for (LabInput input : inputs) {
            if (!input.target().startsWith(BY_SUM)) {
                placed.add(input);
                continue;
            }
            String md5 = input.target().substring(BY_SUM.length());
            byPath.forEach((path, entry) -> {
                if (entry.md5().equals(md5) && !RepositoryPath.isElsewhere(path) && !path.startsWith("..")) {
                    placed.add(new LabInput(path, input.source()));
                }
            });
        }
        return placed;
    }

    /** In what way the lab's version of some content is another one than recorded; empty where it is not. */
    Optional<String> difference(LabInput input, TreeReader lab) {
        Entry recorded = byPath.get(input.target());
        if (recorded == null) {
            return Optional.empty();
        }
        return new ContentHash(lab)
                .of(input.source(), LineEndings.AS_THEY_ARE)
                .filter(sum ->
                        new ContentHash(lab).match(input.source(), recorded.md5()) == ContentHash.Match.DIFFERENT)
                .map(sum -> "the lab's version is used, which is not the one that " + recorded.recorder()
                        + " records (md5 " + sum + " instead of " + recorded.md5() + ")");
    }
}
