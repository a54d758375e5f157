package org.labharness.pipeline.serve;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Service;
import org.labharness.lab.ServiceCheck;
import org.labharness.lab.ServiceCheck.WrongRequest;
import org.labharness.probe.exchange.Request;
import org.labharness.probe.exchange.Script;
import org.labharness.probe.exchange.Seen;
import org.labharness.probe.exchange.SeenFile;

/**
 * The questions that one service is asked while it runs. Right ones come first, so that a service that dies of a wrong one loses nothing but
 * that.
 */
final class ServiceTrial {
    private static final Duration FOR_ALL_QUESTIONS = Duration.ofMinutes(3);
    private static final int ROUNDS = 3;
    private static final int DOCUMENT = SeenFile.LARGEST_BODY;
    private static final String READER = "python-requests/2.32.5";

    private final ServicePlan plan;
    private final @Nullable Questions questions;
    private final List<Script.Batch> batches = new ArrayList<>();
    private final Layout layout;

    /** @param questions null where the service is asked for no prediction */
    ServiceTrial(ServicePlan plan, @Nullable Questions questions) {
        this.plan = plan;
        this.questions = questions;
        List<WrongRequest> wrong = plan.all(ServiceCheck.ServiceRefuses.class).stream()
                .flatMap(check -> check.cases().stream())
                .distinct()
                .toList();
        layout = new Layout(wrong);
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
        Map<String, Integer> before = new HashMap<>();
        for (ServiceCheck.ServiceMetrics metrics : plan.all(ServiceCheck.ServiceMetrics.class)) {
            before.computeIfAbsent(metrics.path(), path -> add(List.of(all.get(path, DOCUMENT)), 1));
        }
        layout.rows = add(IntStream.range(0, all.count()).mapToObj(all::right).toList(), 1);
        for (ServiceCheck.ServiceLoad load : plan.all(ServiceCheck.ServiceLoad.class)) {
            List<Request> many = IntStream.range(0, load.requests())
                    .mapToObj(number -> all.right(number % all.count(), load.requests()))
                    .toList();
            layout.loads.put(load, add(load, many));
        }
        before.forEach((path, first) ->
                layout.counted.put(path, new Layout.Counted(first, add(List.of(all.get(path, DOCUMENT)), 1))));
        if (!layout.wrong.isEmpty()) {
            layout.wrongRequests = add(wrong(all), 1);
        }
    }

    private List<Request> wrong(Questions all) {
        String ready = plan.service().ready().isEmpty() ? "/" : plan.service().ready();
        List<Request> requests = new ArrayList<>();
        for (WrongRequest wrong : layout.wrong) {
            requests.add(all.wrong(wrong, requests.size() % all.count()));
            requests.add(all.get(ready, 0));
        }
        requests.add(all.right(0));
        return requests;
    }

    private void document(String path) {
        layout.documents.computeIfAbsent(path, wanted -> add(List.of(Questions.get(wanted, DOCUMENT, READER)), 1));
    }

    /** Where it has to be fast, again after a time that was too slow: other work of the machine must not decide. */
    private List<Integer> add(ServiceCheck.ServiceLoad load, List<Request> many) {
        List<Integer> rounds = new ArrayList<>(List.of(add(many, load.concurrent())));
        @Nullable BigDecimal seconds = load.seconds();
        while (seconds != null && rounds.size() < ROUNDS) {
            rounds.add(add(many, load.concurrent(), seconds.movePointRight(3).intValue()));
        }
        return rounds;
    }

    private int add(List<Request> requests, int concurrent) {
        return add(requests, concurrent, 0);
    }

    private int add(List<Request> requests, int concurrent, int unlessWithin) {
        batches.add(new Script.Batch(requests, concurrent, unlessWithin));
        return batches.size() - 1;
    }

    /** @param taken ports at which others than the service listen */
    Script script(List<Integer> taken) {
        Service service = plan.service();
        return new Script(
                null,
                new Script.Wait(
                        service.port(),
                        service.ready(),
                        (int) service.within().toMillis(),
                        taken,
                        questions == null ? List.of() : List.of(questions.aboutNothing())),
                batches);
    }

    /** The longest that all of it may take. */
    Duration longest() {
        return plan.service().within().plus(FOR_ALL_QUESTIONS);
    }

    /** What all replies say. */
    Told read(List<Seen> seen) {
        return new Told(layout, Replies.of(seen), plan.service().question(), questions == null ? 0 : questions.count());
    }
}
