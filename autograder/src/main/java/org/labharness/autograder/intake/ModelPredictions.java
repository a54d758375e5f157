package org.labharness.autograder.intake;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.labharness.autograder.challenge.Truth;
import org.labharness.autograder.table.InvalidTable;
import org.labharness.lab.challenge.Venue;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.PredictionFacts;
import org.labharness.pipeline.evidence.PredictionFacts.Outcome;

/**
 * Takes the predictions of a model out of the evidence of a grading. They are of the challenge's rows where the lab's hidden data has the
 * same labels in the same order, which the evidence tells by a digest.
 */
public final class ModelPredictions {
    private ModelPredictions() {}

    /**
     * The predictions as a file that the challenge takes.
     *
     * @throws InvalidTable where the evidence holds none of these rows
     */
    public static byte[] of(Evidence evidence, Truth truth, Venue.Here venue) {
        if (venue.probabilities()) {
            throw refused("of a model it keeps the labels alone, and the challenge asks how likely each class is."
                    + " Hand in a file of probabilities.");
        }
        List<PredictionFacts> same = evidence.predictions().stream()
                .filter(facts -> facts.labels().equals(truth.labelsDigest()))
                .toList();
        if (same.isEmpty()) {
            throw refused("no model in it was measured on the challenge's rows. The lab's hidden data must be the"
                    + " challenge's labels, the same rows in the same order.");
        }
        Optional<PredictionFacts> measured = same.stream()
                .filter(facts -> facts.outcome() == Outcome.MEASURED)
                .findFirst();
        if (measured.isEmpty()) {
            throw refused("its model predicted nothing: "
                    + same.getFirst().outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                    + ". ./lab grade says why.");
        }
        List<String> predictions = measured.get().predictions();
        if (predictions.size() != truth.size()) {
            throw refused("it keeps no predictions of single rows, of which there are " + truth.size() + ".");
        }
        return truth.table(venue.idColumn(), predictions).getBytes(StandardCharsets.UTF_8);
    }

    private static InvalidTable refused(String sentence) {
        return new InvalidTable("The evidence", List.of(sentence));
    }
}
