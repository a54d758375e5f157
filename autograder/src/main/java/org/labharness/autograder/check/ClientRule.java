package org.labharness.autograder.check;

import java.util.Optional;
import org.labharness.lab.ServiceCheck;
import org.labharness.pipeline.evidence.ClientFacts;

/** {@code client-follows}: a client asks the service that its configuration names, wherever that is. */
final class ClientRule {
    private static final String THERE = "at an address that was drawn for this grading";

    private ClientRule() {}

    static Ruling judge(ServiceCheck.ClientFollows spec, Case subject) {
        Optional<ClientFacts> found = subject.evidence().clients().stream()
                .filter(one -> one.command().equals(spec.command()))
                .findFirst();
        if (found.isEmpty()) {
            return Ruling.ours("The client was not started.");
        }
        Optional<Sentence> ours = new RunStory(subject.evidence()).ours();
        ClientFacts facts = found.get();
        if (facts.asked().isEmpty()) {
            Sentence seen = nobody(spec, facts);
            return ours.map(why ->
                            Ruling.ours(subject.because(seen.message(), why).message()))
                    .orElseGet(() -> Ruling.absent(seen));
        }
        boolean called = spec.calls().isEmpty() || facts.asked().stream().anyMatch(one -> isCall(one, spec.calls()));
        if (called && facts.shown()) {
            return Ruling.full("The client asks the service " + THERE + ": " + PlainText.all(facts.asked()) + ".");
        }
        return Ruling.part(
                subject.full().part(1, 2),
                called
                        ? Sentence.of(
                                "The client asks the service " + THERE + " (" + PlainText.all(facts.asked())
                                        + "), but does not show what it is answered: '" + PlainText.name(facts.shows())
                                        + "' is not in what it gives." + ended(facts),
                                "Show the answer of the service, not one that the client has by heart.")
                        : Sentence.of(
                                "The client asks the service " + THERE + ", but not for " + PlainText.name(spec.calls())
                                        + ": it asks " + PlainText.all(facts.asked()) + "." + ended(facts),
                                "Add the path to the address that the configuration gives, and nothing else."));
    }

    private static boolean isCall(String asked, String path) {
        String seen = asked.substring(asked.indexOf(' ') + 1);
        return seen.equals(path) || seen.startsWith(path + "?") || seen.equals(path + "/");
    }

    private static Sentence nobody(ServiceCheck.ClientFollows spec, ClientFacts facts) {
        String client = "The client (" + PlainText.name(spec.command()) + ")";
        if (!facts.limits().isEmpty()) {
            return LimitWords.of(client, facts.limits().getFirst(), null);
        }
        boolean silent = spec.port() > 0 && !facts.ready();
        return Sentence.of(
                client + ", told that the service is " + THERE + ", "
                        + (silent ? "never answered at its own port " + spec.port() + "." : "asked nobody there.")
                        + ended(facts),
                advice(facts, silent));
    }

    private static String advice(ClientFacts facts, boolean silent) {
        if (silent) {
            return "Start it in a clean clone once the pipeline has run, with this very command; it has to stay in the"
                    + " foreground.";
        }
        return MissingProgram.isWanting(facts.exit(), facts.error())
                ? "Start it in a clean clone once the pipeline has run, with this very command; name what it imports in your"
                        + " requirements."
                : "Take the address of the service from the command line or the environment, as the handout says, and"
                        + " write it nowhere else.";
    }

    private static String ended(ClientFacts facts) {
        if (facts.exit() <= 0) {
            return "";
        }
        return " It ended with exit code " + facts.exit()
                + (facts.error().isEmpty() ? "." : ": " + RunStory.ended(PlainText.logLine(facts.error())));
    }
}
