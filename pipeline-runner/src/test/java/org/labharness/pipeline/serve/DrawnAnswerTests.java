package org.labharness.pipeline.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DrawnAnswerTests {
    private static DrawnAnswer of(String answer, String shows) {
        return DrawnAnswer.of(answer, shows, new Random(3));
    }

    @Test
    void whatIsShownIsWhatIsAnswered() {
        for (String mark : new String[] {"{word}", "{whole}", "{number}"}) {
            DrawnAnswer drawn = of("{\"kind\": \"it is " + mark + "\"}", "is " + mark);

            assertThat(drawn.shows()).doesNotContain("{");
            assertThat(drawn.answer()).isEqualTo("{\"kind\": \"it " + drawn.shows() + "\"}");
        }
    }

    @Test
    void aNumberAloneStandsWithoutQuotes() {
        assertThat(of("{\"a\": \"{number}\", \"b\": [\"{whole}\"], \"c\": \"{word}\"}", "")
                        .answer())
                .matches("\\{\"a\": [1-9][0-9]{4}\\.[1-9], \"b\": \\[[1-9][0-9]{4}], \"c\": \"[a-z]{8}\"}");
    }

    @Test
    void eachCommitHasAnotherOne() {
        Random chance = new Random(5);

        assertThat(DrawnAnswer.of("\"{word}\"", "", chance)).isNotEqualTo(DrawnAnswer.of("\"{word}\"", "", chance));
        assertThat(of("{\"digit\": 7}", "7")).isEqualTo(new DrawnAnswer("{\"digit\": 7}", "7"));
    }
}
