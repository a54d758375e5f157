package org.labharness.autograder.check;

import java.util.Set;
import org.labharness.lab.Points;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.ServiceCheck;
import org.labharness.pipeline.evidence.ServiceFacts;

/** {@code service-answers}: the service's predictions of rows that nobody has seen are good. */
final class ServiceAnswersRule {
    private static final String ADVICE =
            "Ask the service for rows of your test split, and compare its answers with the labels: what the training does to"
                    + " features, the service has to do as well, and their order must be the same.";

    /** Statuses of HTTP for those who are not known, or may not. */
    private static final Set<Integer> FORBIDDEN = Set.of(401, 403);

    private ServiceAnswersRule() {}

    static Ruling judge(ServiceCheck.ServiceAnswers spec, Case subject) {
        return Served.judge(spec.service(), subject, (served, facts) -> judge(spec, served, facts, subject));
    }

    private static Ruling judge(ServiceCheck.ServiceAnswers spec, Served served, ServiceFacts facts, Case subject) {
        QualityMetric metric = spec.metric();
        int rows = facts.answers().size();
        int without = ServiceAnswers.without(facts);
        Double value = facts.measured().get(metric.word());
        if (value == null) {
            return served.lost(Points.ZERO, unmeasured(served, facts, metric, without, rows));
        }
        String seen = HiddenScoreRule.capital(metric.title()) + " is "
                + PlainText.number(HiddenScoreRule.shown(metric, value)) + " on " + PlainText.count(rows, "row")
                + " that were drawn for this grading"
                + (without == 0
                        ? ""
                        : " (" + without + " had no prediction, the first of them: "
                                + ServiceAnswers.firstWithout(facts).orElse("") + ")");
        OtherLabels labels = OtherLabels.of(facts.unclear(), metric);
        return HiddenScoreRule.tier(
                metric,
                spec.tiers(),
                value,
                seen,
                new HiddenScoreRule.Better(labels.words(), labels.advice(ADVICE)),
                subject);
    }

    private static Sentence unmeasured(Served served, ServiceFacts facts, QualityMetric metric, int without, int rows) {
        if (!facts.unclear().isEmpty()) {
            return Sentence.of(
                    served.named() + " gives answers that are no predictions: " + PlainText.line(facts.unclear(), 300)
                            + ".",
                    "Answer with the label, or the number, as the training data has it.");
        }
        if (without > 0) {
            return Sentence.of(
                    served.named() + " gave no prediction for " + without + " of " + PlainText.count(rows, "row")
                            + ", the first of them: "
                            + ServiceAnswers.firstWithout(facts).orElse("") + ".",
                    answerAll(facts));
        }
        return Sentence.of(
                served.named() + " says nothing of how likely each label is, so " + metric.title()
                        + " cannot be measured.",
                "Answer with the probability of each label: in a list, in the order of the sorted labels, or in an object by their names.");
    }

    private static String answerAll(ServiceFacts facts) {
        if (facts.answers().stream().anyMatch(answer -> FORBIDDEN.contains(answer.status()))) {
            return "Let it answer whoever asks: nobody who grades has a key or a password.";
        }
        if (facts.answers().stream().anyMatch(answer -> answer.failure() == ServiceFacts.Failure.LATE)) {
            return "Load the model when the service starts, not with the first request, and let each answer take less than "
                    + ServiceFacts.PATIENCE_SECONDS + " s.";
        }
        return "Ask the service with curl for a row of your test split, in the form that the handout gives, and read what it"
                + " prints then.";
    }
}
