package org.labharness.pipeline.document;

import java.util.Optional;

/**
 * The first line that Git wrote into a text for a person to settle, and that nobody did.
 *
 * @param shown the line as it stands, cut
 */
public record MergeConflict(String shown, int line) {
    private static final int LONGEST = 60;

    public static Optional<MergeConflict> in(String text) {
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (line.startsWith("<<<<<<< ") || line.startsWith(">>>>>>> ")) {
                String bare = line.strip();
                return Optional.of(new MergeConflict(
                        bare.length() > LONGEST ? bare.substring(0, LONGEST - 1) + "…" : bare, number));
            }
        }
        return Optional.empty();
    }

    /** What is wrong with the line; follows on it. */
    String problem() {
        return "is left over from a merge conflict (" + shown + ")";
    }
}
