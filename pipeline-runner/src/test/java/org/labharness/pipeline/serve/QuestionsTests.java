package org.labharness.pipeline.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.labharness.lab.Service.Question;
import org.labharness.lab.ServiceCheck.WrongRequest;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.probe.exchange.Request;
import org.labharness.probe.table.Column;
import org.labharness.probe.table.Table;

class QuestionsTests {
    private static final Table ROWS = new Table(
            2,
            List.of(
                    new Column.Texts("", "colour", new String[] {"re\"d", "blue"}),
                    new Column.Numbers("", "area", new double[] {1.5, Double.NaN}),
                    new Column.Numbers("", "holes", new double[] {3, 4})));

    private static Questions questions(String body) {
        return new Questions(new Question("/predict", "beans", 5, body, "kind"), ROWS, 7);
    }

    private static String body(Request request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "{record}"                       | {"colour":"re\\"d","area":1.5,"holes":3}
            {"features":"{values}"}          | {"features":["re\\"d",1.5,3]}
            {"c":"{names}","d":["{values}"]} | {"c":["colour","area","holes"],"d":[["re\\"d",1.5,3]]}
            {"a":"{area}","n":"{holes}"}     | {"a":1.5,"n":3}
            {"a":"{other}","b":"{values}"}   | {"a":"{other}","b":["re\\"d",1.5,3]}
            """)
    void aBodyIsFilledWithTheRow(String template, String filled) {
        assertThat(body(questions(template).right(0))).isEqualTo(filled);
    }

    @Test
    void whatIsMissingIsNull() {
        assertThat(body(questions("\"{record}\"").right(1)))
                .isEqualTo("{\"colour\":\"blue\",\"area\":null,\"holes\":4}");
    }

    @ParameterizedTest
    @EnumSource(WrongRequest.class)
    void aWrongRequestIsWrongAsItSays(WrongRequest wrong) {
        Request request = questions("\"{record}\"").wrong(wrong, 0);
        var document = Documents.json(body(request)).document();

        switch (wrong) {
            case WRONG_TYPE ->
                assertThat(document.orElseThrow().at("area").orElseThrow())
                        .isInstanceOfSatisfying(
                                Doc.Scalar.class,
                                cell -> assertThat(cell.kind()).isEqualTo(Doc.ScalarKind.STRING));
            case MISSING_FIELD -> assertThat(document.orElseThrow().at("area")).isEmpty();
            case EMPTY -> assertThat(request.body()).isEmpty();
            case HUGE -> assertThat(request.body().length).isGreaterThan(4_000_000);
            case NOT_JSON -> assertThat(document).isEmpty();
        }
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.headers()).containsEntry("Content-Type", "application/json");
    }

    /** Whoever answers by who asks must have nothing to go by. */
    @Test
    void requestsLookLikeThoseOfManyClients() {
        Questions questions = questions("\"{record}\"");

        List<Request> all = IntStream.range(0, 100)
                .mapToObj(row -> questions.right(row % 2))
                .toList();

        assertThat(all.stream()
                        .map(request -> request.headers().get("User-Agent"))
                        .collect(Collectors.toSet()))
                .hasSizeGreaterThan(4)
                .noneMatch(agent -> agent.toLowerCase(java.util.Locale.ROOT).contains("java"));
        assertThat(all.stream().map(Request::headers).distinct()).hasSizeGreaterThan(10);
    }

    /** By the nearest rank, as plain counting has it: so many of the times are no longer. */
    @Property
    void percentilesAreTimesThatWereSeen(
            @ForAll @Size(min = 1, max = 300) List<@DoubleRange(min = 0, max = 1e6) Double> times) {
        double[] sorted =
                times.stream().mapToDouble(Double::doubleValue).sorted().toArray();

        Map<String, Double> percentiles = Told.percentiles(sorted);

        for (int percent : new int[] {50, 95, 99}) {
            double value = Objects.requireNonNull(percentiles.get("p" + percent));
            long within = Arrays.stream(sorted).filter(time -> time <= value).count();
            long below = Arrays.stream(sorted).filter(time -> time < value).count();
            assertThat(within * 100).isGreaterThanOrEqualTo((long) percent * sorted.length);
            assertThat(below * 100).isLessThan((long) percent * sorted.length);
        }
        assertThat(percentiles.get("max")).isEqualTo(sorted[sorted.length - 1]);
    }
}
