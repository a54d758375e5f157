package org.labharness.autograder.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.labharness.lab.Points;

class EqualPartsTests {
    private static EqualParts parts(List<Integer> wanted, int seenShare) {
        EqualParts parts = new EqualParts();
        wanted.forEach(one -> parts.add(one * seenShare / 100, one));
        return parts;
    }

    @Test
    void each_part_counts_the_same_and_in_part() {
        EqualParts parts = new EqualParts();
        parts.add(1, 3);
        parts.add(7, 2);

        assertThat(parts.areMet()).isFalse();
        assertThat(parts.of(Points.of(10))).isEqualTo(Points.parse("6.67"));
    }

    @Property
    void what_is_met_earns_all_and_nothing_earns_nothing(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 100) Integer> wanted,
            @ForAll @IntRange(min = 1, max = 1_000) int points) {
        assertThat(parts(wanted, 100).of(Points.of(points))).isEqualTo(Points.of(points));
        assertThat(parts(wanted, 150).areMet()).isTrue();
        assertThat(parts(wanted, 0).of(Points.of(points))).isEqualTo(Points.ZERO);
    }

    @Property
    void more_never_earns_less(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 100) Integer> wanted,
            @ForAll @IntRange(min = 0, max = 100) int less,
            @ForAll @IntRange(min = 0, max = 100) int more) {
        Points few = parts(wanted, Math.min(less, more)).of(Points.of(7));
        Points many = parts(wanted, Math.max(less, more)).of(Points.of(7));

        assertThat(few).isLessThanOrEqualTo(many);
        assertThat(many).isLessThanOrEqualTo(Points.of(7));
    }
}
