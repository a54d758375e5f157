package org.labharness.pipeline.intervene;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.labharness.pipeline.document.Table;
import org.labharness.pipeline.document.TreeReader;

/**
 * Data of the lab in the form of a file of the submission's. Who keeps the lab's table with another separator, or with columns in
 * another order, reads it so; the same rows in the lab's form would show nothing but that.
 */
final class FittingData {
    private static final String TABLE = "(?i).+\\.(?:csv|tsv|tab|psv)";

    private final TreeReader tree;
    private final String place;
    private final Path other;

    FittingData(TreeReader tree, String place, Path other) {
        this.tree = tree;
        this.place = place;
        this.other = other;
    }

    /** Why data of the lab can have no such form; "it" is the lab's. */
    static final class Misfit extends Exception {
        private static final long serialVersionUID = 1L;

        Misfit(String message) {
            super(message);
        }
    }

    /** What is to be written; empty where the lab's file fits as it is. */
    Optional<byte[]> written() throws IOException, Misfit {
        byte[] mine = begin(tree.stream(place));
        byte[] labs = begin(Files.newInputStream(other));
        Format format = Format.of(mine);
        Format given = Format.of(labs);
        if (format != given) {
            throw new Misfit("that one is " + format.words + ", it is " + given.words);
        }
        if (format != Format.TEXT || !place.matches(TABLE)) {
            return Optional.empty();
        }
        boolean alike = Arrays.equals(firstLine(mine), firstLine(labs));
        if (tree.size(place) > Table.LARGEST || Files.size(other) > Table.LARGEST) {
            return asIs(alike, "their first lines differ, and they are too large to be written otherwise");
        }
        Table form;
        Table rows;
        try {
            form = Table.read(tree.open(place, Table.LARGEST).content().orElseThrow());
            rows = Table.read(Files.readAllBytes(other));
        } catch (IOException e) {
            return asIs(alike, "their first lines differ, and not both can be read as tables: " + e.getMessage());
        }
        try {
            Table made = form.filledWith(rows);
            return alike && made.isSame(rows) ? Optional.empty() : Optional.of(made.bytes());
        } catch (IOException e) {
            throw new Misfit(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<byte[]> asIs(boolean alike, String why) throws Misfit {
        if (!alike) {
            throw new Misfit(why);
        }
        return Optional.empty();
    }

    private static byte[] begin(InputStream file) throws IOException {
        try (file) {
            return file.readNBytes(Format.BEGIN);
        }
    }

    /** With its end, which differs between systems. */
    private static byte[] firstLine(byte[] begin) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte one : begin) {
            line.write(one);
            if (one == '\n') {
                break;
            }
        }
        return line.toByteArray();
    }
}
