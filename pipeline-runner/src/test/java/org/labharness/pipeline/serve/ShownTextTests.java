package org.labharness.pipeline.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTextTests {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** However the output comes. */
    @Property(tries = 300)
    void itIsFoundWhereItStands(
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 40) String output,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 4) String wanted,
            @ForAll @IntRange(min = 1, max = 7) int chunk) {
        ShownText shown = new ShownText(wanted);
        for (int at = 0; at < output.length(); at += chunk) {
            shown.add(bytes(output.substring(at, Math.min(output.length(), at + chunk))));
        }

        assertThat(shown.isFound()).isEqualTo(output.contains(wanted));
    }

    private static boolean isFound(String wanted, String output) {
        ShownText shown = new ShownText(wanted);
        shown.add(bytes(output));
        return shown.isFound();
    }

    @ParameterizedTest
    @CsvSource({
        "41532.7, it takes 41532.7 minutes, true",
        "41532.7, 41532.70, true",
        "41532.7, 41532.71, false",
        "41532.7, 141532.7, false",
        "41532, 41532, true",
        "41532, 415325, false",
        "seven, seventeen, true",
    })
    void aNumberIsNotFoundWithinALongerOne(String wanted, String output, boolean found) {
        assertThat(isFound(wanted, output)).isEqualTo(found);
    }

    @Test
    void whoPrintsAllNumbersShowsNone() {
        StringBuilder all = new StringBuilder();
        for (int number = 100_000; number < 1_000_000; number++) {
            all.append(number / 10).append('.').append(number % 10).append('\n');
        }

        assertThat(isFound("98765.4", all.toString())).isFalse();
    }

    @Test
    void itIsFoundInTheMiddleOfThousandsOfLines() {
        ShownText shown = new ShownText("41.5 minutes");
        for (int line = 0; line < 20_000; line++) {
            shown.add(bytes(line == 9_000 ? "\u001b[1m41.5 minutes\u001b[0m\n" : "waiting\n"));
        }

        assertThat(shown.isFound()).isTrue();
    }
}
