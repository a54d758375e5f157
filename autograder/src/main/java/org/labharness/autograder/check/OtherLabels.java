package org.labharness.autograder.check;

import java.util.EnumSet;
import java.util.Set;
import org.labharness.lab.QualityMetric;
import org.labharness.pipeline.evidence.PredictionFacts;

/** Words for a model that was measured, and answers with other labels than the data has: no better training helps it. */
final class OtherLabels {
    private static final Set<QualityMetric> OF_LABELS = EnumSet.of(QualityMetric.ACCURACY, QualityMetric.F1_MACRO);

    private final String detail;

    private OtherLabels(String detail) {
        this.detail = detail;
    }

    /** Probabilities are measured whatever the labels beside them are. */
    static OtherLabels of(PredictionFacts facts, QualityMetric metric) {
        return of(facts.detail(), metric);
    }

    /** @param detail which labels there were, as a sentence without its first capital; empty where they are those of the data */
    static OtherLabels of(String detail, QualityMetric metric) {
        return new OtherLabels(OF_LABELS.contains(metric) ? PlainText.line(detail, 500) : "");
    }

    /** A sentence after a blank; empty where the labels are those of the data. */
    String words() {
        return detail.isEmpty() ? "" : " " + HiddenScoreRule.capital(RunStory.ended(detail));
    }

    String advice(String otherwise) {
        return detail.isEmpty()
                ? otherwise
                : "Let the model answer with the labels as they stand in the data, one for each row and spelled like there: where it was"
                        + " trained on encoded labels, turn them back inside the model.";
    }
}
