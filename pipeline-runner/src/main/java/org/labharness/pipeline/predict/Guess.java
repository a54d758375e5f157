package org.labharness.pipeline.predict;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model says of each row. */
sealed interface Guess {
    /** The rows' values as people read them. */
    List<String> words();

    /**
     * @param labels in the form in which {@link Classes} compares them; any text may be among them
     * @param scores by row and class, higher for what is likelier; null where the model gives none
     */
    @SuppressWarnings("ArrayRecordComponent") // a table of many numbers, compared by nobody
    record Labels(List<String> labels, double @Nullable [][] scores) implements Guess {
        public Labels {
            labels = List.copyOf(labels);
        }

        @Override
        public List<String> words() {
            return labels;
        }
    }

    /** Finite numbers. */
    @SuppressWarnings("ArrayRecordComponent") // many numbers, compared by nobody
    record Numbers(double[] values) implements Guess {
        @Override
        public List<String> words() {
            return java.util.Arrays.stream(values).mapToObj(Double::toString).toList();
        }
    }
}
