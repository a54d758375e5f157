package org.labharness.pipeline.predict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
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
         * @param answers one for each row
         * @param name of what is compared, for people
         */
        public Assessed assess(List<Said> answers, String name) {
            List<Integer> answered = given(answers, said -> !said.word().isBlank());
            if (answered.isEmpty()) {
                answered = given(answers, said -> !said.scores().isEmpty());
            }
            if (answered.isEmpty()) {
                return new Assessed(Collections.nCopies(answers.size(), ""), Map.of(), "");
            }
            Table table = table(answered.stream().map(answers::get).toList(), name);
            try {
                Guess guess = Interpretation.read(table, all.task(), answered.size(), all.known());
                return measured(guess, answered);
            } catch (Interpretation.Unclear unclear) {
                List<String> words = answers.stream().map(Said::word).toList();
                return new Assessed(words, Map.of(), String.valueOf(unclear.getMessage()));
            }
        }

        private static List<Integer> given(List<Said> answers, Predicate<Said> form) {
            return IntStream.range(0, answers.size())
                    .filter(row -> form.test(answers.get(row)))
                    .boxed()
                    .toList();
        }

        /** Of scores those under the first answer's names; what another does not have under one is no number. */
        private static Table table(List<Said> answers, String group) {
            List<Column> columns = answers.getFirst().scores().keySet().stream()
                    .map(name -> (Column) new Column.Numbers(
                            group,
                            name,
                            answers.stream()
                                    .mapToDouble(said -> said.scores().getOrDefault(name, Double.NaN))
                                    .toArray()))
                    .toList();
            return new Table(
                    answers.size(),
                    columns.isEmpty()
                            ? List.of(column(answers.stream().map(Said::word).toArray(String[]::new), group))
                            : columns);
        }

        private static Column column(String[] values, String group) {
            double[] numbers = new double[values.length];
            for (int row = 0; row < values.length; row++) {
                try {
                    numbers[row] = Double.parseDouble(values[row]);
                } catch (NumberFormatException text) {
                    return new Column.Texts(group, group, values);
                }
            }
            return new Column.Numbers(group, group, numbers);
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
            return new Assessed(words, measured, ForeignLabels.of(guess, all.known(), "service"));
        }
    }

    /**
     * One answer: a word, or a score for each class.
     *
     * @param word a label or a number; empty where there is none
     * @param scores by the name of the class, or its place; empty where there are none
     */
    record Said(String word, Map<String, Double> scores) {
        public Said {
            scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
        }
    }

    /**
     * What answers are worth.
     *
     * @param words each in the form in which predictions are compared; empty where there is none. For staff alone
     * @param measured every measure that they allow, by its name in lab.yaml
     * @param unclear why they say nothing, or that the labels are none of the data's; empty where they do
     */
    record Assessed(List<String> words, Map<String, Double> measured, String unclear) {
        public Assessed {
            words = List.copyOf(words);
            measured = Map.copyOf(measured);
        }
    }
}
