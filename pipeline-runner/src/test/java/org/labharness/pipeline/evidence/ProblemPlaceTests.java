package org.labharness.pipeline.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemPlaceTests {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            line 3: the key 'a' is there twice                   | dvc.yaml:3
            line 4 is left over from a merge conflict            | dvc.yaml:4
            line 4 of conf/my params.yaml is left over           | conf/my params.yaml:4
            line 2 of params.yaml holds the date 2024-05-01      | params.yaml:2
            line 9 of params.json: not valid JSON: line 2 is bad | params.json:9
            it needs the values in x.yaml, which does not exist  | dvc.yaml
            """)
    void the_place_is_that_which_the_problem_begins_with(String problem, String place) {
        assertThat(ProblemPlace.of("dvc.yaml", problem)).hasToString(place);
    }
}
