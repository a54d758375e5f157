package org.labharness.autograder.check;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.labharness.lab.ServiceCheck;
import org.labharness.lab.TestRows;
import org.labharness.pipeline.evidence.PredictionFacts;
import org.labharness.pipeline.evidence.ServiceFacts;

/** {@code service-agrees}: the service says what the model says that it should serve. */
final class ServiceAgreesRule {
    private ServiceAgreesRule() {}

    static Ruling judge(ServiceCheck.ServiceAgrees spec, Case subject) {
        return Served.judge(spec.service(), subject, (served, facts) -> judge(spec, served, facts, subject));
    }

    private static Ruling judge(ServiceCheck.ServiceAgrees spec, Served served, ServiceFacts facts, Case subject) {
        TestRows rows = new TestRows.Hidden(
                Objects.requireNonNull(spec.service().question()).data());
        NotMeasured otherwise = new NotMeasured(spec.model(), rows, subject);
        Optional<PredictionFacts> model = subject.evidence().prediction(spec.model(), rows);
        if (model.isEmpty()) {
            return otherwise.untried();
        }
        if (model.get().outcome() != PredictionFacts.Outcome.MEASURED) {
            return otherwise.because(model.get());
        }
        return compared(spec, served, facts, model.get().predictions(), subject);
    }

    private static Ruling compared(
            ServiceCheck.ServiceAgrees spec, Served served, ServiceFacts facts, List<String> model, Case subject) {
        int all = facts.rows().size();
        int same = 0;
        for (int at = 0; at < all; at++) {
            int row = facts.rows().get(at);
            String said = facts.answers().get(at).prediction();
            if (row < model.size() && PredictionFacts.agree(model.get(row), said, spec.tolerance())) {
                same++;
            }
        }
        String named = PlainText.name(spec.model().toString());
        if (same == all) {
            return Ruling.full(served.named() + " says of " + PlainText.count(all, "row")
                    + " drawn for this grading what the model " + named + " says.");
        }
        int without = ServiceAnswers.without(facts);
        return served.lost(
                subject.full().part(same, all),
                Sentence.of(
                        served.named() + " says something else than the model " + named + " of " + (all - same) + " of "
                                + PlainText.count(all, "row") + " drawn for this grading"
                                + (without == 0
                                        ? "."
                                        : "; " + without + " had no prediction at all, the first of them: "
                                                + ServiceAnswers.firstWithout(facts)
                                                        .orElse("") + "."),
                        "Let the service load this very model, and give it the features as the training does: the same columns,"
                                + " order, scaling and types; no rounding and no table of known answers."));
    }
}
