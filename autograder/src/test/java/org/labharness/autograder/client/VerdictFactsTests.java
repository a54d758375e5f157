package org.labharness.autograder.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.autograder.report.Outcome;
import org.labharness.autograder.report.VerdictJson;
import org.labharness.autograder.report.VerdictLines;
import org.labharness.autograder.sample.SampleOutcomes;
import org.labharness.autograder.sample.WayOfGoingWrong;
import org.labharness.autograder.score.Scorecard;
import org.labharness.pipeline.SystemBroke;

class VerdictFactsTests {
    @ParameterizedTest
    @EnumSource(WayOfGoingWrong.class)
    void a_verdict_from_a_server_reads_as_one_from_here(WayOfGoingWrong way) {
        Outcome.Graded graded = SampleOutcomes.graded(way);

        VerdictFacts facts = VerdictFacts.of(VerdictJson.write(graded));

        Scorecard card = graded.scorecard();
        List<String> expected = new ArrayList<>(VerdictLines.of(card.verdicts()));
        expected.add(card.points() + " of " + card.of() + " points"
                + (card.bonus().isZero() ? "" : " and " + card.bonus() + " bonus")
                + (card.held()
                        ? "; part of it is the harness's own matter: no point is lost, and staff look at it"
                        : ""));
        assertThat(facts.lines()).isEqualTo(expected);
        assertThat(facts.outcome()).isEqualTo("graded");
        assertThat(facts.earned()).isEqualTo(card.points().plus(card.bonus()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"schema\": \"labharness/verdict/2\"}",
                "{\"schema\": \"labharness/verdict/1\", \"outcome\": \"graded\", \"checks\": [{\"id\": \"../x\"}]}"
            })
    void what_is_no_verdict_is_the_server_s_fault(String text) {
        assertThatThrownBy(() -> VerdictFacts.of(text)).isInstanceOf(SystemBroke.class);
    }
}
