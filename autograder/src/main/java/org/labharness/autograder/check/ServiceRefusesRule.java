package org.labharness.autograder.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.labharness.lab.Points;
import org.labharness.lab.ServiceCheck;
import org.labharness.lab.ServiceCheck.WrongRequest;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.ServiceFacts.Failure;
import org.labharness.pipeline.evidence.ServiceFacts.Refusal;

/** {@code service-refuses}: wrong requests are answered with 4xx, and the service lives on. */
final class ServiceRefusesRule {
    private ServiceRefusesRule() {}

    static Ruling judge(ServiceCheck.ServiceRefuses spec, Case subject) {
        return Served.judge(spec.service(), subject, (served, facts) -> judge(spec, served, facts, subject));
    }

    private static Ruling judge(ServiceCheck.ServiceRefuses spec, Served served, ServiceFacts facts, Case subject) {
        int rows = facts.answers().size();
        int right = (int) facts.answers().stream()
                .filter(answer -> answer.status() >= 200 && answer.status() <= 299)
                .count();
        if (rows > 0 && 2 * right < rows) {
            return served.lost(
                    Points.ZERO,
                    Sentence.of(
                            served.named() + " answers "
                                    + (right == 0 ? "no right request" : right + " of " + rows + " right requests")
                                    + ", so refusing wrong ones shows nothing.",
                            "Let it answer right requests first."));
        }
        List<String> faults = new ArrayList<>();
        boolean dead = false;
        for (WrongRequest wrong : spec.cases()) {
            Optional<Refusal> refusal = facts.refusals().stream()
                    .filter(one -> one.wrong().equals(wrong.word()))
                    .findFirst();
            if (refusal.isEmpty()) {
                return Ruling.ours(served.named() + " was not asked about " + wrong.word() + ".");
            }
            fault(wrong, refusal.get(), dead).ifPresent(faults::add);
            dead |= !refusal.get().alive();
        }
        int all = spec.cases().size();
        if (faults.isEmpty()) {
            return Ruling.full(served.named() + " refuses " + PlainText.count(all, "kind")
                    + " of wrong requests with 4xx, and lives on.");
        }
        return served.lost(
                subject.full().part(all - faults.size(), all),
                Sentence.of(
                        served.named() + " does not refuse as it should; " + String.join("; ", faults) + ".",
                        advice(facts, dead)));
    }

    private static String advice(ServiceFacts facts, boolean dead) {
        if (facts.refusals().stream().anyMatch(refusal -> refusal.failure() == Failure.UNASKED)) {
            return "Answer faster: load the model once, when the service starts. All questions together have three minutes.";
        }
        return dead
                ? "No request may end the process: check what comes in before you use it, and answer with 400 or 422"
                        + " where it is not what you expect."
                : "Check what comes in before you use it (a request model in FastAPI, try and except around reading"
                        + " it elsewhere), and answer with 400 or 422.";
    }

    private static Optional<String> fault(WrongRequest wrong, Refusal refusal, boolean deadBefore) {
        if (deadBefore) {
            return Optional.of(wrong.word() + " found nobody any more");
        }
        boolean hungUp = wrong == WrongRequest.HUGE && refusal.failure() == Failure.CLOSED;
        boolean refused = hungUp || (refusal.status() >= 400 && refusal.status() <= 499);
        String said = meaning(wrong) + ": " + ServiceFacts.words(refusal.status(), refusal.failure());
        if (refused && refusal.alive()) {
            return Optional.empty();
        }
        if (refusal.alive()) {
            return Optional.of(said);
        }
        return Optional.of(said + ", and the service does not answer "
                + (refusal.failure() == Failure.NONE ? "as before" : "any more") + " after it");
    }

    private static String meaning(WrongRequest wrong) {
        return wrong.word()
                + switch (wrong) {
                    case WRONG_TYPE -> " (a text where a number belongs)";
                    case MISSING_FIELD -> " (one feature left out)";
                    case EMPTY -> " (no body)";
                    case HUGE -> " (4 MB of text where a number belongs)";
                    case NOT_JSON -> " (JSON that breaks off)";
                };
    }
}
