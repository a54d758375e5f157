package org.labharness.autograder.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.table.CsvTable;
import org.labharness.autograder.table.InvalidTable;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.challenge.Finals;
import org.labharness.lab.challenge.Quota;
import org.labharness.lab.challenge.Split;
import org.labharness.lab.challenge.Venue;

/** Labels are read, parted by a secret, and never told. */
class TruthFileTests {
    private static Venue.Here drawn(int percent, QualityMetric... metrics) {
        return new Venue.Here(
                "labels.csv",
                "id",
                "kind",
                List.of(metrics),
                new Split.Drawn(percent),
                new Quota(5, null),
                3,
                new Finals.BestPublic(),
                List.of());
    }

    private static ToLongFunction<String> secret(long seed) {
        return id -> new SplittableRandom(seed ^ id.hashCode() * 0x9E3779B97F4A7C15L).nextLong() >>> 1;
    }

    private static Truth read(List<String> lines, int percent, long seed) {
        String text = "id,kind\n" + String.join("\n", lines) + "\n";
        return TruthFile.of(CsvTable.parse("labels.csv", text), drawn(percent, QualityMetric.ACCURACY), secret(seed));
    }

    private static List<String> lines(int rows) {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            lines.add("r" + row + "," + (row % 2 == 0 ? "yes" : "no"));
        }
        return lines;
    }

    private static Set<String> open(Truth truth) {
        Set<String> open = new TreeSet<>();
        for (int row = 0; row < truth.size(); row++) {
            if (truth.isOpen(row)) {
                open.add(truth.ids().get(row));
            }
        }
        return open;
    }

    @Property(tries = 40)
    void theSplitFollowsFromSecretAndIdsAlone(
            @ForAll @IntRange(min = 120, max = 300) int rows,
            @ForAll @IntRange(min = 25, max = 75) int percent,
            @ForAll @IntRange(max = 1_000) int seed) {
        List<String> shuffled = new ArrayList<>(lines(rows));
        Collections.shuffle(shuffled, new Random(seed));
        List<String> corrected = new ArrayList<>(lines(rows));
        corrected.set(0, "r0,no");

        Truth truth = read(lines(rows), percent, seed);

        assertThat(open(truth)).hasSize((int) Math.round(rows * percent / 100.0));
        assertThat(open(read(shuffled, percent, seed))).isEqualTo(open(truth));
        assertThat(read(shuffled, percent, seed).digest()).isEqualTo(truth.digest());
        assertThat(open(read(corrected, percent, seed))).isEqualTo(open(truth));
        assertThat(read(corrected, percent, seed).split()).isEqualTo(truth.split());
        assertThat(read(corrected, percent, seed).digest()).isNotEqualTo(truth.digest());
        assertThat(read(lines(rows), percent, seed + 7_919L).split()).isNotEqualTo(truth.split());
    }

    @Test
    void aColumnMaySayTheParts() {
        Truth truth = SampleChallenge.truth(SampleChallenge.venue(QualityMetric.ACCURACY));

        assertThat(truth.publicRows()).isEqualTo(30);
        assertThat(truth.isOpen(29)).isTrue();
        assertThat(truth.isOpen(30)).isFalse();
    }

    @Test
    void whatIsWrongIsToldByLineWithoutALabel() {
        String text = "id,kind\n1,secret-label\n1,secret-other\n,secret-third\n4,\n";

        assertThatThrownBy(() ->
                        TruthFile.of(CsvTable.parse("labels.csv", text), drawn(30, QualityMetric.RMSE), secret(1)))
                .isInstanceOf(InvalidTable.class)
                .hasMessageContaining("line 2: the label is no number, and the metrics ask for one.")
                .hasMessageContaining("line 3: the id '1' is in line 2 already.")
                .hasMessageContaining("line 4: there is no id.")
                .hasMessageContaining("line 5: there is no label.")
                .hasMessageNotContaining("secret-");
    }

    @Test
    void aPartThatMeasuresNothingIsRefused() {
        assertThatThrownBy(() -> read(lines(50), 10, 1))
                .hasMessageContaining("its public part has 5 rows, and at least 20 are needed");
        assertThatThrownBy(() -> read(
                        lines(100).stream()
                                .map(line -> line.replace("yes", "no"))
                                .toList(),
                        30,
                        1))
                .hasMessageContaining("all rows of its public part have the same label")
                .hasMessageContaining("all rows of its private part have the same label");
    }

    @Test
    void rankingMeasuresNeedEveryClassInEachPart() {
        List<String> rare = new ArrayList<>(lines(100));
        rare.add("x,rare");

        assertThat(read(rare, 30, 1).classes()).containsExactly("no", "rare", "yes");
        assertThatThrownBy(() -> TruthFile.of(
                        CsvTable.parse("labels.csv", "id,kind\n" + String.join("\n", rare)),
                        drawn(30, QualityMetric.ACCURACY, QualityMetric.ROC_AUC),
                        secret(1)))
                .hasMessageContaining("part has rows of 2 of the 3 classes");
    }

    @Test
    void asTextItTellsNothing() {
        assertThat(SampleChallenge.truth(SampleChallenge.venue(QualityMetric.ACCURACY)))
                .hasToString("Truth of 100 rows, 30 of them public");
    }
}
