package org.labharness.lab.challenge;

import java.util.List;
import org.labharness.lab.QualityMetric;

/** Where predictions are measured. */
public sealed interface Venue {
    /** What the ranking measure is called. */
    String measure();

    boolean higherIsBetter();

    /**
     * By this program.
     *
     * @param labels relative to the challenge's folder; it never leaves the server
     * @param idColumn of the labels, and of every predictions file
     * @param label the column that is to be predicted
     * @param metrics all of the same task; the first one ranks
     * @param places decimals of public scores
     */
    record Here(
            String labels,
            String idColumn,
            String label,
            List<QualityMetric> metrics,
            Split split,
            Quota quota,
            int places,
            Finals finals,
            List<Baseline> baselines)
            implements Venue {
        public Here {
            metrics = List.copyOf(metrics);
            baselines = List.copyOf(baselines);
        }

        public QualityMetric ranking() {
            return metrics.getFirst();
        }

        public QualityMetric.Task task() {
            return ranking().task();
        }

        /** Whether a measure asks how likely each class is. */
        public boolean probabilities() {
            return metrics.contains(QualityMetric.ROC_AUC) || metrics.contains(QualityMetric.LOG_LOSS);
        }

        @Override
        public String measure() {
            return ranking().title();
        }

        @Override
        public boolean higherIsBetter() {
            return ranking().higherIsBetter();
        }
    }

    /** By others, whose results come in as a table. */
    record Elsewhere(String measure, boolean higherIsBetter) implements Venue {}
}
