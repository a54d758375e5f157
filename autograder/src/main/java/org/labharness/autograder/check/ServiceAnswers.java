package org.labharness.autograder.check;

import java.util.Optional;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.ServiceFacts.Answer;

/** What the answers of a service look like, in words that tell no row. */
final class ServiceAnswers {
    private ServiceAnswers() {}

    /** The first request without a prediction, as the end of a sentence; empty where each has one. */
    static Optional<String> firstWithout(ServiceFacts facts) {
        return facts.answers().stream()
                .filter(answer -> answer.prediction().isEmpty())
                .findFirst()
                .map(ServiceAnswers::words);
    }

    static int without(ServiceFacts facts) {
        return (int) facts.answers().stream()
                .filter(answer -> answer.prediction().isEmpty())
                .count();
    }

    private static String words(Answer answer) {
        return answer.problem().isEmpty()
                ? ServiceFacts.words(answer.status(), answer.failure())
                : PlainText.line(answer.problem(), 200);
    }
}
