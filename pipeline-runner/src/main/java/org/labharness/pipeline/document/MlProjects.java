package org.labharness.pipeline.document;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** MLproject files by their names, which MLflow takes in any case. */
public final class MlProjects {
    private MlProjects() {}

    /** The one nearest to the root, of several as near the first by name; empty where none of these paths is one. */
    public static Optional<String> nearest(Stream<String> paths) {
        return paths.filter(path -> path.substring(path.lastIndexOf('/') + 1).equalsIgnoreCase("MLproject"))
                .min(Comparator.<String>comparingLong(path ->
                                path.chars().filter(letter -> letter == '/').count())
                        .thenComparing(Comparator.naturalOrder()));
    }
}
