package org.labharness.lab.challenge;

/** Which rows the public score is measured on; the private one is measured on all others. */
public sealed interface Split {
    /**
     * A secret of the course draws them, row by row by its id: the order of the file says nothing, and a label that is corrected moves no row.
     *
     * @param percent of the rows that are public, 1 to 99
     */
    record Drawn(int percent) implements Split {}

    /**
     * A column of the labels says {@code public} or {@code private}.
     *
     * @param name of the column
     */
    record Column(String name) implements Split {}
}
