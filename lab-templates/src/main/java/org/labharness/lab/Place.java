package org.labharness.lab;

/**
 * A place in the repository.
 *
 * @param path relative to the repository's root, with forward slashes
 * @param line from 1; 0 where the whole file is meant
 */
public record Place(String path, int line) {
    public Place {
        if (line < 0) {
            throw new IllegalArgumentException("line " + line + " of " + path);
        }
    }

    public static Place of(String path) {
        return new Place(path, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? path : path + ":" + line;
    }
}
