package org.labharness.pipeline.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.Service;
import org.labharness.lab.ServiceCheck;
import org.labharness.lab.ServiceCheck.WrongRequest;
import org.labharness.pipeline.evidence.ServiceFacts.CounterFacts;
import org.labharness.pipeline.evidence.ServiceFacts.Failure;
import org.labharness.pipeline.evidence.ServiceFacts.LoadFacts;
import org.labharness.pipeline.evidence.ServiceFacts.Refusal;
import org.labharness.probe.exchange.Seen;

/** What is made of the replies of a service. */
class ToldTests {
    private static final Service.Question QUESTION = new Service.Question("/predict", "beans", 2, "{}", "kind");
    private static final Service SERVICE = new Service(
            "sorter", new Service.CommandLine("serve"), 8000, Map.of(), "", java.time.Duration.ofSeconds(9), QUESTION);
    private static final ServiceCheck.ServiceLoad LOAD = new ServiceCheck.ServiceLoad(SERVICE, 4, 2, null, 0);

    private final List<Seen> seen = new ArrayList<>();
    private final Layout layout = new Layout(List.of(WrongRequest.EMPTY));

    private void reply(int batch, int number, int status, String body) {
        seen.add(new Seen.Reply(
                batch,
                number,
                status,
                5_000_000,
                "application/json",
                body.getBytes(StandardCharsets.UTF_8),
                true,
                Seen.Failure.NONE));
    }

    private Told told(int rows) {
        return new Told(layout, Replies.of(seen), QUESTION, rows);
    }

    private LoadFacts load(String... bodies) {
        layout.rows = 0;
        reply(0, 0, 200, "{\"kind\": \"a\"}");
        reply(0, 1, 200, "{\"kind\": 2.5}");
        layout.loads.put(LOAD, List.of(1));
        for (int number = 0; number < bodies.length; number++) {
            reply(1, number, 200, bodies[number]);
        }
        return told(2).loads().getFirst();
    }

    @Test
    void anAnswerUnderLoadIsRightWhereItHoldsThePredictionOfItsRow() {
        LoadFacts facts = load("{\"kind\": \"a\"}", "{\"kind\": 2.5000001}", "{\"kind\": \"a\"}", "{\"kind\": 2.5}");

        assertThat(facts.errors()).isZero();
        assertThat(facts.firstError()).isEmpty();
        assertThat(facts.millis()).containsEntry("p95", 5.0);
    }

    @Test
    void anErrorWithTheStatus200IsNoAnswer() {
        LoadFacts facts = load("{\"error\": \"busy\"}", "{\"kind\": 2.5}", "{\"error\": \"busy\"}", "{\"kind\": 2.5}");

        assertThat(facts.errors()).isEqualTo(2);
        assertThat(facts.firstError()).isEqualTo("the answer has no 'kind'");
    }

    @Test
    void neitherIsThePredictionOfAnotherRow() {
        LoadFacts facts = load("{\"kind\": 2.5}", "{\"kind\": 2.5}", "{\"kind\": \"a\"}", "{\"kind\": 2.6}");

        assertThat(facts.errors()).isEqualTo(2);
        assertThat(facts.firstError()).isEqualTo("another prediction than the row had when it was asked alone");
    }

    @Test
    void requestsThatWereNotAskedAnyMoreAreErrors() {
        LoadFacts facts = load("{\"kind\": \"a\"}");

        assertThat(facts.errors()).isEqualTo(3);
        assertThat(facts.firstError()).startsWith("it was not asked any more");
    }

    private CounterFacts counters(String before, String after) {
        layout.rows = 1;
        reply(0, 0, 200, before);
        reply(1, 0, 200, "{\"kind\": \"a\"}");
        reply(1, 1, 500, "");
        reply(2, 0, 200, after);
        layout.counted.put("/metrics", new Layout.Counted(0, 2));
        return told(2).counters().getFirst();
    }

    @ParameterizedTest
    @CsvSource({"3, 5, 2", "5, 3, -2", "3, +Inf, NaN", "+Inf, +Inf, NaN", "NaN, 4, NaN"})
    void whatACounterGrewByIsANumberOrNone(String before, String after, double grown) {
        CounterFacts facts = counters(
                "# TYPE hits_total counter\nhits_total " + before + "\n",
                "# TYPE hits_total counter\nhits_total " + after + "\n");

        assertThat(facts.requests()).isEqualTo(1);
        assertThat(facts.grown()).containsExactly(Map.entry("hits_total", grown));
    }

    /** The first text is from before any row was seen. */
    @Test
    void noLineIsNamedThatTheServiceChoseWhenItHadSeenRows() {
        String fine = "# TYPE hits_total counter\nhits_total 3\n";

        assertThat(counters("\n\nhits_total x\n", fine).unreadable()).isEqualTo("line 3 has no number as its value");
    }

    @Test
    void neitherIsOneOfTheSecondText() {
        String fine = "# TYPE hits_total counter\nhits_total 3\n";

        assertThat(counters(fine, "\n\nhits_total x\n").unreadable()).isEqualTo("a line has no number as its value");
    }

    /** By hand many write no type; a name ending so says enough. A repeated sample counts once. */
    @Test
    void aCounterWithoutATypeIsKnownByItsName() {
        CounterFacts facts = counters("hits_total 3\nhits_total 3\n", "hits_total 5\nhits_total 5\n");

        assertThat(facts.grown()).containsExactly(Map.entry("hits_total", 2.0));
    }

    /** All questions together may take three minutes. */
    @Test
    void aServiceThatWasNotAskedAnyMoreIsNotDead() {
        layout.rows = 0;
        layout.wrongRequests = 1;
        reply(0, 0, 200, "{\"kind\": \"a\"}");

        assertThat(told(1).refusals()).containsExactly(new Refusal("empty", 0, Failure.UNASKED, true));
    }

    /** A service with thousands of series is cut at a mebibyte. */
    @Test
    void ofATextThatIsCutTheWholeLinesAreRead() {
        layout.rows = 1;
        reply(1, 0, 200, "{\"kind\": \"a\"}");
        for (int batch : new int[] {0, 2}) {
            byte[] cut = ("# TYPE hits_total counter\nhits_total " + (3 + batch) + "\nother{kind=\"o")
                    .getBytes(StandardCharsets.UTF_8);
            seen.add(new Seen.Reply(batch, 0, 200, 1, "text/plain", cut, false, Seen.Failure.NONE));
        }
        layout.counted.put("/metrics", new Layout.Counted(0, 2));

        CounterFacts facts = told(1).counters().getFirst();

        assertThat(facts.unreadable()).isEmpty();
        assertThat(facts.grown()).containsExactly(Map.entry("hits_total", 2.0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            200 | {"kind": "a"}    | 200 | {"kind": "a"}     | true
            200 | {"kind": "a"}    | 500 | {}                | false
            200 | {"kind": "a"}    | 200 | {"error": "gone"} | false
            200 | {"error": "no"}  | 200 | {"error": "gone"} | true
            500 | {}               | 500 | {}                | true
            """)
    void aServiceLivesOnWhereItAnswersAsItDidBefore(
            int before, String bodyBefore, int after, String bodyAfter, boolean alive) {
        layout.rows = 0;
        layout.wrongRequests = 1;
        reply(0, 0, before, bodyBefore);
        reply(1, 0, 422, "{}");
        reply(1, 1, 200, "{}");
        reply(1, 2, after, bodyAfter);

        assertThat(told(1).refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.status()).isEqualTo(422);
            assertThat(refusal.alive()).isEqualTo(alive);
        });
    }
}
