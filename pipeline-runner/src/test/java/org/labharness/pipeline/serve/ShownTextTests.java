package org.labharness.pipeline.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

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

    @Test
    void itIsFoundInTheMiddleOfThousandsOfLines() {
        ShownText shown = new ShownText("41.5 minutes");
        for (int line = 0; line < 20_000; line++) {
            shown.add(bytes(line == 9_000 ? "\u001b[1m41.5 minutes\u001b[0m\n" : "waiting\n"));
        }

        assertThat(shown.isFound()).isTrue();
    }
}
