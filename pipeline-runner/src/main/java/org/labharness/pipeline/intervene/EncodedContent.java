package org.labharness.pipeline.intervene;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.document.TreeReader.FoundFile;
import org.labharness.pipeline.evidence.InterventionFacts.Copy;

/**
 * The bytes of an output as text can hold them, in base64 or hexadecimal digits. Only letters and digits are compared: so it does not
 * matter in how many pieces the text stands, how these are joined, and which of its alphabets base64 has.
 *
 * @param base64 its letters and digits
 * @param hex in small letters
 */
record EncodedContent(String output, String base64, String hex) {
    /** Larger outputs are not looked for; bytes. */
    private static final int LARGEST = 1 << 20;
    /** Shorter texts are the same by chance. */
    private static final int SHORTEST = 16;

    private static final int MOST_LISTED = 20_000;
    private static final int MOST_FILES = 2_000;
    private static final long LARGEST_FILE = 4 << 20;
    private static final long MOST_BYTES = 64 << 20;
    private static final Set<String> NOT_THEIRS = Set.of("venv", ".venv", "site-packages", "node_modules", ".dvc");
    /** Pictures stand in these as base64, made by whoever wrote or ran the document. */
    private static final String DOCUMENT = "(?i).+\\.(?:ipynb|html?|md|rst|svg)";

    private static final String CODE = "(?i)(?:.+/)?(?:.+\\.(?:py|sh|bash|r|js)|Makefile|MLproject|dvc\\.yaml)";

    static Optional<EncodedContent> of(TreeReader tree, String output) {
        return tree.open(output, LARGEST)
                .content()
                .map(bytes -> new EncodedContent(
                        output,
                        letters(Base64.getEncoder().withoutPadding().encode(bytes)),
                        HexFormat.of().formatHex(bytes)))
                .filter(encoded -> encoded.base64.length() >= SHORTEST);
    }

    /** Where any of them stands: in code, or in a file that can be taken away. */
    static List<Copy> in(TreeReader tree, List<EncodedContent> all, Set<String> outputs) {
        if (all.isEmpty()) {
            return List.of();
        }
        long least = all.stream().mapToLong(one -> one.base64.length()).min().orElse(0);
        long[] left = {MOST_BYTES};
        return tree.list("", MOST_LISTED, NOT_THEIRS).files().stream()
                .filter(file -> file.size() >= least && file.size() <= LARGEST_FILE)
                .filter(file -> !outputs.contains(file.path()) && !file.path().matches(DOCUMENT))
                .limit(MOST_FILES)
                .takeWhile(file -> (left[0] -= file.size()) >= 0)
                .flatMap(file -> in(tree, file, all))
                .toList();
    }

    private static Stream<Copy> in(TreeReader tree, FoundFile file, List<EncodedContent> all) {
        Optional<String> text = tree.open(file.path(), LARGEST_FILE).content().map(EncodedContent::letters);
        if (text.isEmpty()) {
            return Stream.empty();
        }
        String small = text.get().toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(one -> text.get().contains(one.base64) || small.contains(one.hex))
                .map(one ->
                        new Copy(one.output, Place.of(file.path()), file.path().matches(CODE)));
    }

    /** Letters and digits of a text, without escaped ones and what stands before a quote in Python. */
    private static String letters(byte[] text) {
        StringBuilder letters = new StringBuilder(text.length);
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\\') {
                i++;
            } else if (isLetter(text, i) && !(isPrefix(text, i) && !isLetter(text, i - 1))) {
                letters.append((char) text[i]);
            }
        }
        return letters.toString();
    }

    private static boolean isLetter(byte[] text, int at) {
        return at >= 0
                && ((text[at] >= '0' && text[at] <= '9')
                        || (text[at] >= 'A' && text[at] <= 'Z')
                        || (text[at] >= 'a' && text[at] <= 'z'));
    }

    private static boolean isPrefix(byte[] text, int at) {
        return at + 1 < text.length && (text[at + 1] == '\'' || text[at + 1] == '"') && "bBuUrR".indexOf(text[at]) >= 0;
    }
}
