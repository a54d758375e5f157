package org.labharness.autograder.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTextTests {
    @Test
    void whatIsRevealedIsReadBackAndMatchesItsDigest() {
        TokenText token = TokenText.random();

        TokenText read = TokenText.parse(token.reveal()).orElseThrow();

        assertThat(token.reveal()).matches("lab_[0-9a-z]{8}_[0-9a-z]{52}");
        assertThat(read.id()).isEqualTo(token.id());
        assertThat(read.matches(token.digest())).isTrue();
        assertThat(read.matches(TokenText.random().digest())).isFalse();
        assertThat(token.digest()).matches("[0-9a-f]{64}");
    }

    @Test
    void noTwoAreTheSame() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            seen.add(TokenText.random().reveal());
        }
        assertThat(seen).hasSize(1_000);
    }

    @Test
    void aMessageThatNamesOneHoldsNoSecret() {
        TokenText token = TokenText.random();

        assertThat(token.toString()).isEqualTo("lab_" + token.id() + "_…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lab_", "password", "lab_k7f3m2qd_short", "LAB_K7F3M2QD_X", "ghp_0123456789abcdef"})
    void otherTextsAreNoTokens(String text) {
        assertThat(TokenText.parse(text)).isEmpty();
    }
}
