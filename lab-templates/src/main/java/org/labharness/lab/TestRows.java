package org.labharness.lab;

import java.util.List;
import java.util.Locale;

/** The rows on which a model is measured. */
public sealed interface TestRows {
    /** Stands for them in the evidence. */
    String key();

    /** Rows that the submission never saw; {@code id} below {@code hidden} in lab.yaml. */
    record Hidden(String id) implements TestRows {
        @Override
        public String key() {
            return id;
        }
    }

    /**
     * The submission's own: a table in its work tree after the run.
     *
     * @param label the column to predict
     * @param features what a model is given, in this order; empty: all other columns that have a name
     */
    record Own(String file, String label, QualityMetric.Task task, List<String> features) implements TestRows {
        public Own {
            features = List.copyOf(features);
        }

        @Override
        public String key() {
            return file + ": " + label + " (" + task.name().toLowerCase(Locale.ROOT) + ")"
                    + (features.isEmpty() ? "" : " from " + String.join(", ", features));
        }
    }

    /**
     * Rows of the lab that are planted in a submission's data to see whether its model learns them.
     *
     * @param data the table in the repository, which knows all labels
     * @param file relative to the lab's folder
     * @param label the column to predict, one of a few classes
     * @param features as of own rows
     */
    record Canaries(String data, String file, String label, List<String> features) implements TestRows {
        public Canaries {
            features = List.copyOf(features);
        }

        @Override
        public String key() {
            return "canaries " + file + " in " + data + ": " + label
                    + (features.isEmpty() ? "" : " from " + String.join(", ", features));
        }
    }
}
