package org.labharness.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Check;
import org.labharness.lab.EvidenceRequest;
import org.labharness.lab.Intervention;
import org.labharness.lab.InterventionCheck;
import org.labharness.lab.Lab;
import org.labharness.lab.ServiceCheck;
import org.labharness.lab.TestRows;
import org.labharness.pipeline.collect.dvc.OwnRemote;

/**
 * What to find out about one submission.
 *
 * @param name for labels and progress, such as a student's id
 * @param received when the harness got it, by the harness's clock
 * @param own the DVC remote that the harness keeps for whoever handed it in; null: there is none
 */
public record RunPlan(
        String name,
        Source source,
        Lab lab,
        Instant received,
        @Nullable OwnRemote own) {
    /** Of somebody for whom no remote is kept. */
    public RunPlan(String name, Source source, Lab lab, Instant received) {
        this(name, source, lab, received, null);
    }

    /** What the lab's checks need, each request once. */
    Set<EvidenceRequest> requests() {
        return lab.checks().stream()
                .flatMap(check -> check.spec().needs().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The changes that checks ask for, each once, in the order of the checks. */
    List<Intervention> interventions() {
        return lab.checks().stream()
                .map(Check::spec)
                .filter(InterventionCheck.class::isInstance)
                .flatMap(spec -> ((InterventionCheck) spec).interventions().stream())
                .distinct()
                .toList();
    }

    /** What checks ask of services and clients, in their order. */
    List<ServiceCheck> services() {
        return lab.checks().stream()
                .map(Check::spec)
                .filter(ServiceCheck.class::isInstance)
                .map(ServiceCheck.class::cast)
                .toList();
    }

    /** Paths whose content checks ask about. */
    List<String> contents() {
        return requests().stream()
                .filter(EvidenceRequest.Content.class::isInstance)
                .map(request -> ((EvidenceRequest.Content) request).path())
                .sorted()
                .toList();
    }

    /** What models are to predict, in an order of their own. */
    List<EvidenceRequest.Predictions> predictions() {
        return lab.checks().stream()
                .flatMap(check -> check.spec().needs().stream())
                .filter(EvidenceRequest.Predictions.class::isInstance)
                .map(EvidenceRequest.Predictions.class::cast)
                .distinct()
                .toList();
    }

    /** What models are to predict once more after a change. */
    List<EvidenceRequest.Predictions> predictionsAfter(Intervention change) {
        return predictions().stream()
                .filter(request -> change instanceof Intervention.CanariesPlanted planted
                        && request.rows() instanceof TestRows.Canaries canaries
                        && canaries.data().equals(planted.data())
                        && canaries.file().equals(planted.rows()))
                .toList();
    }

    /** The name as labels allow it: letters, digits and hyphens. */
    String label() {
        String plain = name.replaceAll("[^A-Za-z0-9]+", "-");
        return plain.substring(0, Math.min(40, plain.length()));
    }

    boolean needs(EvidenceRequest request) {
        return requests().contains(request);
    }

    /** The day after which no package version counts: received, or the day after the commit, or the lab's opening day where that is later. */
    Instant packagesAsOf(Instant commitTime) {
        Instant nextDay = commitTime.plus(Duration.ofDays(1));
        LocalDate opens = lab.opens();
        Instant opening =
                opens == null ? nextDay : opens.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant cap = opening.isAfter(nextDay) ? opening : nextDay;
        return cap.isBefore(received) ? cap : received;
    }
}
