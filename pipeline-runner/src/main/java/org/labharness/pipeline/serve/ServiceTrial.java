package org.labharness.pipeline.serve;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Service;
import org.labharness.lab.ServiceCheck;
import org.labharness.lab.ServiceCheck.WrongRequest;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.ServiceFacts.CounterFacts;
import org.labharness.pipeline.evidence.ServiceFacts.Failure;
import org.labharness.pipeline.evidence.ServiceFacts.LoadFacts;
import org.labharness.pipeline.evidence.ServiceFacts.Refusal;
import org.labharness.pipeline.predict.Draw;
import org.labharness.probe.exchange.Request;
import org.labharness.probe.exchange.Script;
import org.labharness.probe.exchange.Seen;

/**
 * The questions that one service is asked while it runs, and what its answers say. Right questions come first, so that a service that dies of a wrong one loses
 * nothing but that.
 */
final class ServiceTrial {
    private static final int DOCUMENT = 1 << 20;
    private static final int ONE_BY_ONE = 1;

    private final ServicePlan plan;
    private final @Nullable Questions questions;
    private final List<Script.Batch> batches = new ArrayList<>();
    private final Map<String, Integer> documents = new HashMap<>();
    private final Map<String, int[]> counted = new HashMap<>();
    private final Map<ServiceCheck.ServiceLoad, Integer> loads = new HashMap<>();
    private final List<WrongRequest> wrong;
    private int rowsBatch = -1;
    private int wrongBatch = -1;

    /** @param questions null where the service is asked for no prediction */
    ServiceTrial(ServicePlan plan, @Nullable Questions questions) {
        this.plan = plan;
        this.questions = questions;
        wrong = plan.all(ServiceCheck.ServiceRefuses.class).stream()
                .flatMap(check -> check.cases().stream())
                .distinct()
                .toList();
        compose();
    }

    private void compose() {
        for (ServiceCheck.ServiceVersion version : plan.all(ServiceCheck.ServiceVersion.class)) {
            document(version.path());
        }
        for (ServiceCheck.ServiceContract contract : plan.all(ServiceCheck.ServiceContract.class)) {
            if (contract.schema() == null) {
                document(contract.openapi());
            }
        }
        if (questions != null) {
            ask(questions);
        }
    }

    private void ask(Questions all) {
        List<ServiceCheck.ServiceMetrics> metrics = plan.all(ServiceCheck.ServiceMetrics.class);
        Map<String, Integer> before = new HashMap<>();
        metrics.forEach(one -> before.computeIfAbsent(one.path(), path -> add(List.of(all.get(path, DOCUMENT)))));
        rowsBatch = add(IntStream.range(0, all.count()).mapToObj(all::right).toList());
        for (ServiceCheck.ServiceLoad load : plan.all(ServiceCheck.ServiceLoad.class)) {
            List<Request> many = IntStream.range(0, load.requests())
                    .mapToObj(number -> all.right(number % all.count(), 0))
                    .toList();
            batches.add(new Script.Batch(many, load.concurrent()));
            loads.put(load, batches.size() - 1);
        }
        before.forEach((path, first) -> counted.put(path, new int[] {first, add(List.of(all.get(path, DOCUMENT)))}));
        if (!wrong.isEmpty()) {
            List<Request> requests = new ArrayList<>();
            for (int at = 0; at < wrong.size(); at++) {
                requests.add(all.wrong(wrong.get(at), at % all.count()));
                String ready = plan.service().ready();
                requests.add(all.get(ready.isEmpty() ? "/" : ready, 0));
            }
            requests.add(all.right(0, 0));
            wrongBatch = add(requests);
        }
    }

    private void document(String path) {
        documents.computeIfAbsent(
                path, wanted -> add(List.of(Questions.get(wanted, DOCUMENT, "python-requests/2.32.5"))));
    }

    private int add(List<Request> requests) {
        batches.add(new Script.Batch(requests, ONE_BY_ONE));
        return batches.size() - 1;
    }

    Script script(List<Integer> taken) {
        Service service = plan.service();
        return new Script(
                null,
                new Script.Wait(
                        service.port(), service.ready(), (int) service.within().toMillis(), taken),
                batches);
    }

    /** The longest that all of it may take. */
    Duration longest() {
        return plan.service().within().plus(Duration.ofMinutes(3));
    }

    /** What all replies say. */
    Told read(List<Seen> seen) {
        Map<Integer, Map<Integer, Seen.Reply>> replies = new TreeMap<>();
        for (Seen one : seen) {
            if (one instanceof Seen.Reply reply) {
                replies.computeIfAbsent(reply.batch(), batch -> new TreeMap<>()).put(reply.number(), reply);
            }
        }
        return new Told(replies);
    }

    /** What the service told. */
    final class Told {
        private final Map<Integer, Map<Integer, Seen.Reply>> replies;

        private Told(Map<Integer, Map<Integer, Seen.Reply>> replies) {
            this.replies = replies;
        }

        private Seen.@Nullable Reply reply(int batch, int number) {
            return replies.getOrDefault(batch, Map.of()).get(number);
        }

