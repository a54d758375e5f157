package org.labharness.pipeline.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpositionTests {
    /** As the Python client writes it. */
    private static final String CLIENT = """
            # HELP predictions_total How many predictions were asked for.
            # TYPE predictions_total counter
            predictions_total{kind="a",path="/predict"} 3.0
            predictions_total{kind="with \\"quotes\\", a \\\\ and a }",path="/predict"} 4.0 1700000000000
            # TYPE predictions_created gauge
            predictions_created{kind="a"} 1.7e+09
            # HELP seconds
            # TYPE seconds histogram
            seconds_bucket{le="0.1"} 5
            seconds_bucket{le="+Inf",} 7
            seconds_count 7
            seconds_sum NaN
            temperature -Inf
            """;

    @Test
    void whatOnlyGrowsIsSummedOverItsLabels() {
        Exposition exposition = Exposition.read(CLIENT);

        assertThat(exposition.problem()).isEmpty();
        assertThat(exposition.counters())
                .containsOnlyKeys("predictions_total", "seconds_count")
                .containsEntry("predictions_total", 7.0)
                .containsEntry("seconds_count", 7.0);
    }

    @Test
    void aCounterOfOpenMetricsIsDeclaredWithoutItsEnd() {
        Exposition exposition = Exposition.read("# TYPE hits counter\nhits_total 2 # {trace=\"1\"} 1.0\n# EOF\n");

        assertThat(exposition.problem()).isEmpty();
        assertThat(exposition.counters()).containsEntry("hits_total", 2.0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"hits": 3}                         | line 1 begins with no name of a metric
            hits                                | line 1 has no number as its value
            hits many                           | line 1 has no number as its value
            hits 1 2 3                          | line 1 has no number as its value
            hits{a="b} 1                        | line 1 has labels that are not well-formed
            hits{a=b} 1                         | line 1 has labels that are not well-formed
            hits{a="b" c="d"} 1                 | line 1 has labels that are not well-formed
            hits{1a="b"} 1                      | line 1 has labels that are not well-formed
            # TYPE hits number                  | line 1 declares no type of a metric
            # nothing but words                 | it has no sample
            """)
    void whatPrometheusWouldNotReadIsSaid(String text, String problem) {
        assertThat(Exposition.read(text).problem()).contains(problem);
    }

    @Test
    void aTypeIsDeclaredOnce() {
        assertThat(Exposition.read("# TYPE hits counter\n# TYPE hits counter\nhits 1\n")
                        .problem())
                .contains("line 2 declares the type of a metric a second time");
    }

    @Test
    void aFloodOfAnythingIsReadInTime() {
        String labels = "hits{" + "a=\"b\",".repeat(200_000) + "} 1\n";
        assertThat(Exposition.read(labels).problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("longer than"));
        assertThat(Exposition.read("hits 1\n".repeat(100_000)).problem()).isEmpty();
    }
}
