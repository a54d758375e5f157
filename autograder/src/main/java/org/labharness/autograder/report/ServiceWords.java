package org.labharness.autograder.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.labharness.autograder.check.PlainText;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.ServiceFacts.LoadFacts;

/** A service and what was seen of it, in a line each: nothing that it said itself once it had seen hidden rows. */
final class ServiceWords {
    private ServiceWords() {}

    static String name(ServiceFacts facts) {
        return facts.service() + (facts.command().isEmpty() ? "" : ": " + PlainText.line(facts.command(), 200));
    }

    static String seen(ServiceFacts facts) {
        if (facts.outcome() != ServiceFacts.Outcome.READY) {
            return "never answered";
        }
        List<String> words = new ArrayList<>();
        words.add(String.format(Locale.ROOT, "ready after %.1f s at port %d", facts.readySeconds(), facts.port()));
        if (!facts.answers().isEmpty()) {
            words.add(answered(facts) + " of " + facts.answers().size() + " rows answered");
        }
        for (LoadFacts load : facts.loads()) {
            Double slow = load.millis().get("p95");
            words.add(load.requests() - load.errors() + " of " + load.requests() + " requests answered, "
                    + load.concurrent() + " at once"
                    + (slow == null ? "" : String.format(Locale.ROOT, ", 95 of 100 within %.0f ms", slow)));
        }
        return String.join("; ", words);
    }

    static long answered(ServiceFacts facts) {
        return facts.answers().stream()
                .filter(answer -> !answer.prediction().isEmpty())
                .count();
    }

    static String seconds(ServiceFacts facts) {
        return String.format(Locale.ROOT, "%.1f s", facts.seconds());
    }
}