        /** A document of the service; null where it gave none with a status of 200 to 299. */
        @Nullable
        String document(String path) {
            Integer batch = documents.get(path);
            Seen.Reply reply = batch == null ? null : reply(batch, 0);
            return reply == null || !isFine(reply) ? null : new String(reply.body(), StandardCharsets.UTF_8);
        }

        String documentStatus(String path) {
            Integer batch = documents.get(path);
            return status(batch == null ? null : reply(batch, 0));
        }

        List<Prediction> predictions() {
            Service.Question question = plan.service().question();
            if (question == null || questions == null) {
                return List.of();
            }
            List<Prediction> all = new ArrayList<>();
            for (int row = 0; row < questions.count(); row++) {
                Seen.Reply reply = reply(rowsBatch, row);
                all.add(reply == null ? Prediction.unasked() : Prediction.of(question, reply));
            }
            return all;
        }

        /** The body of a row's answer, empty where there is none. */
        String body(int row) {
            Seen.Reply reply = reply(rowsBatch, row);
            return reply == null ? "" : new String(reply.body(), StandardCharsets.UTF_8);
        }

        List<Refusal> refusals() {
            List<Refusal> all = new ArrayList<>();
            for (int at = 0; at < wrong.size(); at++) {
                Seen.Reply given = reply(wrongBatch, 2 * at);
                Seen.Reply after = reply(wrongBatch, 2 * at + 1);
                all.add(new Refusal(
                        wrong.get(at).word(),
                        given == null ? 0 : given.status(),
                        given == null ? Failure.UNASKED : Prediction.failure(given.failure()),
                        after != null && after.status() > 0 && (at < wrong.size() - 1 || answersAsBefore())));
            }
            return all;
        }

        /** Whether a right request is answered after all wrong ones, where any was before. */
        private boolean answersAsBefore() {
            Seen.Reply last = reply(wrongBatch, 2 * wrong.size());
            boolean before =
                    replies.getOrDefault(rowsBatch, Map.of()).values().stream().anyMatch(ServiceTrial::isFine);
            return !before || (last != null && isFine(last));
        }

        List<LoadFacts> loads() {
            List<LoadFacts> all = new ArrayList<>();
            loads.forEach((load, batch) -> all.add(facts(load, replies.getOrDefault(batch, Map.of()))));
            return all;
        }

        private LoadFacts facts(ServiceCheck.ServiceLoad load, Map<Integer, Seen.Reply> given) {
            double[] millis = given.values().stream()
                    .filter(ServiceTrial::isFine)
                    .mapToDouble(reply -> reply.nanos() / 1e6)
                    .sorted()
                    .toArray();
            Seen.@Nullable Reply wrongOne = given.values().stream()
                    .filter(reply -> !isFine(reply))
                    .findFirst()
                    .orElse(null);
            int errors = load.requests() - millis.length;
            return new LoadFacts(
                    load.requests(),
                    load.concurrent(),
                    errors,
                    errors == 0 ? "" : status(wrongOne),
                    percentiles(millis));
        }

        List<CounterFacts> counters() {
            List<CounterFacts> all = new ArrayList<>();
            counted.forEach((path, batch) -> all.add(counter(path, reply(batch[0], 0), reply(batch[1], 0))));
            return all;
        }

        /** How many right requests were answered. */
        private int answered() {
            return replies.entrySet().stream()
                    .filter(batch -> batch.getKey() == rowsBatch || loads.containsValue(batch.getKey()))
                    .mapToInt(batch -> (int) batch.getValue().values().stream()
                            .filter(ServiceTrial::isFine)
                            .count())
                    .sum();
        }

        private CounterFacts counter(String path, Seen.@Nullable Reply before, Seen.@Nullable Reply after) {
            int asked = answered();
            if (before == null || after == null || !isFine(before) || !isFine(after)) {
                Seen.Reply bad = before != null && isFine(before) ? after : before;
                return new CounterFacts(path, bad == null ? 0 : bad.status(), status(bad), asked, Map.of());
            }
            Exposition first = Exposition.read(new String(before.body(), StandardCharsets.UTF_8));
            Exposition second = Exposition.read(new String(after.body(), StandardCharsets.UTF_8));
            Map<String, Double> grown = new TreeMap<>();
            second.counters()
                    .forEach((name, value) ->
                            grown.put(name, value - first.counters().getOrDefault(name, 0.0)));
            return new CounterFacts(
                    path, after.status(), first.problem().or(second::problem).orElse(""), asked, grown);
        }
    }

    private static boolean isFine(Seen.Reply reply) {
        return reply.status() >= 200 && reply.status() <= 299;
    }

    private static String status(Seen.@Nullable Reply reply) {
        return reply == null
                ? ServiceFacts.words(0, Failure.UNASKED)
                : ServiceFacts.words(reply.status(), Prediction.failure(reply.failure()));
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

    /** @param assessed the same answers, in the form in which they are compared */
    static List<ServiceFacts.Answer> answers(List<Prediction> predictions, Draw.Assessed assessed) {
        List<ServiceFacts.Answer> answers = new ArrayList<>();
        for (int row = 0; row < predictions.size(); row++) {
            Prediction one = predictions.get(row);
            answers.add(new ServiceFacts.Answer(
                    one.status(), one.failure(), assessed.words().get(row), one.problem()));
        }
        return answers;
    }
}
