package org.labharness.lab.challenge;

/**
 * A row of the board that nobody handed in, to compare with.
 *
 * @param title as the board names it
 */
public record Baseline(String id, String title, Source source) {
    /** What it predicts. */
    public sealed interface Source {}

    /** @param path of a predictions file, relative to the challenge's folder */
    public record Table(String path) implements Source {}

    /** @param value the same for every row */
    public record Constant(String value) implements Source {}

    /** The most frequent class, each class as likely as it is frequent. */
    public record Majority() implements Source {}

    /** The mean of all labels. */
    public record Mean() implements Source {}

    /** The median of all labels. */
    public record Median() implements Source {}
}
