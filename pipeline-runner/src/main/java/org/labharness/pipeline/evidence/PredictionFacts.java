package org.labharness.pipeline.evidence;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.ModelReference;
import org.labharness.lab.TestRows;

/**
 * What a model made of data that the submission never saw, of its own test rows, or of rows that the lab planted. For staff alone: predictions tell of hidden rows.
 *
 * @param model as the lab asks for it
 * @param data id of the hidden data, or what stands for the submission's own rows
 * @param detail what was seen, as the end of a sentence; empty where all went well, a sentence where rows are at fault; of what was measured that the
 *     labels are none of the data's
 * @param staff what a container said that had seen hidden rows: never for students
 * @param limits that were hit
 * @param origin where the model was found, or null
 * @param rows how many rows were to be predicted
 * @param predictions in the order of the data; empty where there are none or too many to be kept
 * @param measured every measure that the predictions allow, by its name in lab.yaml
 * @param features digest of the features
 * @param labels digest of the labels, which are nowhere in the evidence
 * @param order seed of the order in which the rows were given, 0 for the data's own
 * @param seconds volatile
 */
public record PredictionFacts(
        String model,
        String data,
        Outcome outcome,
        String detail,
        String staff,
        List<LimitHit> limits,
        @Nullable ModelOrigin origin,
        int rows,
        List<String> predictions,
        Map<String, Double> measured,
        String features,
        String labels,
        long order,
        double seconds) {
    private static final int MOST_DIGITS = 1_000;

    public PredictionFacts {
        limits = List.copyOf(limits);
        predictions = List.copyOf(predictions);
        measured = Map.copyOf(measured);
    }

    /** The same of the same files under another name. */
    public PredictionFacts as(String name, ModelOrigin found) {
        return new PredictionFacts(
                name,
                data,
                outcome,
                detail,
                staff,
                limits,
                found,
                rows,
                predictions,
                measured,
                features,
                labels,
                order,
                seconds);
    }

    /** The same without what tells of single rows. */
    PredictionFacts withoutRows() {
        return new PredictionFacts(
                model, data, outcome, detail, "", limits, origin, rows, List.of(), measured, features, labels, 0,
                seconds);
    }

    /** Whether two predictions, both in the form in which they are compared, say the same: labels alike, numbers near each other. */
    public static boolean agree(String one, String other, BigDecimal tolerance) {
        if (one.equals(other)) {
            return !one.isEmpty();
        }
        try {
            BigDecimal first = new BigDecimal(one);
            BigDecimal second = new BigDecimal(other);
            return isUsual(first)
                    && isUsual(second)
                    && first.subtract(second).abs().compareTo(tolerance) <= 0;
        } catch (NumberFormatException text) {
            return false;
        }
    }

    /** Whether it can be reckoned with: 1e999999999 has as many digits, written out. */
    private static boolean isUsual(BigDecimal number) {
        return Math.abs((long) number.scale()) < MOST_DIGITS && number.precision() < MOST_DIGITS;
    }

    /** Of some those of a model and rows. */
    static Optional<PredictionFacts> of(ModelReference model, TestRows rows, List<PredictionFacts> all) {
        return all.stream()
                .filter(facts ->
                        facts.model().equals(model.toString()) && facts.data().equals(rows.key()))
                .findFirst();
    }

    /** How it ended. */
    public enum Outcome {
        MEASURED,
        /** The submission's own rows are not there. */
        NO_ROWS,
        /** They are there, and measure nothing. */
        UNFIT_ROWS,
        /** No such model was made. */
        NO_MODEL,
        /** It is registered, but its files are not there. */
        NO_FILES,
        /** Its files are no model, or cannot be loaded. */
        NOT_LOADED,
        /** It takes other columns than there are. */
        OTHER_INPUTS,
        /** It failed while it predicted. */
        FAILED,
        /** What it predicts is no prediction of these labels. */
        NO_PREDICTION,
        LIMIT,
        /** Its process died. */
        DIED,
        /** The harness or the lab is to blame. */
        OURS
    }
}
