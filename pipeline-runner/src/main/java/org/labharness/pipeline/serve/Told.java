package org.labharness.pipeline.serve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Service;
import org.labharness.lab.ServiceCheck;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.ServiceFacts.CounterFacts;
import org.labharness.pipeline.evidence.ServiceFacts.Failure;
import org.labharness.pipeline.evidence.ServiceFacts.LoadFacts;
import org.labharness.pipeline.evidence.ServiceFacts.Refusal;
import org.labharness.pipeline.predict.Draw;
import org.labharness.probe.exchange.Seen;

/** What a service told in one of its lives. */
final class Told {
    private final Layout layout;
    private final Replies replies;
    private final Service.@Nullable Question question;
    private final List<Prediction> predictions;

    /**
     * @param question null where it was asked for no prediction
     * @param rows how many predictions it was asked for
     */
    Told(Layout layout, Replies replies, Service.@Nullable Question question, int rows) {
        this.layout = layout;
        this.replies = replies;
        this.question = question;
        List<Prediction> all = new ArrayList<>();
        for (int row = 0; row < rows && question != null; row++) {
            Seen.Reply reply = replies.at(layout.rows, row);
            all.add(reply == null ? Prediction.unasked() : Prediction.of(question, reply));
        }
        this.predictions = List.copyOf(all);
    }

    /** A document of the service; null where it gave none with a status of 200 to 299, or one that is too long. */
    @Nullable
    String document(String path) {
        Seen.Reply reply = replies.at(layout.documents.getOrDefault(path, -1), 0);
        return reply == null || !Replies.isFine(reply) || !reply.whole() ? null : text(reply);
    }

    String documentStatus(String path) {
        Seen.@Nullable Reply reply = replies.at(layout.documents.getOrDefault(path, -1), 0);
        return reply != null && Replies.isFine(reply)
                ? "more than " + reply.body().length + " bytes"
                : Replies.words(reply);
    }

