package org.labharness.autograder.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.labharness.autograder.sample.SampleStudent.student;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.lab.FormItem;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.challenge.Award;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.ChallengeId;
import org.labharness.lab.challenge.Venue;

/** What a rank or score earns, and the words for it. */
class AwardsTests {
    private static final FormItem ITEM =
            new FormItem("points", "", "Points", Points.of(20), Points.parse("0.5"), true, false);
    private static final Roster ROSTER = new Roster(
            List.of(student("ada", "alpha"), student("bo", "alpha"), student("cy", null), student("di", null)));

    private static Challenge challenge(boolean higher) {
        return new Challenge(
                ChallengeId.parse("wine"),
                "Wine",
                true,
                null,
                SampleChallenge.CLOSES,
                new Venue.Elsewhere(higher ? "macro F1" : "RMSE", higher),
                null,
                Path.of("").toAbsolutePath());
    }

    private static Award award(Award.Rule rule) {
        return new Award(LabId.parse("challenge"), "points", Points.of(20), rule);
    }

    private static Outcome outcome(int rank, String score) {
        return new Outcome(rank, 3, new BigDecimal(score), "entry " + rank);
    }

    private static List<String> words(Award.Rule rule) {
        Map<Owner, Outcome> outcomes = Map.of(
                new Owner.OfTeam(TeamId.parse("alpha")), outcome(1, "0.91"),
                new Owner.OfStudent(StudentId.parse("cy")), outcome(2, "0.8"));
        return new Awards(challenge(true), award(rule), ITEM, outcomes, Map.of("guess", new BigDecimal("0.5")))
                .of(ROSTER).stream()
                        .map(one -> one.student().id() + " " + one.points() + ": " + one.why())
                        .toList();
    }

    @Test
    void aTeamsResultIsThatOfEachMemberAndNothingIsSaidOfNobody() {
        Award.Ranks ranks = new Award.Ranks(new TreeMap<>(Map.of(1, Points.of(20), 3, Points.of(15))), Points.of(5));

        assertThat(words(ranks))
                .containsExactly(
                        "ada 20: Wine, team alpha: rank 1 of 3, private macro F1 0.91 (entry 1). Rank 1 earns 20.",
                        "bo 20: Wine, team alpha: rank 1 of 3, private macro F1 0.91 (entry 1). Rank 1 earns 20.",
                        "cy 15: Wine: rank 2 of 3, private macro F1 0.8 (entry 2). Ranks 2 to 3 earn 15.",
                        "di 0: Wine: nothing was handed in by the close.");
    }

    @Test
    void tiersAndProportionsExplainThemselves() {
        Award.Tiers tiers = Award.Tiers.of(
                new TreeMap<>(Map.of(new BigDecimal("0.9"), Points.of(20), new BigDecimal("0.8"), Points.of(10))),
                true);
        Award.Linear linear = new Award.Linear(new Award.OfBaseline("guess"), new Award.Best());

        assertThat(words(tiers).get(0)).endsWith("With at least 0.9 it earns 20.");
        assertThat(words(tiers).get(2)).startsWith("cy 10").endsWith("With at least 0.8 it earns 10.");
        assertThat(words(linear).get(0)).startsWith("ada 20");
        assertThat(words(linear).get(2))
                .isEqualTo("cy 14.5: Wine: rank 2 of 3, private macro F1 0.8 (entry 2). 0.5 (baseline guess) earns"
                        + " nothing, 0.91 (the best) earns 20; this score earns 14.5.");
    }

    @Property(tries = 300)
    void aBetterScoreNeverEarnsLessAndAlwaysFitsTheForm(
            @ForAll @IntRange(min = -50, max = 150) int one,
            @ForAll @IntRange(min = -50, max = 150) int other,
            @ForAll @IntRange(min = -50, max = 150) int from,
            @ForAll @IntRange(min = -50, max = 150) int to,
            @ForAll boolean higher) {
        Award.Linear linear = new Award.Linear(value(from), value(to));
        Points first = points(linear, one, higher);
        Points second = points(linear, other, higher);
        boolean better = higher ? one >= other : one <= other;

        assertThat(ITEM.takes(first)).isTrue();
        assertThat(first.compareTo(second)).isIn(better ? List.of(0, 1) : List.of(-1, 0));
    }

    private static Award.Value value(int hundredths) {
        return new Award.Value(BigDecimal.valueOf(hundredths, 2));
    }

    private static Points points(Award.Rule rule, int hundredths, boolean higher) {
        Map<Owner, Outcome> outcomes = Map.of(
                new Owner.OfStudent(StudentId.parse("cy")), new Outcome(1, 1, BigDecimal.valueOf(hundredths, 2), ""));
        return new Awards(challenge(higher), award(rule), ITEM, outcomes, Map.of())
                .of(new Roster(List.of(student("cy", null))))
                .getFirst()
                .points();
    }

    @Test
    void aFormThatDoesNotTakeThePointsIsNamed() {
        Award odd = award(new Award.Ranks(new TreeMap<>(Map.of(1, Points.of(20))), Points.parse("0.25")));
        Award large = new Award(LabId.parse("challenge"), "points", Points.of(25), odd.rule());

        assertThat(Awards.unfit(odd, ITEM))
                .hasValue("The challenge gives 0.25 points, but the item 'points' of challenge takes steps of 0.5.");
        assertThat(Awards.unfit(large, ITEM).orElseThrow()).contains("gives up to 25 points", "takes 20");
        assertThat(Awards.unfit(odd, null).orElseThrow()).contains("has no item 'points'");
        assertThat(Awards.unfit(award(new Award.Linear(value(1), value(2))), ITEM))
                .isEmpty();
    }
}
