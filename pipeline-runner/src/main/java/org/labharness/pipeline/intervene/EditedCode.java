package org.labharness.pipeline.intervene;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.labharness.pipeline.document.TreeReader.FoundFile;
import org.labharness.pipeline.evidence.InterventionFacts.Changed;
import org.labharness.pipeline.evidence.PipelineFacts;

/** A line at the end of a file of code that does nothing. */
final class EditedCode {
    private static final long LARGEST = 4L << 20;
    private static final int MOST_FILES = 2_000;
    private static final int MOST_SEARCHED = 20_000;
    private static final String CODE = "(?i).+\\.(?:py|r|sh|jl)";
    private static final byte[] LINE =
            "\n# The grader added this line: it does nothing.\n".getBytes(StandardCharsets.UTF_8);

    private final TreeEdit edit;
    private final List<PipelineFacts> pipelines;

    EditedCode(TreeEdit edit, List<PipelineFacts> pipelines) {
        this.edit = edit;
        this.pipelines = List.copyOf(pipelines);
    }

    /** @param file empty where one is chosen */
    Change make(String file) throws IOException {
        if (!file.isEmpty()) {
            return add(file);
        }
        Optional<String> chosen = chosen();
        return chosen.isPresent()
                ? add(chosen.get())
                : Change.theirs(
                        "No stage declares a file of code (such as src/train.py) under deps, so none could be edited.");
    }

    private Change add(String file) throws IOException {
        if (!file.matches(CODE)) {
            return Change.ours(file + " is no code to which a comment could be added.");
        }
        Optional<byte[]> content = edit.tree().open(file, LARGEST).content();
        if (content.isEmpty()) {
            String other = inOtherLetters(file)
                    .map(found -> "; " + found + " is there, but capital and small letters count")
                    .orElse("");
            return Change.theirs("There is no file " + file + ", so it could not be edited" + other + ".");
        }
        byte[] before = content.get();
        byte[] after = new byte[before.length + LINE.length];
        System.arraycopy(before, 0, after, 0, before.length);
        System.arraycopy(LINE, 0, after, before.length, LINE.length);
        edit.write(file, after);
        return Change.made("a comment was added at the end of " + file, List.of(Changed.of(file)));
    }

    private Optional<String> inOtherLetters(String file) {
        return edit.tree().list("", MOST_SEARCHED, Set.of(".git", ".dvc", ".venv")).files().stream()
                .map(FoundFile::path)
                .filter(path -> path.equalsIgnoreCase(file) && !path.equals(file))
                .findFirst();
    }

    /** The code of the fewest stages, the last in the pipeline. */
    private Optional<String> chosen() {
        Map<String, List<Integer>> stages = new HashMap<>();
        int number = 0;
        for (PipelineFacts pipeline : pipelines) {
            for (PipelineFacts.Stage stage : pipeline.stages()) {
                number++;
                for (String dep : stage.deps()) {
                    for (String file : code(dep)) {
                        stages.computeIfAbsent(file, key -> new ArrayList<>()).add(number);
                    }
                }
            }
        }
        return stages.entrySet().stream()
                .min(Comparator.comparingInt((Map.Entry<String, List<Integer>> entry) ->
                                entry.getValue().size())
                        .thenComparing(entry -> entry.getValue().getLast(), Comparator.reverseOrder())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey);
    }

    private List<String> code(String dep) {
        if (edit.tree().isDirectory(dep)) {
            return edit.tree().list(dep, MOST_FILES, Set.of("__pycache__")).files().stream()
                    .map(FoundFile::path)
                    .filter(path -> path.matches(CODE))
                    .toList();
        }
        return dep.matches(CODE) && edit.tree().isFile(dep) ? List.of(dep) : List.of();
    }
}
