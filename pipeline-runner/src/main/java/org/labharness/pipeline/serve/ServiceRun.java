package org.labharness.pipeline.serve;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Service;
import org.labharness.lab.ServiceCheck;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.ServiceFacts.Outcome;
import org.labharness.pipeline.predict.Draw;
import org.labharness.pipeline.predict.Predictions;
import org.labharness.pipeline.probe.Prober;

/** One service, from its start to what it told. */
final class ServiceRun {
    private final Predictions.Subject subject;
    private final ServicePlan plan;
    private final ServingSpace space;
    private final Predictions predictions;
    private final Prober prober;
    private final Consumer<String> note;
    private final long started = System.nanoTime();
    private final long seed;

    /** @param seed of the rows that are drawn */
    ServiceRun(
            Predictions.Subject subject,
            ServicePlan plan,
            ServingSpace space,
            Predictions predictions,
            Prober prober,
            long seed,
            Consumer<String> note) {
        this.subject = subject;
        this.plan = plan;
        this.space = space;
        this.predictions = predictions;
        this.prober = prober;
        this.seed = seed;
        this.note = note;
    }

    ServiceFacts facts() {
        ServiceFactsBuilder facts = new ServiceFactsBuilder(plan.service().id(), seed, started);
        Draw.@Nullable Drawn drawn = null;
        Service.Question question = plan.service().question();
        if (question != null) {
            switch (predictions.draw(subject, question.data(), question.rows(), seed)) {
                case Draw.Unfit unfit -> {
                    return facts.ended(Outcome.OURS, unfit.words());
                }
                case Draw.Drawn rows -> drawn = rows;
            }
        }
        ServiceStart start = ServiceStart.of(plan.service(), predictions, subject, space.folder());
        return switch (start) {
            case ServiceStart.Nothing nothing -> facts.ended(Outcome.NOTHING_TO_START, nothing.words());
            case ServiceStart.Line line -> {
                facts.command = line.command();
                yield asked(new Courses(space, prober, plan.service(), line, note), drawn, facts);
            }
        };
    }

    private ServiceFacts asked(Courses courses, Draw.@Nullable Drawn drawn, ServiceFactsBuilder facts) {
        ServiceTrial trial =
                new ServiceTrial(plan, drawn == null ? null : new Questions(question(), drawn.features(), seed));
        Course course = courses.run(trial);
        facts.listening = course.listening();
        facts.status = course.status();
        facts.limits = course.result().limits();
        facts.exit = course.byItself() ? course.result().exit() : -1;
        if (course.ready().isEmpty()) {
            facts.error = course.error();
            return facts.ended(course.unready(), "");
        }
        facts.staff = course.error();
        facts.port = course.ready().get().port();
        facts.readySeconds = course.ready().get().millis() / 1000.0;
        Told told = trial.read(course.seen());
        facts.refusals = told.refusals();
        facts.loads = told.loads();
        facts.counters = told.counters();
        if (drawn != null) {
            answers(told, drawn, facts);
        }
        VersionAnswers answers = new VersionAnswers(predictions, subject, note);
        facts.versions = plan.all(ServiceCheck.ServiceVersion.class).stream()
                .map(check -> new VersionTrial(check, courses, answers, seed + 1).facts(told, subject.stores(), drawn))
                .toList();
        return facts.ended(Outcome.READY, "");
    }

    private void answers(Told told, Draw.Drawn drawn, ServiceFactsBuilder facts) {
        Draw.Assessed assessed = told.assessed(drawn);
        facts.rows = drawn.places();
        facts.measured = assessed.measured();
        facts.unclear = assessed.unclear();
        facts.answers = told.answers(assessed);
        Contracts contracts = new Contracts(subject.lab().folder(), question().path(), told, told.predictions());
        facts.contracts = plan.all(ServiceCheck.ServiceContract.class).stream()
                .map(contracts::facts)
                .toList();
    }

    private Service.Question question() {
        return Objects.requireNonNull(plan.service().question());
    }
}
