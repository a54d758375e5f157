package org.labharness.autograder.check;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.labharness.lab.Points;
import org.labharness.lab.Service;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.ServiceFacts;

/** A service that was to be asked: what it did, or why it could not be asked. */
final class Served {
    private static final int MOST_PORTS = 5;

    private final Service service;
    private final Case subject;

    private Served(Service service, Case subject) {
        this.service = service;
        this.subject = subject;
    }

    String named() {
        return "The service " + PlainText.quoted(service.id());
    }

    private Optional<ServiceFacts> facts() {
        return subject.evidence().service(service.id());
    }

    /** Where it answered; 0 where it did not. */
    int port() {
        return facts().map(ServiceFacts::port).orElse(0);
    }

    /** Other ports that it listened at, as a sentence with a blank before it; empty where there were none. */
    String elsewhere() {
        List<String> others = facts().map(ServiceFacts::listening).orElse(List.of()).stream()
                .filter(other -> other.intValue() != port())
                .limit(MOST_PORTS)
                .map(String::valueOf)
                .toList();
        return others.isEmpty()
                ? ""
                : " It listens at port " + PlainText.all(others) + " as well, where they are not looked for.";
    }

    /** What it did decides; where it could not be asked, that does. */
    static Ruling judge(Service service, Case subject, BiFunction<Served, ServiceFacts, Ruling> rule) {
        Served served = new Served(service, subject);
        return served.unasked()
                .orElseGet(() -> rule.apply(served, served.facts().orElseThrow()));
    }

    /** Why it could not be asked; empty where it was. */
    private Optional<Ruling> unasked() {
        Optional<ServiceFacts> facts = facts();
        if (facts.isEmpty()) {
            return Optional.of(Ruling.ours(named() + " was not started."));
        }
        return facts.get().outcome() == ServiceFacts.Outcome.READY
                ? Optional.empty()
                : Optional.of(because(facts.get()));
    }

    /** Points that were lost; where a limit ended the service while it was asked, that is the reason. */
    Ruling lost(Points earned, Sentence sentence) {
        Optional<Sentence> limit =
                facts().flatMap(facts -> facts.limits().stream().findFirst()).map(this::limit);
        return Ruling.part(
                earned,
                limit.map(stopped -> Sentence.of(sentence.message() + " " + stopped.message(), stopped.hint()))
                        .orElse(sentence));
    }

    private Ruling because(ServiceFacts facts) {
        if (facts.outcome() == ServiceFacts.Outcome.OURS) {
            return Ruling.ours(named() + " was not asked: " + RunStory.ended(PlainText.line(facts.detail(), 500)));
        }
        Sentence seen = seen(facts);
        RunStory story = new RunStory(subject.evidence());
        Optional<Sentence> ours = story.ours();
        if (ours.isPresent()) {
            return Ruling.ours(subject.because(seen.message(), ours.get()).message());
        }
        Optional<Sentence> failure = story.failure();
        if (failure.isEmpty() && story.unreachable().isPresent()) {
            return Ruling.theirs(
                    subject.unreachable(subject.full()),
                    subject.because(seen.message(), story.unreachable().get()));
        }
        return failure.map(why -> Ruling.absent(subject.because(seen.message(), why)))
                .orElseGet(() -> Ruling.absent(seen));
    }

    private Sentence seen(ServiceFacts facts) {
        String within = service.within().toSeconds() + " s";
        return switch (facts.outcome()) {
            case NOTHING_TO_START ->
                Sentence.of(
                        named() + " could not be started: " + RunStory.ended(PlainText.line(facts.detail(), 500)),
                        service.start() instanceof Service.EntryPoint
                                ? "Describe the entry point in the MLproject, with a command that stays in the foreground."
                                : "Let the pipeline make the model and log or register it; only what this grading's run made is"
                                        + " served.");
            case DIED -> died(facts);
            case SILENT ->
                Sentence.of(
                        named() + " was started with " + command(facts) + ", but listened at no port within " + within
                                + "." + error(facts),
                        "Start it in a clean clone once the pipeline has run, with this very command, and see what it waits"
                                + " for; whatever it loads must load faster than that, without a network.");
            case UNREADY ->
                Sentence.of(
                        named() + " listens at port "
                                + PlainText.all(facts.listening().stream()
                                        .map(String::valueOf)
                                        .toList())
                                + ", but " + (service.ready().isEmpty() ? "GET /" : "GET " + service.ready())
                                + (facts.status() == 0
                                        ? " had no answer of HTTP within "
                                        : " was answered with status " + facts.status() + " for ")
                                + within + "." + error(facts),
                        facts.status() == 0
                                ? "Let it answer plain HTTP, without TLS, within 5 s."
                                : "Let GET " + service.ready()
                                        + " answer with status 200 as soon as predictions can be asked for.");
            case LIMIT -> limit(facts.limits().getFirst());
            case READY, OURS -> Sentence.of(named() + " was asked.", "");
        };
    }

    private Sentence limit(LimitHit hit) {
        Sentence of = LimitWords.of(named(), hit, null);
        return hit.name() == LimitHit.Name.MEMORY
                ? Sentence.of(
                        of.message(),
                        "Load the model once, in few workers, and keep nothing of earlier requests; a smaller model needs less.")
                : of;
    }

    private Sentence died(ServiceFacts facts) {
        String message = named() + " was started with " + command(facts) + " and ended with exit code " + facts.exit()
                + " before it answered." + error(facts);
        if (facts.exit() == 0) {
            return Sentence.of(
                    message,
                    "Let the command stay in the foreground until it is stopped: what it leaves in the background ends with it.");
        }
        return Sentence.of(
                message,
                MissingProgram.isWanting(facts.exit(), facts.error())
                        ? "Name what the service needs in your requirements (its web server too), and commit the file that is"
                                + " started."
                        : "Start it in a clean clone once the pipeline has run, with this very command; whatever it reads has to"
                                + " be committed, or be made by a stage.");
    }

    private static String command(ServiceFacts facts) {
        return PlainText.quoted(facts.command());
    }

    private static String error(ServiceFacts facts) {
        return facts.error().isEmpty() ? "" : " It said: " + RunStory.ended(PlainText.logLine(facts.error()));
    }
}
