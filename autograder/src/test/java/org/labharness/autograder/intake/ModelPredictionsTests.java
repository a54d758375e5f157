package org.labharness.autograder.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.challenge.Guesses;
import org.labharness.autograder.challenge.PredictionsFile;
import org.labharness.autograder.challenge.SampleChallenge;
import org.labharness.autograder.challenge.Truth;
import org.labharness.autograder.sample.SampleEvidence;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.challenge.Venue;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.PredictionFacts;
import org.labharness.pipeline.evidence.PredictionFacts.Outcome;

/** A model that a grading has measured on the challenge's rows takes part as a file of its predictions would. */
class ModelPredictionsTests {
    private static final Venue.Here VENUE = SampleChallenge.venue(QualityMetric.ACCURACY);
    private static final Truth TRUTH = SampleChallenge.truth(VENUE);

    private static Evidence evidence(Outcome outcome, List<String> predictions, String labels) {
        SampleEvidence sample = new SampleEvidence();
        sample.predictions.add(new PredictionFacts(
                "models:/wine@champion",
                "wine",
                outcome,
                "",
                "",
                List.of(),
                null,
                SampleChallenge.ROWS,
                predictions,
                Map.of(),
                "f".repeat(64),
                labels,
                7,
                1.2));
        return sample.build();
    }

    private static List<String> kinds() {
        return IntStream.range(0, SampleChallenge.ROWS)
                .mapToObj(SampleChallenge::label)
                .toList();
    }

    @Test
    void itsPredictionsAreThoseOfTheRowsInTheirOrder() {
        byte[] file = ModelPredictions.of(evidence(Outcome.MEASURED, kinds(), TRUTH.labelsDigest()), TRUTH, VENUE);

        Guesses byModel = PredictionsFile.read("model", file, TRUTH, VENUE);
        Guesses byFile = PredictionsFile.read("p.csv", SampleChallenge.predictions(0, 0), TRUTH, VENUE);
        assertThat(new String(file, StandardCharsets.UTF_8)).startsWith("\"id\",prediction\n\"w1000\",\"red\"\n");
        assertThat(byModel.digest()).isEqualTo(byFile.digest());
    }

    @Test
    void ofOtherRowsOrOfNoneItIsSaid() {
        assertThatThrownBy(() -> ModelPredictions.of(evidence(Outcome.MEASURED, kinds(), "e".repeat(64)), TRUTH, VENUE))
                .hasMessageContaining("no model in it was measured on the challenge's rows");
        assertThatThrownBy(() -> ModelPredictions.of(
                        evidence(Outcome.NOT_LOADED, List.of(), TRUTH.labelsDigest()), TRUTH, VENUE))
                .hasMessageContaining("its model predicted nothing: not loaded. ./lab grade says why.");
        assertThatThrownBy(() ->
                        ModelPredictions.of(evidence(Outcome.MEASURED, List.of(), TRUTH.labelsDigest()), TRUTH, VENUE))
                .hasMessageContaining("it keeps no predictions of single rows, of which there are 100.");
        assertThatThrownBy(() -> ModelPredictions.of(
                        evidence(Outcome.MEASURED, kinds(), TRUTH.labelsDigest()),
                        TRUTH,
                        SampleChallenge.venue(QualityMetric.LOG_LOSS)))
                .hasMessageContaining("asks how likely each class is");
    }
}
