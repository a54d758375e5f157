package org.labharness.autograder.challenge;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.Venue;

/** What some teams handed in for the sample challenge. */
public final class SampleEntries {
    public static final Venue.Here VENUE = SampleChallenge.venue(QualityMetric.ACCURACY, QualityMetric.F1_MACRO);
    public static final Challenge CHALLENGE = SampleChallenge.challenge(VENUE, true);
    private static final Truth TRUTH = SampleChallenge.truth(VENUE);

    private final List<Entry> entries = new ArrayList<>();
    private final Map<Long, Map<QualityMetric, BigDecimal>> hidden = new HashMap<>();

    /** So many wrong rows in public and in private, at a time. */
    public SampleEntries add(String team, String at, int wrongInPublic, int wrongInPrivate) {
        Measured measured = Measured.of(
                PredictionsFile.read("p.csv", SampleChallenge.predictions(wrongInPublic, wrongInPrivate), TRUTH, VENUE),
                TRUTH,
                VENUE);
        long id = entries.size() + 1L;
        entries.add(new Entry(
                id,
                new Owner.OfTeam(TeamId.parse(team)),
                StudentId.parse("s" + id),
                Instant.parse(at),
                "p.csv",
                "d" + id,
                "p" + id,
                exact(measured.onPublicRows())));
        hidden.put(id, exact(measured.onPrivateRows()));
        return this;
    }

    private static Map<QualityMetric, BigDecimal> exact(Map<QualityMetric, Double> scores) {
        Map<QualityMetric, BigDecimal> exact = new EnumMap<>(QualityMetric.class);
        scores.forEach((metric, value) -> exact.put(metric, Measured.exact(value)));
        return exact;
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    public Map<Long, Map<QualityMetric, BigDecimal>> hidden() {
        return hidden;
    }

    /** The challenge's baselines. */
    public static List<Yardstick> baselines() {
        return Yardsticks.of(CHALLENGE, VENUE, TRUTH);
    }
}
