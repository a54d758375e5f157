package org.labharness.pipeline.intervene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.TreeReader.FoundFile;
import org.labharness.pipeline.evidence.InterventionFacts.Changed;
import org.labharness.pipeline.evidence.InterventionFacts.Copy;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.intervene.OutputContents.Content;

/** Takes away whatever else in the repository has the content of some outputs, caches and the history included. */
final class RemovedCopies {
    private static final int MOST_FILES = 100_000;
    private static final int MOST_DOCUMENTS = 2_000;
    private static final long LARGEST_DOCUMENT = 4 << 20;

    /** Where copies that Git holds are said to be. */
    private static final String GIT = ".git";

    private static final String PARAMS = "params.yaml";

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
        List<String> removed = new ArrayList<>(files(asked));
        for (Copy copy : encoded(asked)) {
            found.add(copy);
            if (!copy.literal() && !removed.contains(copy.where().path())) {
                edit.remove(copy.where().path());
                removed.add(copy.where().path());
            }
        }
        found.addAll(new NumbersInCode(edit.tree(), pipelines).of(outputs.numbers(), asked));
        List<Changed> changed =
                new ArrayList<>(removed.stream().map(Changed::of).toList());
        List<String> versions = versions(asked);
        if (!versions.isEmpty()) {
            removed.add("what Git holds of " + String.join(" and ", versions));
            changed.add(Changed.of(GIT));
        }
        return removed.isEmpty()
                ? new Change.Made("", List.of(), false)
                : Change.made(
                        String.join(", ", removed) + (removed.size() == 1 ? " was" : " were") + " taken away", changed);
    }

    /** Takes away files with the same bytes, or that say the same. */
    private List<String> files(List<String> asked) throws IOException {
        List<String> removed = new ArrayList<>();
        Set<Long> sizes = contents(asked).map(Content::size).collect(Collectors.toSet());
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
        return removed;
    }

    private List<Copy> encoded(List<String> asked) {
        List<EncodedContent> wanted = outputs.encoded().stream()
                .filter(encoded -> asked.contains(encoded.output()))
                .toList();
        return EncodedContent.in(edit.tree(), wanted, Set.copyOf(asked));
    }

    /**
     * Takes contents out of Git, in whatever commit and under whatever name they stand. Gives the outputs of which only Git had a copy:
     * what a committed file holds, Git holds too.
     */
    private List<String> versions(List<String> asked) {
        Set<String> wanted = contents(asked).map(Content::blob).collect(Collectors.toSet());
        Set<String> gone;
        try {
            gone = wanted.isEmpty() ? Set.of() : edit.forget(wanted);
        } catch (IOException e) {
            return List.of(); // too little room for it: the rest of the change is worth its run
        }
        List<String> versions = asked.stream()
                .filter(output -> contents(List.of(output)).anyMatch(content -> gone.contains(content.blob())))
                .filter(output -> found.stream()
                        .noneMatch(copy -> !copy.literal() && copy.output().equals(output)))
                .toList();
        versions.forEach(output -> found.add(new Copy(output, Place.of(GIT), false)));
        return versions;
    }

    private Stream<Content> contents(List<String> asked) {
        return asked.stream()
                .flatMap(output -> Optional.ofNullable(outputs.contents().get(output)).stream());
    }

    private Optional<String> original(String path, List<String> asked) {
        Optional<Content> content = Content.of(edit.tree(), path);
        return asked.stream()
                .filter(output -> content.isPresent()
                        && content.get().equals(outputs.contents().get(output)))
                .findFirst();
    }

    /** The one of outputs, documents all of them, that a file says the same as, if in another form. Params that a stage hands on are none. */
    private Optional<String> sameDocument(FoundFile file, List<String> documents) {
        if (documents.isEmpty()
                || file.size() > LARGEST_DOCUMENT
                || PARAMS.equals(file.path().substring(file.path().lastIndexOf('/') + 1))) {
            return Optional.empty();
        }
        Optional<Form> form = PlainDocument.form(edit.tree(), file.path());
        if (form.isEmpty() || read++ >= MOST_DOCUMENTS) {
            return Optional.empty();
        }
        Optional<String> document = PlainDocument.of(edit.tree(), file.path(), form.get());
        return documents.stream()
                .filter(output -> document.isPresent()
                        && document.get().equals(outputs.documents().get(output)))
                .findFirst();
    }
}
