package org.labharness.pipeline.serve;

import java.util.List;
import java.util.Map;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.ServiceFacts;

/** What is known so far; whatever was not found out says so. */
final class ServiceFactsBuilder {
    private final String service;
    private final long seed;
    private final long started;
    String command = "";
    String error = "";
    int exit = -1;
    List<LimitHit> limits = List.of();
    int port;
    List<Integer> listening = List.of();
    int status;
    double readySeconds;
    List<Integer> rows = List.of();
    List<ServiceFacts.Answer> answers = List.of();
    Map<String, Double> measured = Map.of();
    String unclear = "";
    List<ServiceFacts.ContractFacts> contracts = List.of();
    List<ServiceFacts.Refusal> refusals = List.of();
    List<ServiceFacts.LoadFacts> loads = List.of();
    List<ServiceFacts.VersionFacts> versions = List.of();
    List<ServiceFacts.CounterFacts> counters = List.of();
    String staff = "";

    /** @param started by the clock of {@link System#nanoTime} */
    ServiceFactsBuilder(String service, long seed, long started) {
        this.service = service;
        this.seed = seed;
        this.started = started;
    }

    ServiceFacts ended(ServiceFacts.Outcome outcome, String detail) {
        return new ServiceFacts(
                service,
                command,
                outcome,
                detail,
                error,
                exit,
                limits,
                port,
                listening,
                status,
                readySeconds,
                seed,
                rows,
                answers,
                measured,
                unclear,
                contracts,
                refusals,
                loads,
                versions,
                counters,
                staff,
                Math.round((System.nanoTime() - started) / 1e7) / 100.0);
    }
}
