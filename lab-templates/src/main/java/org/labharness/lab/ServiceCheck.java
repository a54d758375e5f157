package org.labharness.lab;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks of what a service does while it runs. The YAML name of each stands in its first sentence. */
public sealed interface ServiceCheck extends CheckSpec {
    @Override
    default Family family() {
        return Family.SERVICE;
    }

    /** Checks of a service that the lab describes below {@code services}. */
    sealed interface OfService extends ServiceCheck {
        Service service();

        @Override
        default Set<EvidenceRequest> needs() {
            Set<EvidenceRequest> needs = new HashSet<>(Set.of(
                    new EvidenceRequest.PipelineRun(),
                    new EvidenceRequest.Serving(service().id())));
            if (!(service().start() instanceof Service.Model model)
                    || model.reference().tracked()) {
                needs.add(new EvidenceRequest.Tracking());
            }
            return needs;
        }
    }

    /** {@code service-ready}: the service starts, and answers at its port in time. */
    record ServiceReady(Service service) implements OfService {}

    /**
     * {@code service-contract}: answers have the form that was agreed on.
     *
     * @param schema JSON Schema of the lab for answers; null: the service's own OpenAPI
     * @param openapi path at which the service gives that
     */
    record ServiceContract(Service service, @Nullable String schema, String openapi) implements OfService {
        @Override
        public List<String> labFiles() {
            return schema == null ? List.of() : List.of(schema);
        }
    }

    /** {@code service-answers}: the service's predictions of rows that nobody has seen are good. */
    record ServiceAnswers(Service service, QualityMetric metric, SortedMap<BigDecimal, Points> tiers)
            implements OfService {
        public ServiceAnswers {
            Comparator<BigDecimal> best =
                    metric.higherIsBetter() ? Comparator.reverseOrder() : Comparator.naturalOrder();
            SortedMap<BigDecimal, Points> copy = new TreeMap<>(best);
            copy.putAll(tiers);
            tiers = Collections.unmodifiableSortedMap(copy);
        }
    }

    /**
     * {@code service-agrees}: the service says what the model says that it should serve.
     *
     * @param tolerance largest difference of a number
     */
    record ServiceAgrees(Service service, ModelReference model, BigDecimal tolerance) implements OfService {
        @Override
        public Set<EvidenceRequest> needs() {
            Set<EvidenceRequest> needs = new HashSet<>(OfService.super.needs());
            needs.add(new EvidenceRequest.Predictions(
                    model,
                    new TestRows.Hidden(
                            Objects.requireNonNull(service.question()).data())));
            if (model.tracked()) {
                needs.add(new EvidenceRequest.Tracking());
            }
            return needs;
        }
    }

    /** {@code service-refuses}: wrong requests are answered with 4xx, and the service lives on. */
    record ServiceRefuses(Service service, List<WrongRequest> cases) implements OfService {
        public ServiceRefuses {
            cases = List.copyOf(cases);
        }
    }

    /**
     * {@code service-load}: many requests at once are answered, in time.
     *
     * @param requests how many in all
     * @param concurrent how many at once
     * @param seconds within which 95 of 100 must have their answer; null: any time will do
     * @param errors how many may have none
     */
    record ServiceLoad(
            Service service,
            int requests,
            int concurrent,
            @Nullable BigDecimal seconds,
            int errors) implements OfService {}

    /**
     * {@code service-version}: the service tells which version of a model it serves, and serves another one when that is told to.
     *
     * @param path that answers a GET with the version
     * @param field dotted path to the version in the answer
     * @param model whose version is served
     */
    record ServiceVersion(Service service, String path, String field, ModelReference.Registered model)
            implements OfService {}

    /**
     * {@code service-metrics}: the service counts its requests for Prometheus.
     *
     * @param path of the exposition
     * @param counters names of counters that must grow by at least one for each request; empty: any one
     */
    record ServiceMetrics(Service service, String path, List<String> counters) implements OfService {
        public ServiceMetrics {
            counters = List.copyOf(counters);
        }
    }

    /**
     * {@code client-follows}: a client asks the service that its configuration names, wherever that is.
     *
     * @param command a command line of the shell; in it and in {@code variables} <code>{endpoint}</code> stands for the service's address
     * @param port at which the client itself listens, where it is a server; 0: it does its work and ends
     * @param trigger what makes a client that is a server ask the service
     * @param calls path that it has to ask for; empty: any
     * @param answer JSON that it is answered
     * @param shows text of the answer that the client must show in what it prints or answers; empty: it need not
     */
    record ClientFollows(
            String command,
            Map<String, String> variables,
            int port,
            @Nullable Trigger trigger,
            String calls,
            String answer,
            String shows)
            implements ServiceCheck {
        public ClientFollows {
            variables = Map.copyOf(variables);
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.PipelineRun(), new EvidenceRequest.Client(this));
        }
    }

    /** @param body JSON; empty for none */
    record Trigger(String method, String path, String body) {}

    /** A request that no service should take. */
    enum WrongRequest {
        /** A text where a number belongs, or an object where a text does. */
        WRONG_TYPE,
        MISSING_FIELD,
        EMPTY,
        /** Megabytes where a few characters belong. */
        HUGE,
        NOT_JSON;

        /** As lab.yaml writes it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
