package org.labharness.pipeline.predict;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.Sha256;

/** Measures predictions that came row by row, as files hold them, by the same arithmetic as those of models. Pure. */
public final class Scoring {
    private Scoring() {}

    /** The classes among labels, in their order and in the form in which they are compared. */
    public static List<String> classes(List<String> labels) {
        return Classes.of(labels).names();
    }

    /** A label in the form in which it is compared: {@code 1} for 1, 1.0 and 01. */
    public static String plain(String label) {
        return Classes.plain(label);
    }

    /**
     * Every measure that labels allow.
     *
     * @param truth labels of some rows
     * @param known labels of all rows
     * @param guess of the same rows, in the form in which labels are compared
     * @param scores by row and class, in the order of the classes; null where only labels are known
     */
    public static Map<QualityMetric, Double> labels(
            List<String> truth, List<String> known, List<String> guess, double @Nullable [][] scores) {
        return Measures.of(new Guess.Labels(guess, scores), truth, known);
    }

    /**
     * Every measure of numbers.
     *
     * @param truth that read as numbers, not all the same
     * @param guess finite
     */
    public static Map<QualityMetric, Double> numbers(List<String> truth, double[] guess) {
        return Measures.of(new Guess.Numbers(guess), truth, truth);
    }

    /** SHA-256 (hex) of labels in the order of their rows, as the evidence of a model that was measured on them names it. */
    public static String digest(List<String> labels) {
        MessageDigest digest = Sha256.begin();
        labels.forEach(label -> digest.update((label + "\0").getBytes(StandardCharsets.UTF_8)));
        return Sha256.hex(digest);
    }
}
