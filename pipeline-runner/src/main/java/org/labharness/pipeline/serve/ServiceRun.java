package org.labharness.pipeline.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Service;
import org.labharness.lab.ServiceCheck;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.ServiceFacts.ContractFacts;
import org.labharness.pipeline.evidence.ServiceFacts.Outcome;
import org.labharness.pipeline.evidence.ServiceFacts.VersionFacts;
import org.labharness.pipeline.predict.Draw;
import org.labharness.pipeline.predict.Predictions;
import org.labharness.pipeline.probe.Prober;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.probe.exchange.Seen;

/** One service, from its start to what it told. */
final class ServiceRun {
    private static final int LONGEST_ERROR = 300;

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

    /** What it was asked, and what came of its start. */
    private record Course(List<Seen> seen, ExecutionResult result, boolean byItself) {
        Optional<Seen.Ready> ready() {
            return seen.stream()
                    .filter(Seen.Ready.class::isInstance)
                    .map(Seen.Ready.class::cast)
                    .findFirst();
        }

        List<Integer> listening() {
            return seen.stream()
                    .filter(Seen.Listening.class::isInstance)
                    .map(one -> ((Seen.Listening) one).ports())
                    .findFirst()
                    .orElse(List.of());
        }

        int status() {
            return seen.stream()
                    .filter(Seen.NotReady.class::isInstance)
                    .mapToInt(one -> ((Seen.NotReady) one).status())
                    .findFirst()
                    .orElse(0);
        }
    }

    ServiceFacts facts() {
        ServiceFactsBuilder facts = new ServiceFactsBuilder(plan.service().id(), seed, started);
        Draw.@Nullable Drawn drawn = null;
        Service.Question question = plan.service().question();
        if (question != null) {
            switch (predictions.draw(subject.lab(), question.data(), question.rows(), seed)) {
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
                yield asked(line, drawn, facts);
            }
        };
    }

    private ServiceFacts asked(ServiceStart.Line line, Draw.@Nullable Drawn drawn, ServiceFactsBuilder facts) {
        Questions questions = drawn == null ? null : new Questions(question(), drawn.features(), seed);
        ServiceTrial trial = new ServiceTrial(plan, questions);
        Course course = course(line, trial);
        facts.listening = course.listening();
        facts.status = course.status();
        facts.limits = course.result().limits();
        facts.exit = course.byItself() ? course.result().exit() : -1;
        if (course.ready().isEmpty()) {
            facts.error = cut(error(course.result()));
            return facts.ended(outcome(course), "");
        }
        facts.staff = cut(error(course.result()));
        facts.port = course.ready().get().port();
        facts.readySeconds = course.ready().get().millis() / 1000.0;
        ServiceTrial.Told told = trial.read(course.seen());
        facts.refusals = told.refusals();
        facts.loads = told.loads();
        facts.counters = told.counters();
        if (drawn != null) {
            List<Prediction> given = told.predictions();
            Draw.Assessed assessed = assessed(drawn, given);
            facts.rows = drawn.places();
            facts.measured = assessed.measured();
            facts.unclear = assessed.unclear();
            facts.answers = ServiceTrial.answers(given, assessed);
            facts.contracts = contracts(told, given);
        }
        List<VersionFacts> versions = new ArrayList<>();
        for (ServiceCheck.ServiceVersion version : plan.all(ServiceCheck.ServiceVersion.class)) {
            versions.add(new VersionTrial(version, told).facts(line, drawn));
        }
        facts.versions = versions;
        return facts.ended(Outcome.READY, "");
    }

    private Service.Question question() {
        return java.util.Objects.requireNonNull(plan.service().question());
    }

    private static Draw.Assessed assessed(Draw.Drawn drawn, List<Prediction> given) {
        List<@Nullable String> values = new ArrayList<>();
        given.forEach(one -> values.add(one.value()));
        return drawn.assess(values);
    }

    /** Starts the service, lets it be asked, and ends it. */
    private Course course(ServiceStart.Line line, ServiceTrial trial) {
        Duration longest = trial.longest();
        Execution running = space.start(line, plan.service().variables(), longest.plusSeconds(30));
        try {
            Prober.Asking asking =
                    prober.start(space.space(), space.folder(), trial.script(space.taken()), longest, note);
            asking.waitsFor(running);
            List<Seen> seen = asking.await();
            boolean byItself = running.result().isDone();
            running.kill();
            return new Course(seen, running.await(longest, "A service"), byItself);
        } finally {
            running.kill();
        }
    }

    private static Outcome outcome(Course course) {
        if (!course.result().limits().isEmpty()) {
            return Outcome.LIMIT;
        }
        if (course.byItself()) {
            return Outcome.DIED;
        }
        return course.listening().isEmpty() ? Outcome.SILENT : Outcome.UNREADY;
    }

