package org.labharness.pipeline.intervene;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.TreeReader.FoundFile;
import org.labharness.pipeline.evidence.InterventionFacts.Changed;
import org.labharness.pipeline.evidence.InterventionFacts.Copy;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.intervene.OutputContents.Content;

/** Takes away whatever else in the repository has the content of some outputs, caches included. */
final class RemovedCopies {
    private static final int MOST_FILES = 100_000;
    private static final int MOST_DOCUMENTS = 2_000;
    private static final long LARGEST_DOCUMENT = 4 << 20;

    private final TreeEdit edit;
    private final OutputContents outputs;
    private final List<Copy> found = new ArrayList<>();
    private int read;

    RemovedCopies(TreeEdit edit, OutputContents outputs) {
        this.edit = edit;
        this.outputs = outputs;
    }

    /** Where the content of outputs stands: files that were taken away, and code that holds the numbers. */
    List<Copy> found() {
        return List.copyOf(found);
    }

    Change make(List<String> asked, List<PipelineFacts> pipelines) throws IOException {
        List<String> removed = new ArrayList<>();
        Set<Long> sizes = asked.stream()
                .flatMap(output -> Optional.ofNullable(outputs.contents().get(output)).stream())
                .map(Content::size)
                .collect(Collectors.toSet());
        List<String> documents =
                asked.stream().filter(outputs.documents()::containsKey).toList();
        for (FoundFile file : edit.tree().list("", MOST_FILES, Set.of()).files()) {
            if (!asked.contains(file.path())) {
                Optional<String> bytes = sizes.contains(file.size()) ? original(file.path(), asked) : Optional.empty();
                Optional<String> original = bytes.or(() -> sameDocument(file, documents));
                if (original.isPresent()) {
                    edit.remove(file.path());
                    removed.add(file.path());
                    found.add(new Copy(original.get(), Place.of(file.path()), false));
                }
            }
        }
        found.addAll(new NumbersInCode(edit.tree(), pipelines).of(outputs.numbers(), asked));
        return removed.isEmpty()
                ? new Change.Made("", List.of(), false)
                : Change.made(
                        String.join(", ", removed) + (removed.size() == 1 ? " was" : " were") + " taken away",
                        removed.stream().map(Changed::of).toList());
    }

    private Optional<String> original(String path, List<String> asked) {
        Optional<Content> content = Content.of(edit.tree(), path);
        return asked.stream()
                .filter(output -> content.isPresent()
                        && content.get().equals(outputs.contents().get(output)))
                .findFirst();
    }

    /** The one of outputs, JSON all of them, that a file says the same as, if with other spaces or another order of keys. */
    private Optional<String> sameDocument(FoundFile file, List<String> documents) {
        if (documents.isEmpty()
                || file.size() > LARGEST_DOCUMENT
                || !beginsDocument(file)
                || read++ >= MOST_DOCUMENTS) {
            return Optional.empty();
        }
        Optional<String> document = PlainDocument.of(edit.tree(), file.path());
        return documents.stream()
                .filter(output -> document.isPresent()
                        && document.get().equals(outputs.documents().get(output)))
                .findFirst();
    }

    private boolean beginsDocument(FoundFile file) {
        try (InputStream in = edit.tree().stream(file.path())) {
            String begin = new String(in.readNBytes(64), StandardCharsets.UTF_8).strip();
            return begin.startsWith("{") || begin.startsWith("[");
        } catch (IOException gone) {
            return false;
        }
    }
}