    private static String text(Seen.Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    /** One for each row. */
    List<Prediction> predictions() {
        return predictions;
    }

    /** What the predictions are worth. */
    Draw.Assessed assessed(Draw.Drawn drawn) {
        return drawn.assess(
                predictions.stream().map(Prediction::said).toList(),
                question == null || question.answer().isEmpty() ? "answer" : question.answer());
    }

    /** @param assessed the predictions in the form in which they are compared */
    List<ServiceFacts.Answer> answers(Draw.Assessed assessed) {
        List<ServiceFacts.Answer> answers = new ArrayList<>();
        for (int row = 0; row < predictions.size(); row++) {
            Prediction one = predictions.get(row);
            answers.add(new ServiceFacts.Answer(
                    one.status(), one.failure(), assessed.words().get(row), one.problem()));
        }
        return answers;
    }

    /** The body of a row's answer, empty where there is none. */
    String body(int row) {
        Seen.Reply reply = replies.at(layout.rows, row);
        return reply == null ? "" : text(reply);
    }

    List<Refusal> refusals() {
        List<Refusal> all = new ArrayList<>();
        int last = layout.wrong.size() - 1;
        for (int at = 0; at <= last; at++) {
            Seen.Reply given = replies.at(layout.wrongRequests, 2 * at);
            Seen.Reply after = replies.at(layout.wrongRequests, 2 * at + 1);
            all.add(new Refusal(
                    layout.wrong.get(at).word(),
                    given == null ? 0 : given.status(),
                    given == null ? Failure.UNASKED : Prediction.failure(given.failure()),
                    given == null || after == null || (after.status() > 0 && (at < last || answersAsBefore()))));
        }
        return all;
    }

    /** Whether a right request is answered after all wrong ones, as well as any was before. */
    private boolean answersAsBefore() {
        Seen.Reply last = replies.at(layout.wrongRequests, 2 * layout.wrong.size());
        if (last == null || replies.fine(layout.rows) == 0) {
            return true;
        }
        return Replies.isFine(last)
                && (question == null
                        || predictions.stream().noneMatch(Prediction::isGiven)
                        || Prediction.of(question, last).isGiven());
    }

    List<LoadFacts> loads() {
        List<LoadFacts> all = new ArrayList<>();
        layout.loads.forEach((load, rounds) -> all.add(best(load, rounds)));
        return all;
    }

    /** Of several rounds that which speaks best for the service. */
    private LoadFacts best(ServiceCheck.ServiceLoad load, List<Integer> rounds) {
        List<Integer> asked =
                rounds.stream().filter(batch -> !replies.in(batch).isEmpty()).toList();
        return asked.stream()
                .map(batch -> facts(load, batch, asked.size()))
                .min(Comparator.comparingInt(LoadFacts::errors)
                        .thenComparingDouble(facts -> facts.millis().getOrDefault("p95", Double.MAX_VALUE)))
                .orElseGet(() -> facts(load, rounds.getFirst(), 1));
    }

    private LoadFacts facts(ServiceCheck.ServiceLoad load, int batch, int rounds) {
        List<Double> times = new ArrayList<>();
        String firstError = "";
        for (Seen.Reply reply : replies.in(batch)) {
            String wrong = wrong(reply);
            if (wrong.isEmpty()) {
                times.add(reply.nanos() / 1e6);
            } else if (firstError.isEmpty()) {
                firstError = wrong;
            }
        }
        double[] millis =
                times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int errors = load.requests() - millis.length;
        return new LoadFacts(
                load.requests(),
                load.concurrent(),
                errors,
                errors > 0 && firstError.isEmpty() ? Replies.words(null) : firstError,
                percentiles(millis),
                rounds);
    }

    /** What is wrong with an answer given among others, as the end of a sentence; empty where it is right, or no prediction was asked for. */
    private String wrong(Seen.Reply reply) {
        if (!Replies.isFine(reply)) {
            return Replies.words(reply);
        }
        if (question == null) {
            return "";
        }
        Prediction now = Prediction.of(question, reply);
        Prediction alone = predictions.get(reply.number() % predictions.size());
        return !now.isGiven() || !alone.isGiven() || now.isNear(alone)
                ? now.problem()
                : "another prediction than the row had when it was asked alone";
    }

    /** By the nearest rank: of a hundred times the 95th is the 95th smallest. */
    static Map<String, Double> percentiles(double[] sorted) {
        if (sorted.length == 0) {
            return Map.of();
        }
        Map<String, Double> all = new TreeMap<>();
        for (int percent : new int[] {50, 95, 99}) {
            int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
            all.put("p" + percent, sorted[Math.max(0, rank - 1)]);
        }
        all.put("max", Arrays.stream(sorted).max().orElse(0));
        return all;
    }

    /** By then the service had seen rows: no number of its choice is told. */
    private static String withoutLine(String problem) {
        return problem.replaceFirst("^line [0-9]+ ", "a line ");
    }

    List<CounterFacts> counters() {
        List<CounterFacts> all = new ArrayList<>();
        layout.counted.forEach((path, batches) ->
                all.add(counter(path, replies.at(batches.before(), 0), replies.at(batches.after(), 0))));
        return all;
    }

    /** Of a text that is too long to be kept, what is kept but for the line that was cut. */
    private static String wholeLines(Seen.Reply reply) {
        String text = text(reply);
        return reply.whole() ? text : text.substring(0, text.lastIndexOf('\n') + 1);
    }

    private CounterFacts counter(String path, Seen.@Nullable Reply before, Seen.@Nullable Reply after) {
        int answered = replies.fine(layout.rows)
                + layout.loads.values().stream()
                        .flatMap(List::stream)
                        .mapToInt(replies::fine)
                        .sum();
        if (before == null || after == null || !Replies.isFine(before) || !Replies.isFine(after)) {
            Seen.@Nullable Reply bad = before != null && Replies.isFine(before) ? after : before;
            return new CounterFacts(path, bad == null ? 0 : bad.status(), Replies.words(bad), answered, Map.of());
        }
        Exposition first = Exposition.read(wholeLines(before));
        Exposition second = Exposition.read(wholeLines(after));
        Map<String, Double> grown = new TreeMap<>();
        second.counters().forEach((name, value) -> {
            double growth = value - first.counters().getOrDefault(name, 0.0);
            grown.put(name, Double.isFinite(growth) ? growth : Double.NaN);
        });
        return new CounterFacts(
                path,
                after.status(),
                first.problem()
                        .or(() -> second.problem().map(Told::withoutLine))
                        .orElse(""),
                answered,
                grown);
    }
}