    private static String error(ExecutionResult result) {
        String error = result.log().lastError();
        return error.isEmpty() ? result.log().lastLine() : error;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR);
    }

    private List<ContractFacts> contracts(ServiceTrial.Told told, List<Prediction> given) {
        List<ContractFacts> all = new ArrayList<>();
        for (ServiceCheck.ServiceContract check : plan.all(ServiceCheck.ServiceContract.class)) {
            all.add(contract(check, told, given));
        }
        return all;
    }

    private ContractFacts contract(ServiceCheck.ServiceContract check, ServiceTrial.Told told, List<Prediction> given) {
        String against = check.schema() == null ? check.openapi() : check.schema();
        try {
            Contract contract = Contract.of(schema(check, told));
            List<String> problems = new ArrayList<>();
            for (int row = 0; row < given.size(); row++) {
                Prediction one = given.get(row);
                problems.add(
                        one.document() == null
                                ? (one.problem().isEmpty()
                                        ? ServiceFacts.words(one.status(), one.failure())
                                        : one.problem())
                                : one.problem().isEmpty() ? contract.problem(told.body(row)) : one.problem());
            }
            return new ContractFacts(against, "", problems);
        } catch (PlainSchema.Unusable unusable) {
            return new ContractFacts(against, String.valueOf(unusable.getMessage()), List.of());
        } catch (Contract.Invalid invalid) {
            if (check.schema() == null) {
                return new ContractFacts(against, "it holds what is no JSON Schema", List.of());
            }
            throw new SystemBroke(
                    Breakdown.INTERNAL, "The lab's schema " + against + " is none: " + invalid.getMessage(), invalid);
        }
    }

    private String schema(ServiceCheck.ServiceContract check, ServiceTrial.Told told) throws PlainSchema.Unusable {
        if (check.schema() == null) {
            String document = told.document(check.openapi());
            if (document == null) {
                throw new PlainSchema.Unusable(
                        "GET " + check.openapi() + " has " + told.documentStatus(check.openapi()));
            }
            return PlainSchema.ofAnswer(document, question().path());
        }
        Path file = subject.lab().folder().resolve(check.schema());
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "The lab's schema " + file + " cannot be read: " + e, e);
        }
    }

    /** Which version answers, after another start, and after the alias was moved. */
    private final class VersionTrial {
        private final ServiceCheck.ServiceVersion check;
        private final ServiceTrial.Told told;

        VersionTrial(ServiceCheck.ServiceVersion check, ServiceTrial.Told told) {
            this.check = check;
            this.told = told;
        }

        VersionFacts facts(ServiceStart.Line line, Draw.@Nullable Drawn drawn) {
            Aliases aliases = new Aliases(check.model(), subject.stores());
            String said = said(told);
            String meant = aliases.meant().orElse("");
            String other = aliases.other().orElse("");
            if (meant.isEmpty()) {
                return facts(
                        said,
                        "",
                        "",
                        "",
                        "",
                        -1,
                        0,
                        "no version of '" + check.model().name() + "' that this"
                                + " grading's run registered has the alias '"
                                + check.model().word() + "'");
            }
            ServiceTrial again = new ServiceTrial(new ServicePlan(plan.service(), List.of(check)), null);
            String saidAgain = said(again.read(course(line, again).seen()));
            if (other.isEmpty()) {
                return facts(said, saidAgain, meant, "", "", -1, 0, "");
            }
            String failed = aliases.move(other, java.util.Objects.requireNonNull(space.server()));
            if (!failed.isEmpty()) {
                throw new SystemBroke(Breakdown.TRACKING_SERVER, "An alias could not be moved: " + failed + ".");
            }
            Questions questions = drawn == null ? null : new Questions(question(), drawn.features(), seed + 1);
            ServiceTrial moved = new ServiceTrial(new ServicePlan(plan.service(), List.of(check)), questions);
            ServiceTrial.Told then = moved.read(course(line, moved).seen());
            int own = drawn == null ? -1 : ofVersion(other, drawn, assessed(drawn, then.predictions()));
            int asked = drawn == null ? 0 : drawn.places().size();
            return facts(said, saidAgain, meant, other, said(then), own, asked, "");
        }

        private VersionFacts facts(
                String said, String again, String meant, String other, String then, int own, int asked, String detail) {
            return new VersionFacts(
                    check.path(), check.model().toString(), said, again, meant, other, then, own, asked, detail);
        }

        private String said(ServiceTrial.Told given) {
            return SaidVersion.in(given.document(check.path()), check.field());
        }

        private int ofVersion(String version, Draw.Drawn drawn, Draw.Assessed assessed) {
            return new VersionAnswers(predictions, subject, question().data(), note)
                    .agreeing(check.model().name(), version, drawn.places(), assessed.words());
        }
    }
}
