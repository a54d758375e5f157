package org.labharness.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.challenge.Award;
import org.labharness.lab.challenge.Baseline;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.Finals;
import org.labharness.lab.challenge.Quota;
import org.labharness.lab.challenge.Split;
import org.labharness.lab.challenge.Venue;

/** What challenge.yaml means, and what is said where it means nothing. */
class ChallengeLoaderTests {
    @TempDir
    Path above;

    private Path folder = Path.of("");

    @BeforeEach
    void files() throws IOException {
        folder = Files.createDirectory(above.resolve("wine"));
        Files.writeString(folder.resolve("labels.csv"), "id,quality\n");
        Files.writeString(folder.resolve("logreg.csv"), "id,prediction\n");
    }

    private Challenge load(String yaml) throws IOException {
        Files.writeString(folder.resolve("challenge.yaml"), yaml);
        return ChallengeLoader.load(folder, ZoneId.of("Asia/Kolkata"));
    }

    private String problems(String yaml) throws IOException {
        Files.writeString(folder.resolve("challenge.yaml"), yaml);
        try {
            ChallengeLoader.load(folder, ZoneId.of("Asia/Kolkata"));
            throw new AssertionError("it was taken");
        } catch (InvalidChallenge invalid) {
            return String.valueOf(invalid.getMessage()).replace(folder.toString(), "FOLDER");
        }
    }

    @Test
    void everythingThatCanBeSaidIsUnderstood() throws IOException {
        Challenge challenge = load("""
                id: wine
                title: Wine quality
                team: true
                opens: 2026-11-01
                closes: 2026-11-20 23:59
                labels: labels.csv
                label: quality
                metrics: [f1_macro, accuracy]
                split: {public: 25}
                limits: {per-day: 5, in-all: 60}
                places: 2
                final: {chosen: 2}
                baselines:
                  guess: {title: Most frequent, rule: majority}
                  logreg: {title: Logistic regression, predictions: logreg.csv}
                award:
                  lab: data-challenge
                  points: 20
                  linear: {from: guess, to: best}
                """);

        Venue.Here here = (Venue.Here) challenge.venue();
        assertThat(challenge.opens()).isEqualTo("2026-10-31T18:30:00Z");
        assertThat(challenge.closes()).isEqualTo("2026-11-20T18:29:00Z");
        assertThat(here.metrics()).containsExactly(QualityMetric.F1_MACRO, QualityMetric.ACCURACY);
        assertThat(here.idColumn()).isEqualTo("id");
        assertThat(here.split()).isEqualTo(new Split.Drawn(25));
        assertThat(here.quota()).isEqualTo(new Quota(5, 60));
        assertThat(here.finals()).isEqualTo(new Finals.Chosen(2));
        assertThat(here.baselines())
                .containsExactly(
                        new Baseline("guess", "Most frequent", new Baseline.Majority()),
                        new Baseline("logreg", "Logistic regression", new Baseline.Table("logreg.csv")));
        assertThat(challenge.award())
                .isEqualTo(new Award(
                        LabId.parse("data-challenge"),
                        "points",
                        Points.of(20),
                        new Award.Linear(new Award.OfBaseline("guess"), new Award.Best())));
    }

    @Test
    void theMomentOfTheCloseIsInTimeAndTheNextOneIsNot() throws IOException {
        Challenge challenge = load("""
                {id: wine, title: W, closes: 2026-11-20, elsewhere: {measure: RMSE, better: lower}}
                """);
        Instant midnight = Instant.parse("2026-11-20T18:30:00Z");

        assertThat(challenge.closes()).isEqualTo(midnight);
        assertThat(challenge.takes(midnight)).isTrue();
        assertThat(challenge.closed(midnight)).isEmpty();
        assertThat(challenge.takes(midnight.plusNanos(1_000))).isFalse();
        assertThat(challenge.closed(midnight.plusNanos(1_000))).isPresent();
    }

