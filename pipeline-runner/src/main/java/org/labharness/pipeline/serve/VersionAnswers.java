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
     * What a version itself says.
     *
     * @param same how many answers are its own; -1 where it could not be made to predict
     * @param unable why it could not, as the end of a sentence; empty where it could
     * @param ours whether that was the harness's fault
     */
    record Compared(int same, String unable, boolean ours) {}

    /** @param data id of the hidden data */
    Compared compare(String name, String version, String data, List<Integer> rows, List<String> words) {
        ModelReference reference = new ModelReference.Registered(name, ModelReference.Choice.VERSION, version);
        PredictionFacts facts = predictions
                .of(subject, List.of(new EvidenceRequest.Predictions(reference, new TestRows.Hidden(data))), note)
                .getFirst();
        if (facts.outcome() != PredictionFacts.Outcome.MEASURED) {
            return new Compared(-1, unable(facts), facts.outcome() == PredictionFacts.Outcome.OURS);
        }
        int same = 0;
        for (int row = 0; row < rows.size(); row++) {
            if (PredictionFacts.agree(facts.predictions().get(rows.get(row)), words.get(row), TOLERANCE)) {
                same++;
            }
        }
        return new Compared(same, "", false);
    }

    /** In words that tell nothing of the rows. */
    private static String unable(PredictionFacts facts) {
        return switch (facts.outcome()) {
            case NO_MODEL, NO_FILES -> "its files are not there";
            case NOT_LOADED -> "it cannot be loaded";
            case OTHER_INPUTS -> "it takes other columns";
            case FAILED -> "it fails while it predicts";
            case NO_PREDICTION -> "what it gives is no prediction";
            case LIMIT -> "it meets a limit while it predicts";
            case DIED -> "its process dies while it predicts";
            case NO_ROWS, UNFIT_ROWS, OURS, MEASURED -> facts.detail();
        };
    }
}
