package org.labharness.autograder.check;

import org.labharness.lab.Service;
import org.labharness.lab.ServiceCheck;
import org.labharness.pipeline.evidence.ServiceFacts;

/** {@code service-ready}: the service starts, and answers at its port in time. */
final class ServiceReadyRule {
    private ServiceReadyRule() {}

    static Ruling judge(ServiceCheck.ServiceReady spec, Case subject) {
        return Served.judge(spec.service(), subject, (served, facts) -> judge(spec, served, facts, subject));
    }

    private static Ruling judge(ServiceCheck.ServiceReady spec, Served served, ServiceFacts facts, Case subject) {
        int port = spec.service().port();
        if (facts.port() == port) {
            return Ruling.full(served.named() + " answers at port " + port + ".");
        }
        boolean model = spec.service().start() instanceof Service.Model;
        return Ruling.part(
                subject.full().part(1, 2),
                Sentence.of(
                        served.named() + " answers at port " + facts.port() + ", and port " + port
                                + " was asked for; the other checks asked it where it is.",
                        model
                                ? "Look for what starts another server beside mlflow models serve."
                                : "Let it listen at port " + port
                                        + ", or take the port from its command line or an environment" + " variable."));
    }
}
