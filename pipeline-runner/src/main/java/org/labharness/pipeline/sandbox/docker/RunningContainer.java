package org.labharness.pipeline.sandbox.docker;

import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Sign;
import org.labharness.pipeline.sandbox.Standby;
import org.labharness.pipeline.sandbox.Whose;

/**
 * One container from creation to removal, on a thread of its own. The init inside enforces the deadline; the engine is asked to kill
 * only where the init does not do it in time.
 */
final class RunningContainer implements Execution, Standby {
    private static final Duration KILL_GRACE = Duration.ofSeconds(5);
    private static final Duration DEADLINE_GRACE = Duration.ofSeconds(10);
    private static final Duration ENGINE_GRACE = Duration.ofSeconds(30);

    /** Starting containers takes the engine's processor time: those that were asked for first are not to wait for the rest. */
    private static final Semaphore STARTS =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    private final Engine engine;
    private final ContainerMaker maker;
    private final ContainerCommand command;
    private final Placement placement;
    private final DiskGauge disk;
    private final HeldInput input = new HeldInput();
    private final OutputTap output;
    private final CompletableFuture<String> started = new CompletableFuture<>();
    private final CompletableFuture<ExecutionResult> ended = new CompletableFuture<>();
    /** Told after the end of student code is. */
    private final CompletableFuture<ExecutionResult> result = ended.whenComplete((end, problem) -> theirsEnds());

    private final AtomicBoolean theirs = new AtomicBoolean();
    private final CompletableFuture<Void> removed = new CompletableFuture<>();
    private final AtomicBoolean ordered = new AtomicBoolean();
    private Set<RunningContainer> alive = Set.of();
    private volatile @Nullable String id;
    private volatile boolean killed;
    private volatile boolean overTime;

    RunningContainer(
            Engine engine, ContainerMaker maker, ContainerCommand command, Placement placement, DiskGauge disk) {
        this.engine = engine;
        this.maker = maker;
        this.command = command;
        this.placement = placement;
        this.disk = disk;
        output = new OutputTap(
                command.caps().output().bytes(),
                input.word(),
                command.output(),
                this::end,
                () -> placement.heard().accept(Sign.WORKS));
    }

    /**
     * Starts the thread.
     *
     * @param alive holds it for as long as its container may exist
     */
    RunningContainer begin(Set<RunningContainer> alive) {
        this.alive = alive;
        alive.add(this);
        Thread.ofPlatform().daemon().name("container-" + command.role()).start(this::run);
        return this;
    }

    @Override
    public Execution run(List<String> argv, Map<String, String> environment, String workingDirectory) {
        if (!ordered.compareAndSet(false, true)) {
            throw new IllegalStateException("this container has its command already");
        }
        if (command.whose() == Whose.THEIRS) {
            placement.heard().accept(Sign.THEIRS_BEGINS);
            theirs.set(true);
            if (ended.isDone()) {
                theirsEnds();
            }
        }
        input.order(argv, environment, workingDirectory);
        return this;
    }

    private void theirsEnds() {
        if (theirs.compareAndSet(true, false)) {
            placement.heard().accept(Sign.THEIRS_ENDS);
        }
    }

    @Override
    public void close() {
        if (ordered.compareAndSet(false, true)) {
            kill();
        }
    }

    /** Completes with the container's id when its init runs. */
    CompletableFuture<String> started() {
        return started;
    }

    @Override
    public CompletableFuture<ExecutionResult> result() {
        return result.copy();
    }

    /** Completes when nothing is left of the container, whatever came of it. */
    CompletableFuture<Void> removed() {
        return removed.copy();
    }

    @Override
    public void kill() {
        killed = true;
        end();
    }

    /** Lets go of the init, which then ends everything; asks the engine where that takes too long. */
    private void end() {
        if (output.end().isDone()) {
            return;
        }
        input.endContainer();
        CompletableFuture.delayedExecutor(KILL_GRACE.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    String container = id;
                    if (container != null && !ended.isDone()) {
                        engine.kill(container);
                    }
                });
    }

    private void run() {
        try {
            live();
        } catch (SystemBroke e) {
            fail(e);
        } catch (RuntimeException e) {
            // The edge of this thread: whoever waits for the result hears of it.
            fail(new SystemBroke(Breakdown.INTERNAL, "the container for " + command.role() + " failed: " + e, e));
        } finally {
            alive.remove(this);
            removed.complete(null);
        }
    }

    private void fail(SystemBroke problem) {
        started.completeExceptionally(problem);
        ended.completeExceptionally(problem);
    }

    /** The result is told as soon as the engine says that nothing runs any more; removing what is left takes as long again. */
    private void live() {
        try {
            String container = startInTurn();
            awaitEnd(container);
            Outcome outcome =
                    new Outcome(command, stateOf(container), output, killed, overTime, disk, placement.maxFileBytes());
            if (outcome.fromOutside()) {
                throw new SystemBroke(
                        Breakdown.INTERNAL,
                        "the container for " + command.role() + " was ended from outside, by the engine or by somebody"
                                + " of this machine (exit code "
                                + outcome.result().exit() + ")");
            }
            ended.complete(outcome.result());
        } finally {
            String made = id;
            if (made != null) {
                input.close();
                engine.remove(made);
            }
        }
    }

    private String startInTurn() {
        STARTS.acquireUninterruptibly();
        try {
            String container = maker.create(command, placement);
            id = container;
            start(container);
            return container;
        } finally {
            STARTS.release();
        }
    }

    private void start(String container) {
        engine.call(
                "attach to container " + container,
                () -> engine.streams()
                        .attachContainerCmd(container)
                        .withStdIn(input)
                        .withStdOut(true)
                        .withStdErr(true)
                        .withFollowStream(true)
                        .exec(output));
        engine.call(
                "start the container for " + command.role(),
                () -> engine.calls().startContainerCmd(container).exec());
        started.complete(container);
    }

    private void awaitEnd(String container) {
        if (!outputEnds(command.caps().time().plus(DEADLINE_GRACE))) {
            overTime = true;
            engine.kill(container);
            if (!outputEnds(ENGINE_GRACE)) {
                throw new SystemBroke(
                        Breakdown.TIMED_OUT,
                        "the container engine did not end container " + container + " within "
                                + ENGINE_GRACE.toSeconds() + " s");
            }
        }
        engine.call(
                "wait for container " + container,
                () -> engine.streams()
                        .waitContainerCmd(container)
                        .exec(new WaitContainerResultCallback())
                        .awaitStatusCode(ENGINE_GRACE.toSeconds(), TimeUnit.SECONDS));
    }

    private boolean outputEnds(Duration within) {
        try {
            output.end().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new SystemBroke(
                    Breakdown.ENGINE_FAILED,
                    "the output of the container for " + command.role() + " broke off: " + e.getCause(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "waiting for a container was interrupted", e);
        }
    }

    private ContainerState stateOf(String container) {
        return engine.call(
                "inspect container " + container,
                () -> engine.calls().inspectContainerCmd(container).exec().getState());
    }
}
