package org.labharness.autograder.challenge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.table.InvalidTable;
import org.labharness.lab.challenge.Baseline;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.Venue;
import org.labharness.lab.load.ChallengeLoader;
import org.labharness.pipeline.predict.Scoring;

/** Measures the baselines of a challenge as if somebody had handed them in. */
public final class Yardsticks {
    private final Truth truth;
    private final Venue.Here venue;
    private final Path folder;

    private Yardsticks(Truth truth, Venue.Here venue, Path folder) {
        this.truth = truth;
        this.venue = venue;
        this.folder = folder;
    }

    /**
     * All baselines, in the order of the file.
     *
     * @throws InvalidTable where one cannot be measured
     */
    public static List<Yardstick> of(Challenge challenge, Venue.Here venue, Truth truth) {
        Yardsticks reading = new Yardsticks(truth, venue, challenge.folder());
        return venue.baselines().stream()
                .map(one -> new Yardstick(one, reading.measured(one)))
                .toList();
    }

    private Measured measured(Baseline baseline) {
        Measured measured = Measured.of(guesses(baseline), truth, venue);
        if (!measured.onPublicRows().containsKey(venue.ranking())) {
            throw new InvalidTable(
                    ChallengeLoader.FILE,
                    List.of("the baseline '" + baseline.id() + "' cannot be measured by "
                            + venue.ranking().word() + "."));
        }
        return measured;
    }

    private Guesses guesses(Baseline baseline) {
        return switch (baseline.source()) {
            case Baseline.Table(String path) -> PredictionsFile.read(path, bytes(folder.resolve(path)), truth, venue);
            case Baseline.Constant(String value) -> constant(baseline, value);
            case Baseline.Majority majority -> majority();
            case Baseline.Mean mean -> numbers(numbers().average().orElse(0));
            case Baseline.Median median -> numbers(median());
        };
    }

    private byte[] bytes(Path file) {
        try {
            long most = PredictionsFile.most(truth, venue);
            if (Files.size(file) > most) {
                throw new InvalidTable(
                        String.valueOf(file.getFileName()),
                        List.of("it has " + Files.size(file) + " bytes, at most " + most + " are read."));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private Guesses constant(Baseline baseline, String value) {
        if (truth.classes().isEmpty()) {
            return numbers(PredictedNumber.of(value).orElse(0));
        }
        String label = Scoring.plain(value);
        if (!truth.classes().contains(label)) {
            throw new InvalidTable(
                    ChallengeLoader.FILE,
                    List.of("the baseline '" + baseline.id() + "' predicts '" + value
                            + "', which is none of the labels. Write it as the labels do."));
        }
        return new Guesses.Labels(Collections.nCopies(truth.size(), label), null);
    }

    private Guesses majority() {
        double[] share = new double[truth.classes().size()];
        for (String label : truth.labels()) {
            share[truth.classes().indexOf(Scoring.plain(label))] += 1.0 / truth.size();
        }
        int most = 0;
        for (int one = 1; one < share.length; one++) {
            most = share[one] > share[most] ? one : most;
        }
        double @Nullable [][] scores = null;
        if (venue.probabilities()) {
            scores = new double[truth.size()][];
            Arrays.fill(scores, share);
        }
        return new Guesses.Labels(
                Collections.nCopies(truth.size(), truth.classes().get(most)), scores);
    }

    private Guesses numbers(double value) {
        double[] values = new double[truth.size()];
        Arrays.fill(values, value);
        return new Guesses.Numbers(values);
    }

    private DoubleStream numbers() {
        return truth.labels().stream()
                .mapToDouble(label -> PredictedNumber.of(label).orElse(0));
    }

    private double median() {
        List<Double> sorted = new ArrayList<>(numbers().sorted().boxed().toList());
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
