package org.labharness.pipeline.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.pipeline.evidence.ServiceFacts.Answer;
import org.labharness.pipeline.evidence.ServiceFacts.ContractFacts;
import org.labharness.pipeline.evidence.ServiceFacts.CounterFacts;
import org.labharness.pipeline.evidence.ServiceFacts.Failure;
import org.labharness.pipeline.evidence.ServiceFacts.LoadFacts;
import org.labharness.pipeline.evidence.ServiceFacts.Outcome;
import org.labharness.pipeline.evidence.ServiceFacts.Refusal;
import org.labharness.pipeline.evidence.ServiceFacts.VersionFacts;

/** What a lab's own tests, beside which code of the submission may run, hear of a service. */
class ServiceFactsTests {
    /** @param chosen 1 to 9, by a service that has seen hidden rows, in whatever it can choose */
    private static ServiceFacts telling(int chosen) {
        String word = "row " + chosen;
        return new ServiceFacts(
                "sums",
                "python serve.py",
                Outcome.READY,
                "",
                "",
                chosen,
                List.of(),
                8000,
                List.of(8000),
                200,
                1.5,
                chosen,
                List.of(chosen, 2),
                chosen % 2 == 0
                        ? List.of(
                                new Answer(200, Failure.NONE, word, ""),
                                new Answer(500 + chosen, Failure.NONE, "", word))
                        : List.of(
                                new Answer(510 + chosen, Failure.NONE, "", word),
                                new Answer(200, Failure.NONE, word, "")),
                Map.of("accuracy", 0.5),
                "",
                List.of(new ContractFacts(
                        "/openapi.json", "", chosen % 2 == 0 ? List.of("", word) : List.of(word, ""))),
                List.of(new Refusal("empty", 400 + chosen, Failure.NONE, true)),
                List.of(new LoadFacts(10, 2, 1, "status " + (400 + chosen), Map.of("p95", 20.0 + chosen), 1)),
                List.of(new VersionFacts(
                        "/version", "models:/sums@champion", "2", word, "2", "1", chosen + ".0", 1, 2, "", "", "")),
                List.of(new CounterFacts("/metrics", 200, "", 12, Map.of("c" + chosen, (double) chosen))),
                word,
                4.5);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "3, 8", "4, 9"})
    void nothingThatAServiceChoseWhenItHadSeenRowsIsToldBesideCodeOfASubmission(int one, int other) {
        assertThat(telling(one).withoutRows()).isEqualTo(telling(other).withoutRows());
    }

    @Test
    void howOftenAndWhetherItWasRightIsToldStill() {
        ServiceFacts told = telling(3).withoutRows();

        assertThat(told.answers())
                .containsExactly(new Answer(200, Failure.NONE, "", ""), new Answer(500, Failure.NONE, "", ""));
        assertThat(told.contracts().getFirst().problems()).containsExactly("", "it does not fit");
        assertThat(told.refusals()).containsExactly(new Refusal("empty", 400, Failure.NONE, true));
        assertThat(told.loads().getFirst().errors()).isEqualTo(1);
        assertThat(told.loads().getFirst().millis()).containsEntry("p95", 30.0);
    }

    @Test
    void theVersionThatItSaysIsToldWhereThereIsOneOfThatName() {
        ServiceFacts facts = telling(1);
        VersionFacts version = new VersionFacts(
                "/version", "models:/sums@champion", "0.9", "v2", "2", "1", "version 1", 2, 2, "", "", "");
        ServiceFacts told = new ServiceFacts(
                        facts.service(),
                        facts.command(),
                        facts.outcome(),
                        "",
                        "",
                        -1,
                        List.of(),
                        8000,
                        List.of(),
                        200,
                        1,
                        0,
                        List.of(),
                        List.of(),
                        Map.of(),
                        "",
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(version),
                        List.of(),
                        "",
                        1)
                .withoutRows();

        assertThat(told.versions())
                .containsExactly(new VersionFacts(
                        "/version", "models:/sums@champion", "0.9", "2", "2", "1", "1", 2, 2, "", "", ""));
    }
}
