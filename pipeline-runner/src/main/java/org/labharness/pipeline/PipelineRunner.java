package org.labharness.pipeline;

import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.labharness.lab.Lab;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.checkout.Checkout;
import org.labharness.pipeline.environment.Environments;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.HarnessFacts;
import org.labharness.pipeline.fetch.DataFetch;
import org.labharness.pipeline.predict.Predictions;
import org.labharness.pipeline.probe.ProbeKit;
import org.labharness.pipeline.probe.Prober;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.docker.DockerSandbox;
import org.labharness.pipeline.sandbox.docker.DockerSettings;
import org.labharness.pipeline.serve.Services;
import org.labharness.pipeline.tracking.TrackingServers;

/**
 * Runs submissions and gives their evidence. One per process; safe for use by several threads. {@link #close} ends whatever still runs
 * and removes it.
 */
public final class PipelineRunner implements AutoCloseable {
    private static final String VERSION = "0.1.0";

    private final Sandbox sandbox;
    private final Images images;
    private final TrackingServers tracking;
    private final Environments environments;
    private final Checkout checkout;
    private final DataFetch fetch;
    private final Predictions predictions;
    private final Services services;
    private final Queue<CompletableFuture<Void>> endings = new ConcurrentLinkedQueue<>();

    private PipelineRunner(Sandbox sandbox, Images images, Path home, Map<String, String> variables) {
        this.sandbox = sandbox;
        this.images = images;
        this.tracking = new TrackingServers(sandbox, images.tracking());
        this.environments = new Environments(sandbox, images, home);
        this.checkout = new Checkout(variables, new SteadyClock());
        this.fetch = new DataFetch(variables);
        ProbeKit kit = new ProbeKit(home);
        this.predictions = new Predictions(sandbox, images, home, kit);
        this.services = new Services(
                sandbox, images, tracking, predictions, new Prober(images.tools(PythonVersion.PY311), kit));
    }

    /**
     * Returns at once; what it stands on is prepared beside whatever comes next, and fails at first use.
     *
     * @param home folder for caches and instances
     * @param acceptWeaker whether to go on where this engine or user cannot enforce every limit
     * @param variables the process's environment: credentials, proxies, package index settings
     */
    public static PipelineRunner start(Path home, boolean acceptWeaker, Map<String, String> variables) {
        Images images = Images.load(home);
        Sandbox sandbox = new DockerSandbox(new DockerSettings(home, images, acceptWeaker, variables));
        return new PipelineRunner(sandbox, images, home, variables);
    }

    /** Loads beside whatever comes next what {@link #start} takes longest for; where that fails, {@link #start} tells it. */
    public static void warmUp(Map<String, String> variables) {
        DockerSandbox.warmUp(variables);
    }

    /** How many containers were started and are not removed yet; answered at once. */
    public int containers() {
        return sandbox.containers();
    }

    /** No further submission comes: what they share is removed beside whatever the caller does next. */
    public void noMore() {
        endings.add(Beside.run(tracking::close));
    }

    /**
     * Runs one submission. What it used is removed beside whatever the caller does next, at the latest when this is closed.
     *
     * @throws SubmissionRefused where it cannot be graded for a reason that is the submitter's to mend
     * @throws SystemBroke where the harness or what it stands on failed
     */
    public Evidence run(RunPlan plan, Progress progress) {
        SubmissionRun run = new SubmissionRun(tools(), plan, new Timetable(progress, new SteadyClock()));
        try {
            return run.evidence();
        } finally {
            endings.add(Beside.run(run::close));
        }
    }

    /** The table of a lab's hidden data, which its samples may be made of; nothing of a submission ever sees it. */
    public Path hidden(Lab lab, String data) {
        return predictions.table(lab, data);
    }

    /** What grades with this lab: version, images, the lab's digest. */
    public HarnessFacts harness(Lab lab) {
        return new HarnessFacts(VERSION, images.names(), lab.id().value(), lab.digest());
    }

    private Tools tools() {
        return new Tools(
                sandbox, tracking, environments, checkout, fetch, predictions, services, images, this::harness);
    }

    /** Ends whatever still runs and removes it, also what submissions that were run left to be removed. */
    @Override
    public void close() {
        CompletableFuture<Void> shared = Beside.run(tracking::close);
        try {
            endings.forEach(Beside::result);
            Beside.result(shared);
        } finally {
            sandbox.close();
        }
    }

    /** What every submission's run uses. */
    record Tools(
            Sandbox sandbox,
            TrackingServers tracking,
            Environments environments,
            Checkout checkout,
            DataFetch fetch,
            Predictions predictions,
            Services services,
            Images images,
            Function<Lab, HarnessFacts> harness) {
        String dvcImage() {
            return images.tools(PythonVersion.PY311);
        }
    }
}
