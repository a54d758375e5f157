package org.labharness.autograder.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Points;
import org.labharness.lab.ServiceCheck;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.ServiceFacts.LoadFacts;

/** {@code service-load}: many requests at once are answered, in time. */
final class ServiceLoadRule {
    private static final double MILLIS = 1000;

    private ServiceLoadRule() {}

    static Ruling judge(ServiceCheck.ServiceLoad spec, Case subject) {
        return Served.judge(spec.service(), subject, (served, facts) -> judge(spec, served, facts, subject));
    }

    private static Ruling judge(ServiceCheck.ServiceLoad spec, Served served, ServiceFacts facts, Case subject) {
        Optional<LoadFacts> found = facts.loads().stream()
                .filter(load -> load.requests() == spec.requests() && load.concurrent() == spec.concurrent())
                .findFirst();
        if (found.isEmpty()) {
            return Ruling.ours(served.named() + " was not asked by many at once.");
        }
        return judge(spec, found.get(), served, subject);
    }

    private static Ruling judge(ServiceCheck.ServiceLoad spec, LoadFacts load, Served served, Case subject) {
        String asked = PlainText.count(load.requests(), "request") + ", " + load.concurrent() + " at once";
        List<String> faults = new ArrayList<>();
        if (load.errors() > spec.errors()) {
            faults.add(load.errors() + " had no right answer (the first: " + PlainText.line(load.firstError(), 100)
                    + "), and " + (spec.errors() == 0 ? "none" : "at most " + spec.errors()) + " may");
        }
        @Nullable BigDecimal most = spec.seconds();
        @Nullable Double slow = load.millis().get("p95");
        if (most != null && slow != null && slow > most.doubleValue() * MILLIS) {
            faults.add("95 of 100 answers took up to " + PlainText.number(Math.ceil(slow / 10) / 100) + " s"
                    + (load.rounds() == 1 ? "" : " in the best of " + load.rounds() + " rounds") + ", and "
                    + most.toPlainString() + " s are allowed");
        }
        if (faults.isEmpty()) {
            return Ruling.full("Of " + asked + ", "
                    + (load.errors() == 0 ? "each is answered" : load.requests() - load.errors() + " are answered")
                    + (most == null ? "." : " in time."));
        }
        boolean half = most != null && faults.size() == 1 && slow != null && 2 * load.errors() <= load.requests();
        return served.lost(
                half ? subject.full().part(1, 2) : Points.ZERO,
                Sentence.of(
                        "Of " + asked + ": " + String.join("; ", faults) + ".",
                        (load.errors() > spec.errors() ? "Send it many requests at once and read its answers. " : "")
                                + "Load the model once, when the service starts, not with every request; let a server with several workers"
                                + " or threads answer, not one that takes a request at a time."));
    }
}