    @Test
    void tiersOfAnErrorBeginWithTheLowest() throws IOException {
        Challenge challenge = load("""
                {id: wine, title: W, closes: 2026-11-20, elsewhere: {measure: RMSE, better: lower},
                 award: {lab: c, points: 10, tiers: {0.3: 10, 0.5: 4}}}
                """);

        Award.Tiers tiers =
                (Award.Tiers) Objects.requireNonNull(challenge.award()).rule();
        assertThat(tiers.tiers().keySet()).containsExactly(new BigDecimal("0.3"), new BigDecimal("0.5"));
    }

    @Test
    void allProblemsAreToldAtOnceWithTheirLines() throws IOException {
        assertThat(problems("""
                        id: whine
                        title: Wine
                        opens: 2026-11-20
                        closes: soon
                        labels: truth.csv
                        label: id
                        metrics: [accuracy, rmse, f1]
                        limits: {per-day: 10, in-all: 5}
                        baselines:
                          zero: {title: Zero, rule: mean}
                        awards: {lab: c}
                        """)).isEqualTo("""
                        FOLDER/challenge.yaml cannot be used, it has 9 problems:
                          challenge.yaml:1: The challenge is called 'whine', its folder 'wine'.
                              Expected the same name, by which commands find it.
                          challenge.yaml:4: 'closes': 'soon' is no time.
                              Expected a day such as 2026-09-11, or a time such as 2026-09-11 23:59, in the course's time zone.
                          challenge.yaml:5: The file 'truth.csv' is not in the challenge's folder FOLDER.
                              Put the file there, or correct its path.
                          challenge.yaml:6: The ids are the labels.
                              Expected two different columns.
                          challenge.yaml:7: 'rmse' and 'accuracy' do not measure the same thing.
                              Expected metrics of classes, or of numbers.
                          challenge.yaml:7: 'metrics' is 'f1'.
                              Expected one of: accuracy, f1_macro, roc_auc, log_loss, rmse, mae, r2.
                          challenge.yaml:8: 10 are taken a day, and 5 in all.
                              Expected at least as many in all as on one day.
                          challenge.yaml:10: 'rule' is 'mean'.
                              Expected one of: majority.
                          challenge.yaml:11: 'awards' is no key of 'the challenge'.
                              Did you mean 'award'? Expected one of: id, title, team, opens, closes, labels, id-column, label, metrics, split, limits, places, final, baselines, elsewhere, award.""");
    }

    @Test
    void aConstantCannotBeMeasuredByProbabilities() throws IOException {
        assertThat(problems("""
                        id: wine
                        title: Wine
                        closes: 2026-11-20
                        labels: labels.csv
                        label: quality
                        metrics: [roc_auc]
                        limits: {per-day: 5}
                        baselines: {a: {title: A, constant: a}}
                        """))
                .contains("challenge.yaml:8: 'constant' is 'a'.")
                .contains("roc_auc asks for that; 'rule: majority' does");
    }

    @Test
    void pointsThatNobodyCouldReachOrThatFallTheWrongWayAreRefused() throws IOException {
        String head = "{id: wine, title: W, closes: 2026-11-20, elsewhere: {measure: F1, better: higher},\n award: ";

        assertThat(problems(head + "{lab: c, points: 20, ranks: {1: 15, 3: 18}}}"))
                .contains("The first rank earns 15 of 20 points: nobody could earn them all.")
                .contains("'3' earns 18, but 15 is the most that is left.");
        assertThat(problems(head + "{lab: c, points: 20, ranks: {3: 20, 1: 5}}}"))
                .contains("The rank 1 stands after 3.");
        assertThat(problems(head + "{lab: c, points: 20, linear: {from: 0.9, to: 0.5}}}"))
                .contains("All points are earned at 0.5, none at 0.9, and higher is better.");
        assertThat(problems(head + "{lab: c, points: 20, linear: {from: guess, to: best}}}"))
                .contains("'from' is 'guess'.")
                .contains("Expected a number, such as 0.6; there are no baselines.");
    }
}
