package org.labharness.pipeline.serve;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.labharness.lab.EvidenceRequest;
import org.labharness.lab.ModelReference;
import org.labharness.lab.TestRows;
import org.labharness.pipeline.evidence.PredictionFacts;
import org.labharness.pipeline.predict.Predictions;

/** What a version of a model says of rows, beside what a service said of them. */
final class VersionAnswers {
    /** Numbers travel as text, and some models count in single precision. */
    private static final BigDecimal TOLERANCE = new BigDecimal("0.0001");

    private final Predictions predictions;
    private final Predictions.Subject subject;
    private final Consumer<String> note;

    VersionAnswers(Predictions predictions, Predictions.Subject subject, Consumer<String> note) {
        this.predictions = predictions;
        this.subject = subject;
        this.note = note;
    }

    /**
     * How many answers are the version's own; -1 where it could not be made to predict.
     *
     * @param data id of the hidden data
     */
    int agreeing(String name, String version, String data, List<Integer> rows, List<String> words) {
        ModelReference reference = new ModelReference.Registered(name, ModelReference.Choice.VERSION, version);
        PredictionFacts facts = predictions
                .of(subject, List.of(new EvidenceRequest.Predictions(reference, new TestRows.Hidden(data))), note)
                .getFirst();
        if (facts.outcome() != PredictionFacts.Outcome.MEASURED) {
            return -1;
        }
        int same = 0;
        for (int row = 0; row < rows.size(); row++) {
            if (PredictionFacts.agree(facts.predictions().get(rows.get(row)), words.get(row), TOLERANCE)) {
                same++;
            }
        }
        return same;
    }
}
