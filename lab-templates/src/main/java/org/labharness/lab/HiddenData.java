package org.labharness.lab;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Data of the lab that no submission ever sees with its labels: features go to a model, predictions come back.
 *
 * @param source a table (CSV with a line of names), or the program that makes one
 * @param label the column that is to be predicted
 * @param task what its values are
 * @param features the columns that a model is given, in their order; empty: all but the label
 * @param minRows fewer rows measure nothing: the lab is refused
 */
public record HiddenData(
        String id, Source source, String label, QualityMetric.Task task, List<String> features, int minRows) {
    public HiddenData {
        features = List.copyOf(features);
    }

    /** Where it comes from. */
    public sealed interface Source {
        /** Relative to the lab's folder. */
        String path();
    }

    /** The same table in every course. */
    public record Shipped(String path) implements Source {}

    /**
     * A Python program of the lab, standard library only: {@code python3 PROGRAM SEED ROWS OUT} writes the table. The seed is a secret of
     * the course, so that the rows of one course tell nothing of those of another.
     */
    public record Generated(String path, int rows) implements Source {}

    /** The data of an id, or null. */
    public static @Nullable HiddenData of(String id, List<HiddenData> all) {
        return all.stream().filter(data -> data.id().equals(id)).findFirst().orElse(null);
    }
}
