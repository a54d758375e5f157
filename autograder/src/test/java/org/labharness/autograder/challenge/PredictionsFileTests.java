package org.labharness.autograder.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.labharness.autograder.table.CsvTable;
import org.labharness.autograder.table.InvalidTable;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.challenge.Venue;

/** Predictions of honest and of hostile people. */
class PredictionsFileTests {
    private static final Venue.Here CLASSES = SampleChallenge.venue(QualityMetric.F1_MACRO, QualityMetric.ACCURACY);
    private static final Venue.Here NUMBERS = SampleChallenge.venue(QualityMetric.RMSE);
    private static final Venue.Here SCORED = SampleChallenge.venue(QualityMetric.ROC_AUC, QualityMetric.LOG_LOSS);
    private static final Truth KINDS = SampleChallenge.truth(CLASSES);
    private static final Truth AMOUNTS = SampleChallenge.truth(NUMBERS, row -> "" + (row % 7) / 2.0);
    private static final Truth LIKELY = SampleChallenge.truth(SCORED);

    private static List<String> lines(Function<Integer, String> prediction) {
        List<String> lines = new ArrayList<>(List.of("id,prediction"));
        IntStream.range(0, SampleChallenge.ROWS)
                .mapToObj(row -> SampleChallenge.id(row) + "," + prediction.apply(row))
                .forEach(lines::add);
        return lines;
    }

    private static List<String> kinds() {
        return lines(SampleChallenge::label);
    }

