package org.labharness.pipeline.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.labharness.lab.ServiceCheck;
import org.labharness.pipeline.evidence.ClientFacts;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.predict.Predictions;
import org.labharness.pipeline.probe.Prober;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.LoopbackPort;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.tracking.TrackingServers;

/** Starts services and clients of submissions and finds out what they do. One per harness; safe for use by several threads. */
public final class Services {
    private final Sandbox sandbox;
    private final Images images;
    private final TrackingServers servers;
    private final Predictions predictions;
    private final Prober prober;

    public Services(Sandbox sandbox, Images images, TrackingServers servers, Predictions predictions, Prober prober) {
        this.sandbox = sandbox;
        this.images = images;
        this.servers = servers;
        this.predictions = predictions;
        this.prober = prober;
    }

    /**
     * What the services and clients that a lab asks about did.
     *
     * @param clients in the order of the checks
     */
    public record Observed(List<ServiceFacts> services, List<ClientFacts> clients) {
        public Observed {
            services = List.copyOf(services);
            clients = List.copyOf(clients);
        }
    }

    /**
     * Starts and asks them, one after the other.
     *
     * @param subject in whose space nothing runs
     * @param commit that is graded: each is asked about rows of its own, the same ones every time
     * @param answered loopback ports that lead to its tracking server; none: it has none
     */
    public Observed observe(
            Predictions.Subject subject,
            String commit,
            List<ServiceCheck> checks,
            Set<LoopbackPort> answered,
            Consumer<String> note) {
        List<ServiceFacts> services = new ArrayList<>();
        for (ServicePlan plan : ServicePlan.of(checks)) {
            String id = plan.service().id();
            long seed = predictions.seed("service " + subject.lab().id() + " " + id + " " + commit);
            try (ServingSpace space =
                    open(subject, answered, Set.of(plan.service().port()))) {
                services.add(new ServiceRun(subject, plan, space, predictions, prober, seed, note).facts());
            }
        }
        List<ClientFacts> clients = new ArrayList<>();
        for (ServiceCheck check : checks) {
            if (check instanceof ServiceCheck.ClientFollows client) {
                int endpoint = ClientRun.drawnPort(client.port());
                long seed = predictions.seed("client " + subject.lab().id() + " " + client.command() + " " + commit);
                DrawnAnswer drawn = DrawnAnswer.of(client.answer(), client.shows(), new Random(seed));
                try (ServingSpace space = open(subject, answered, Set.of(client.port(), endpoint))) {
                    clients.add(new ClientRun(client, space, prober, endpoint, drawn, note)
                            .facts(subject.lab().limits().time()));
                }
            }
        }
        return new Observed(services, clients);
    }

    private ServingSpace open(Predictions.Subject subject, Set<LoopbackPort> answered, Set<Integer> bound) {
        String image = images.tools(subject.environment().python());
        return ServingSpace.open(sandbox, servers, subject, image, answered, bound);
    }
}
