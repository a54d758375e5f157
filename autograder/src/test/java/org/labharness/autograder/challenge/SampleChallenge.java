package org.labharness.autograder.challenge;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.labharness.autograder.table.CsvTable;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.challenge.Baseline;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.ChallengeId;
import org.labharness.lab.challenge.Finals;
import org.labharness.lab.challenge.Quota;
import org.labharness.lab.challenge.Split;
import org.labharness.lab.challenge.Venue;

/** A challenge about a hundred wines, the first thirty of them public. */
public final class SampleChallenge {
    public static final Instant OPENS = Instant.parse("2026-11-01T00:00:00Z");
    public static final Instant CLOSES = Instant.parse("2026-11-20T18:30:00Z");
    public static final int ROWS = 100;
    static final int PUBLIC = 30;

    private SampleChallenge() {}

    /** Three kinds of wine, by turns. */
    public static String label(int row) {
        return List.of("red", "white", "rosé").get(row % 3);
    }

    public static String id(int row) {
        return "w" + (1000 + row);
    }

    public static Venue.Here venue(QualityMetric... metrics) {
        return venue(new Finals.BestPublic(), metrics);
    }

    public static Venue.Here venue(Finals finals, QualityMetric... metrics) {
        return new Venue.Here(
                "labels.csv",
                "id",
                "kind",
                List.of(metrics),
                new Split.Column("part"),
                new Quota(3, 10),
                2,
                finals,
                List.of(new Baseline("guess", "Most frequent", new Baseline.Majority())));
    }

    public static Challenge challenge(Venue venue, boolean team) {
        return new Challenge(
                ChallengeId.parse("wine"),
                "Wine kinds",
                team,
                OPENS,
                CLOSES,
                venue,
                null,
                Path.of("").toAbsolutePath());
    }

    /** The labels as a file. */
    public static String labels() {
        return labels(SampleChallenge::label);
    }

    static String labels(IntFunction<String> label) {
        StringBuilder text = new StringBuilder("id,kind,part\n");
        for (int row = 0; row < ROWS; row++) {
            text.append(id(row)).append(',').append(label.apply(row)).append(row < PUBLIC ? ",public\n" : ",private\n");
        }
        return text.toString();
    }

    public static Truth truth(Venue.Here venue) {
        return TruthFile.of(CsvTable.parse("labels.csv", labels()), venue, id -> 0);
    }

    static Truth truth(Venue.Here venue, IntFunction<String> label) {
        return TruthFile.of(CsvTable.parse("labels.csv", labels(label)), venue, id -> 0);
    }

    /** Predictions of which the first so many public and the first so many private rows are wrong. */
    public static byte[] predictions(int wrongInPublic, int wrongInPrivate) {
        List<String> lines = new ArrayList<>(List.of("id,prediction"));
        IntStream.range(0, ROWS)
                .mapToObj(row -> {
                    boolean wrong = row < PUBLIC ? row < wrongInPublic : row - PUBLIC < wrongInPrivate;
                    return id(row) + "," + label(wrong ? row + 1 : row);
                })
                .forEach(lines::add);
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
