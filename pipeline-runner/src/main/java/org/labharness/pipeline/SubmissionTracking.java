package org.labharness.pipeline;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.collect.mlflow.Snapshot;
import org.labharness.pipeline.collect.mlflow.TrackingCollector;
import org.labharness.pipeline.collect.mlflow.TrackingCollector.Collected;
import org.labharness.pipeline.sandbox.LoopbackPort;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.tracking.TrackingServer;
import org.labharness.pipeline.tracking.TrackingServers;

/** The MLflow side of one submission: its server, where it has one, and what is read of it and of the stores that its code made. */
final class SubmissionTracking implements AutoCloseable {
    private final TrackingServers servers;
    private final SubmissionSpace space;
    private final TrackingCollector collector = new TrackingCollector();
    private volatile @Nullable TrackingServer server;

    SubmissionTracking(TrackingServers servers, SubmissionSpace space) {
        this.servers = servers;
        this.space = space;
    }

    /** Opens the submission's namespace, with a server behind these ports or with none. */
    void open(Set<LoopbackPort> ports, boolean asked) {
        if (asked) {
            server = servers.serve(space.layout());
        }
        space.openNetwork(asked ? ports : Set.of());
    }

    /** What is in the stores of the tree now. */
    Snapshot snapshot() {
        return collector.snapshot(space.layout().work());
    }

    /** What was tracked since; the server is read where anybody ever asked it. */
    Collected collect(Snapshot before) {
        TrackingServer asked = space.wasAsked() ? server : null;
        return collector.collect(space.layout().work(), space.layout().temporary(), before, asked);
    }

    /** Ends the server, so that its data can be put back to what they were. */
    void stop() {
        TrackingServer running = server;
        if (running != null) {
            running.close();
        }
    }

    /** Starts one on the data that lie in the space now, where there was one before. */
    void startAgain() {
        if (server != null) {
            server = servers.serve(space.layout());
        }
    }

    @Override
    public void close() {
        stop();
    }
}