    private static List<String> with(List<String> lines, int line, String text) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(line - 1, text);
        return changed;
    }

    private static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Guesses readKinds(List<String> lines) {
        return PredictionsFile.read("p.csv", bytes(lines), KINDS, CLASSES);
    }

    @Test
    void orderColumnsAndWritingDoNotMatter() {
        Guesses plain = readKinds(kinds());
        List<String> shuffled = new ArrayList<>(kinds().subList(1, 101));
        Collections.shuffle(shuffled, new Random(3));
        shuffled.addFirst("id,prediction");
        List<String> pandas = new ArrayList<>(List.of(",prediction,id"));
        IntStream.range(0, 100)
                .mapToObj(row -> row + ", " + SampleChallenge.label(row) + " ," + SampleChallenge.id(row))
                .forEach(pandas::add);
        byte[] excel = ("\uFEFF" + String.join("\r\n", kinds()).replace(',', ';')).getBytes(StandardCharsets.UTF_8);
        List<String> byLabel = with(kinds(), 1, "ID,Kind");

        assertThat(readKinds(shuffled).digest()).isEqualTo(plain.digest());
        assertThat(readKinds(pandas).digest()).isEqualTo(plain.digest());
        assertThat(readKinds(byLabel).digest()).isEqualTo(plain.digest());
        assertThat(PredictionsFile.read("p.csv", excel, KINDS, CLASSES).digest())
                .isEqualTo(plain.digest());
        assertThat(readKinds(with(kinds(), 2, "w1000,white")).digest()).isNotEqualTo(plain.digest());
    }

    @Test
    void bothWritingsOfAnAccentAreTheSameLetter() {
        List<String> apart = lines(row -> Normalizer.normalize(SampleChallenge.label(row), Normalizer.Form.NFD));

        assertThat(String.join("", apart)).contains("rose\u0301");
        assertThat(readKinds(apart).digest()).isEqualTo(readKinds(kinds()).digest());

        Truth named = new Truth(List.of("caf\u00e9"), List.of("red"), List.of(true), List.of("red"));
        assertThat(named.row("cafe\u0301")).isZero();
        assertThat(named.row("cafe")).isEqualTo(-1);
    }

    static Stream<Arguments> hostileClasses() {
        List<String> fine = kinds();
        return Stream.of(
                Arguments.of(with(fine, 7, "w1005,Rosé"), "line 7: 'Rosé' is no label. Did you mean 'rosé'?"),
                Arguments.of(with(fine, 7, "w1005,whit"), "line 7: 'whit' is no label. Did you mean 'white'?"),
                Arguments.of(with(fine, 7, "w1005,0"), "Labels are 'red', 'rosé', 'white'."),
                Arguments.of(with(fine, 7, "w1005,"), "line 7: there is no prediction."),
                Arguments.of(with(fine, 7, "w1005"), "line 7: there is no prediction."),
                Arguments.of(with(fine, 7, ",red"), "line 7: there is no id in the column 'id'."),
                Arguments.of(with(fine, 7, "w1004,red"), "line 7: the id 'w1004' is in line 6 already."),
                Arguments.of(with(fine, 7, "w1004,red"), "1 id is missing of 100: w1005."),
                Arguments.of(with(fine, 7, "w9,red"), "line 7: the id 'w9' is none of the challenge's."),
                Arguments.of(with(fine, 7, "w1005,red,more"), "line 7: it has 3 cells, the first line 2 names."),
                Arguments.of(
                        with(fine, 7, "w1005,\"red"), "line 7: a double quote opens a cell, and nothing closes it."),
                Arguments.of(
                        with(with(fine, 7, "w1005,\"red"), 9, "w1007\""), "line 7: a cell goes on into the next line."),
                Arguments.of(
                        fine.subList(0, 51),
                        "50 ids are missing of 100: w1050, w1051, w1052, w1053, w1054 and 45 more."),
                Arguments.of(List.of("id,prediction"), "100 ids are missing of 100"),
                Arguments.of(List.of(), "it holds nothing; expected a first line with the names of the columns."),
                Arguments.of(
                        with(fine, 1, "row,prediction"), "line 1: there is no column 'id'; there are row, prediction."),
                Arguments.of(
                        with(fine, 1, "id,guess"),
                        "line 1: there is no column 'prediction' (or 'kind') with the predictions; there are id, guess."),
                Arguments.of(with(fine, 1, "id,id"), "line 1: the column 'id' is there twice."),
                Arguments.of(with(fine, 1, "id," + ",".repeat(200)), "line 1: it names 202 columns"),
                Arguments.of(
                        with(fine, 7, "w1005,\u001b[2J\u202eder"),
                        "line 7: 'der' with U+001B, U+202E, which nobody sees, is no label."),
                Arguments.of(
                        with(fine, 7, "w1005,re\u200bd"),
                        "line 7: 'red' with U+200B, which nobody sees, is no label. Did you mean 'red'?"),
                Arguments.of(
                        with(fine, 7, "w10\ufeff05,red"),
                        "line 7: the id 'w1005' with U+FEFF, which nobody sees, is none of the challenge's."),
                Arguments.of(
                        Collections.nCopies(400, "id,prediction"),
                        "it has 400 lines; expected the names and one line"));
    }

    @ParameterizedTest
    @MethodSource("hostileClasses")
    void whatIsNoClassIsToldByItsLine(List<String> lines, String words) {
        assertThatThrownBy(() -> readKinds(lines))
                .isInstanceOf(InvalidTable.class)
                .hasMessageStartingWith("p.csv cannot be used")
                .hasMessageContaining(words);
    }

    static Stream<Arguments> hostileNumbers() {
        return Stream.of(
                Arguments.of("NaN", "'NaN' is a missing number. Predict something for every row."),
                Arguments.of("null", "'null' is a missing number."),
                Arguments.of("inf", "'inf' is not finite. Look for a division by zero or an overflow."),
                Arguments.of("-Infinity", "'-Infinity' is not finite."),
                Arguments.of("1e300", "'1e300' is too far from zero: at most 1e15 either way is taken."),
                Arguments.of("1e999999999", "'1e999999999' is no number."),
                Arguments.of("9".repeat(50), "is too far from zero"),
                Arguments.of("\"3,14\"", "'3,14' has a decimal comma. Write a point: 3.14."),
                Arguments.of("0x10", "'0x10' is no number. Expected one such as 3.25 or 1e-4."),
                Arguments.of("1d", "'1d' is no number."),
                Arguments.of("=1+1", "'=1+1' is no number."),
                Arguments.of("٣", "'٣' is no number."),
                Arguments.of("", "there is no prediction."));
    }

    @ParameterizedTest
    @MethodSource("hostileNumbers")
    void whatIsNoNumberIsToldByItsLine(String cell, String words) {
        byte[] file = bytes(with(lines(row -> "1.5"), 42, "w1040," + cell));

        assertThatThrownBy(() -> PredictionsFile.read("p.csv", file, AMOUNTS, NUMBERS))
                .isInstanceOf(InvalidTable.class)
                .hasMessageStartingWith("p.csv cannot be used:\n  line 42: ")
                .hasMessageContaining(words);
    }

    @Test
    void bytesThatAreNoTextAndFilesThatAreTooLargeAreRefused() {
        byte[] utf32 = new byte[] {(byte) 0xC3, (byte) 0x28, 0};
        byte[] large = new byte[Math.toIntExact(PredictionsFile.most(KINDS, CLASSES)) + 1];
        Arrays.fill(large, (byte) ',');

        assertThatThrownBy(() -> PredictionsFile.read("p.csv", utf32, KINDS, CLASSES))
                .hasMessageContaining("it is no UTF-8 text");
        assertThatThrownBy(() -> PredictionsFile.read(
                        "p.csv", "id,prediction".getBytes(StandardCharsets.UTF_16LE), KINDS, CLASSES))
                .hasMessageContaining("as UTF-16 without a byte order mark does");
        for (String start : List.of("PK\u0003\u0004", "\u001f\u008b")) {
            assertThatThrownBy(() ->
                            PredictionsFile.read("p.xlsx", start.getBytes(StandardCharsets.ISO_8859_1), KINDS, CLASSES))
                    .hasMessageContaining("it is no text but a packed file")
                    .hasMessageContaining("save the sheet as \"CSV UTF-8\"");
        }
        assertThatThrownBy(() -> PredictionsFile.read("p.csv", large, KINDS, CLASSES))
                .hasMessageContaining(
                        "it is larger than the " + (large.length - 1) + " bytes that are read for 100 rows");
    }

    @Test
    void aSpreadsheetThatAteLeadingNoughtsIsRecognised() {
        StringBuilder labels = new StringBuilder("id,kind,part\n");
        for (int row = 0; row < 100; row++) {
            labels.append(String.format("%04d", row))
                    .append(',')
                    .append(SampleChallenge.label(row))
                    .append(row < 30 ? ",public\n" : ",private\n");
        }
        Truth truth = TruthFile.of(CsvTable.parse("labels.csv", labels.toString()), CLASSES, id -> 0);

        assertThatThrownBy(() -> PredictionsFile.read(
                        "p.csv", "id,prediction\n7,red\n".getBytes(StandardCharsets.UTF_8), truth, CLASSES))
                .hasMessageContaining(
                        "line 2: the id '7' is none of the challenge's. Did a spreadsheet change '0007'?");
    }

    @Test
    void probabilitiesHaveAColumnForEachClass() {
        List<String> lines = new ArrayList<>(List.of("id,white,red,rosé"));
        IntStream.range(0, 100)
                .mapToObj(row -> SampleChallenge.id(row) + (row % 3 == 0 ? ",0.1,0.8,0.1" : ",0.6,0.3,0.1"))
                .forEach(lines::add);

        Guesses.Labels read = (Guesses.Labels) PredictionsFile.read("p.csv", bytes(lines), LIKELY, SCORED);

        assertThat(LIKELY.classes()).containsExactly("red", "rosé", "white");
        assertThat(read.labels().subList(0, 3)).containsExactly("red", "white", "white");
        assertThat(Objects.requireNonNull(read.scores())[1])
                .containsExactly(new double[] {0.3, 0.1, 0.6}, Offset.offset(1e-12));
    }

    @ParameterizedTest
    @MethodSource("hostileProbabilities")
    void whatIsNoProbabilityIsToldByItsLine(String head, String line, String words) {
        List<String> lines = new ArrayList<>(List.of(head));
        IntStream.range(0, 100)
                .mapToObj(row -> SampleChallenge.id(row) + (row == 4 ? line : ",0.2,0.3,0.5"))
                .forEach(lines::add);

        assertThatThrownBy(() -> PredictionsFile.read("p.csv", bytes(lines), LIKELY, SCORED))
                .isInstanceOf(InvalidTable.class)
                .hasMessageContaining(words);
    }

    static Stream<Arguments> hostileProbabilities() {
        String head = "id,red,rosé,white";
        return Stream.of(
                Arguments.of(head, ",0.2,0.2,0.2", "line 6: the probabilities add up to 0.6, expected 1."),
                Arguments.of(head, ",0,0,0", "line 6: the probabilities add up to 0, expected 1."),
                Arguments.of(head, ",-0.5,1,0.5", "line 6: '-0.5' is no probability: expected 0 to 1."),
                Arguments.of(head, ",nan,0.5,0.5", "line 6: 'nan' is a missing number."),
                Arguments.of(head, ",,0.5,0.5", "line 6: there is no probability in the column 'red'."),
                Arguments.of("id,red,rose,white", ",1,0,0", "line 1: there is no column 'rosé'."));
    }

    @Test
    void noMessageTellsWhichRowsArePrivate() {
        Truth other = SampleChallenge.truth(CLASSES, row -> SampleChallenge.label(row + 1));
        List<List<String>> files = hostileClasses()
                .map(one -> {
                    @SuppressWarnings("unchecked")
                    List<String> lines = (List<String>) one.get()[0];
                    return lines;
                })
                .toList();

        assertThat(files).allSatisfy(lines -> assertThat(words(lines, KINDS)).isEqualTo(words(lines, other)));
    }

    private static String words(List<String> lines, Truth truth) {
        try {
            PredictionsFile.read("p.csv", bytes(lines), truth, CLASSES);
            return "taken";
        } catch (InvalidTable refused) {
            return String.valueOf(refused.getMessage());
        }
    }
}
