package org.labharness.pipeline.intervene;

import java.io.IOException;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.labharness.lab.Sha256;
import org.labharness.pipeline.checkout.ForgottenBlobs;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.TreeReader;

/**
 * What the run of the unchanged submission wrote into some outputs.
 *
 * @param contents of those that are plain files and long enough not to be the same as another by chance
 * @param numbers as written, of outputs that are documents: those that no two programs write by chance
 * @param documents what those of them say that are documents
 * @param encoded as text can hold them
 */
record OutputContents(
        Map<String, Content> contents,
        Map<String, List<String>> numbers,
        Map<String, String> documents,
        List<EncodedContent> encoded) {
    private static final int SHORTEST = 16;
    private static final int MOST_NUMBERS = 100;
    /** At least three decimals that are not noughts. */
    private static final String UNLIKELY = "-?[0-9]{1,9}\\.[0-9]{2,20}[1-9]0{0,3}";

    OutputContents {
        contents = Map.copyOf(contents);
        numbers = Map.copyOf(numbers);
        documents = Map.copyOf(documents);
        encoded = List.copyOf(encoded);
    }

    /**
     * @param sum SHA-256
     * @param blob the id that Git gives to it
     */
    record Content(long size, String sum, String blob) {
        static Optional<Content> of(TreeReader tree, String path) {
            try (DigestInputStream in = new DigestInputStream(tree.stream(path), Sha256.begin())) {
                long size = tree.size(path);
                String blob = ForgottenBlobs.id(size, in);
                return Optional.of(new Content(size, Sha256.hex(in.getMessageDigest()), blob));
            } catch (IOException e) {
                return Optional.empty(); // no plain file
            }
        }
    }

    static OutputContents of(TreeReader tree, Collection<String> outputs) {
        Map<String, Content> contents = new TreeMap<>();
        Map<String, List<String>> numbers = new TreeMap<>();
        Map<String, String> documents = new TreeMap<>();
        List<EncodedContent> encoded = new ArrayList<>();
        for (String output : outputs) {
            Content.of(tree, output)
                    .filter(content -> content.size() >= SHORTEST)
                    .ifPresent(content -> {
                        contents.put(output, content);
                        EncodedContent.of(tree, output).ifPresent(encoded::add);
                    });
            List<String> found = new ArrayList<>();
            if (output.matches("(?i).+\\.(?:json|ya?ml|toml)")) {
                Documents.read(tree, output).document().ifPresent(doc -> collect(doc, found));
                PlainDocument.of(tree, output).ifPresent(document -> documents.put(output, document));
            }
            numbers.put(output, List.copyOf(found));
        }
        return new OutputContents(contents, numbers, documents, encoded);
    }

    private static void collect(Doc doc, List<String> found) {
        switch (doc) {
            case Doc.Scalar scalar -> {
                if (scalar.text().matches(UNLIKELY) && found.size() < MOST_NUMBERS) {
                    found.add(scalar.text());
                }
            }
            case Doc.Mapping mapping -> mapping.entries().values().forEach(value -> collect(value, found));
            case Doc.Sequence sequence -> sequence.items().forEach(item -> collect(item, found));
        }
    }
}
