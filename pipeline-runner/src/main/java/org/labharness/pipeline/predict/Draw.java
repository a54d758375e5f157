package org.labharness.pipeline.predict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.QualityMetric;
import org.labharness.probe.table.Column;
import org.labharness.probe.table.Table;

/** What came of drawing rows from hidden data. */
public sealed interface Draw {
    /** The data are not fit to be asked about: the lab is to blame. */
    record Unfit(String words) implements Draw {}

    /** Rows that were drawn. Labels stay in here. */
    final class Drawn implements Draw {
        private final LabelledRows all;
        private final List<Integer> places;

        private Drawn(LabelledRows all, List<Integer> places) {
            this.all = all;
            this.places = List.copyOf(places);
        }

        static Drawn of(LabelledRows all, int rows, long seed) {
            List<Integer> places = new ArrayList<>(
                    IntStream.range(0, all.labels().size()).boxed().toList());
            Collections.shuffle(places, new Random(seed));
            return new Drawn(all, places.subList(0, Math.min(rows, places.size())));
        }

        /** Where each of them stands in the hidden data. */
        public List<Integer> places() {
            return places;
        }

        /** The rows without their labels, in the order of {@link #places}. */
        public Table features() {
            return RowOrder.moved(
                    all.features(), places.stream().mapToInt(Integer::intValue).toArray());
        }

        /**
         * Measures answers.
         *
         * @param answers one for each row; null where there is none
         */
        public Assessed assess(List<@Nullable String> answers) {
            List<Integer> answered = IntStream.range(0, answers.size())
                    .filter(row -> isGiven(answers.get(row)))
                    .boxed()
                    .toList();
            if (answered.isEmpty()) {
                return new Assessed(Collections.nCopies(answers.size(), ""), Map.of(), "");
            }
            Column given = column(answered.stream()
                    .map(row -> Objects.requireNonNull(answers.get(row)))
                    .toArray(String[]::new));
            try {
                Guess guess = Interpretation.read(
                        new Table(answered.size(), List.of(given)), all.task(), answered.size(), all.known());
                return measured(guess, answered);
            } catch (Interpretation.Unclear unclear) {
                List<String> words = answers.stream()
                        .map(answer -> answer == null ? "" : answer)
                        .toList();
                return new Assessed(words, Map.of(), String.valueOf(unclear.getMessage()));
            }
        }

        private static boolean isGiven(@Nullable String answer) {
            return answer != null && !answer.isBlank();
        }

        private static Column column(String[] values) {
            double[] numbers = new double[values.length];
            for (int row = 0; row < values.length; row++) {
                try {
                    numbers[row] = Double.parseDouble(values[row]);
                } catch (NumberFormatException text) {
                    return new Column.Texts("answer", "answer", values);
                }
            }
            return new Column.Numbers("answer", "answer", numbers);
        }

        private Assessed measured(Guess guess, List<Integer> answered) {
            List<String> words = new ArrayList<>(Collections.nCopies(places.size(), ""));
            List<String> given = guess.words();
            for (int at = 0; at < answered.size(); at++) {
                words.set(answered.get(at), given.get(at));
            }
            boolean whole = answered.size() == places.size();
            if (!whole && guess instanceof Guess.Numbers) {
                return new Assessed(words, Map.of(), "");
            }
            List<String> labels =
                    places.stream().map(place -> all.labels().get(place)).toList();
            Map<String, Double> measured = new TreeMap<>();
            for (Map.Entry<QualityMetric, Double> entry : Measures.of(
                            whole ? guess : new Guess.Labels(words, null), labels, all.known())
                    .entrySet()) {
                measured.put(entry.getKey().word(), entry.getValue());
            }
            return new Assessed(words, measured, "");
        }
    }

    /**
     * What answers are worth.
     *
     * @param words each in the form in which predictions are compared; empty where there is none. For staff alone
     * @param measured every measure that they allow, by its name in lab.yaml
     * @param unclear why they say nothing; empty where they do
     */
    record Assessed(List<String> words, Map<String, Double> measured, String unclear) {
        public Assessed {
            words = List.copyOf(words);
            measured = Map.copyOf(measured);
        }
    }
}
