package org.labharness.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTests {
    private static final List<String> WORDS = List.of("checks", "inputs", "points", "prices");

    @ParameterizedTest
    @CsvSource({"point,points", "pionts,points", "check,checks", "price,prices", "imputs,inputs", "checks,checks"})
    void finds_what_was_meant(String typed, String meant) {
        assertThat(NearestWord.to(typed, WORDS)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"deadline", "p", "''"})
    void finds_nothing_far_away(String typed) {
        assertThat(NearestWord.to(typed, WORDS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"abc,abc,0", "abc,acb,1", "abc,ab,1", "'',abc,3", "kitten,sitting,3", "dvc,dcv,1"})
    void counts_edits(String one, String other, int edits) {
        assertThat(NearestWord.distance(one, other)).isEqualTo(edits);
        assertThat(NearestWord.distance(other, one)).isEqualTo(edits);
    }
}
