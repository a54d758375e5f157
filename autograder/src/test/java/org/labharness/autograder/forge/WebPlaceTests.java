package org.labharness.autograder.forge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebPlaceTests {
    @ParameterizedTest
    @CsvSource(textBlock = """
            https://github.com/Course/Ada-Labs.git          , github.com/course/ada-labs
            HTTPS://GitHub.com/course/ada-labs/             , github.com/course/ada-labs
            https://somebody@github.com/course/ada-labs     , github.com/course/ada-labs
            git://github.com/course/ada-labs.git            , github.com/course/ada-labs
            git@github.com:course/ada-labs.git              , github.com/course/ada-labs
            git@github.com:/course/ada-labs                 , github.com/course/ada-labs
            ssh://git@github.com/course/ada-labs.git        , github.com/course/ada-labs
            ssh://git@github.com:22/course/ada-labs.git     , github.com/course/ada-labs
            ssh://git@ssh.github.com:443/course/ada-labs.git, github.com/course/ada-labs
            https://gitlab.example.org:443/a/b/c/d.git      , gitlab.example.org/a/b/c/d
            https://git.example.org/mlops/dan/.git/         , git.example.org/mlops/dan
            https://git.example.org:3000/mlops/dan          , git.example.org:3000/mlops/dan
            ssh://git@git.example.org:2222/mlops/dan.git    , git.example.org:2222/mlops/dan
            """)
    void allWaysToWriteAnAddressAreTheSamePlace(String address, String place) {
        assertThat(WebPlace.of(address)).map(WebPlace::toString).hasValue(place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/home/ada/work",
                "C:\\work",
                "file:///home/ada",
                "https://github.com/",
                "https://github.com/../..",
                "ftp://github.com/a/b",
                "https://exa mple.org/a",
                "git@github.com:"
            })
    void whatIsNoAddressOfAHostIsNoPlace(String address) {
        assertThat(WebPlace.of(address)).isEmpty();
    }

    @Test
    void whoIsAskedIsAskedAsItIsWritten() {
        assertThat(WebPlace.spelled("git@GitHub.com:Course/Ada.git"))
                .hasValue(new WebPlace("github.com", "Course/Ada"));
    }
}
