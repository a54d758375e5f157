package org.labharness.autograder.challenge;

import org.labharness.lab.QualityMetric;
import org.labharness.lab.challenge.Venue;

/** Predictions of the sample challenge, measured. */
public final class MeasuredSample {
    private static final Venue.Here VENUE = SampleChallenge.venue(QualityMetric.ACCURACY);

    private MeasuredSample() {}

    /** By accuracy, so many rows of each part being wrong. */
    public static Measured of(int wrongInPublic, int wrongInPrivate) {
        Truth truth = SampleChallenge.truth(VENUE);
        return Measured.of(
                PredictionsFile.read("p.csv", SampleChallenge.predictions(wrongInPublic, wrongInPrivate), truth, VENUE),
                truth,
                VENUE);
    }
}
