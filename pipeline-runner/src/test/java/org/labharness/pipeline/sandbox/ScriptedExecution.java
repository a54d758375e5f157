package org.labharness.pipeline.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.LogCollector;

/** A command of the {@link ScriptedSandbox}. */
final class ScriptedExecution implements Execution {
    private static final int KILLED = 137;
    private final ContainerCommand command;
    private final Supplier<ScriptedAnswer> script;
    private final Runnable ended;
    private final CountDownLatch killed = new CountDownLatch(1);
    private final CompletableFuture<ExecutionResult> result = new CompletableFuture<>();

    /** @param ended called before anybody learns the result */
    ScriptedExecution(ContainerCommand command, Supplier<ScriptedAnswer> script, Runnable ended) {
        this.command = command;
        this.script = script;
        this.ended = ended;
    }

    ScriptedExecution begin() {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                ExecutionResult run = run();
                ended.run();
                result.complete(run);
            } catch (RuntimeException e) {
                // The edge of this thread: a script that fails stands for an engine that fails.
                ended.run();
                result.completeExceptionally(
                        e instanceof SystemBroke
                                ? e
                                : new SystemBroke(Breakdown.INTERNAL, "the script failed: " + e, e));
            }
        });
        return this;
    }

    private ExecutionResult run() {
        ScriptedAnswer answer = script.get();
        List<LimitHit> limits = new ArrayList<>(answer.limits());
        LogCollector log = new LogCollector();
        byte[] output = answer.output().getBytes(StandardCharsets.UTF_8);
        int cap = Math.toIntExact(command.caps().output().bytes());
        byte[] taken = Arrays.copyOf(output, Math.min(output.length, cap));
        log.add(taken);
        command.output().accept(taken);
        boolean over = output.length > cap;
        if (over) {
            limits.add(new LimitHit(
                    LimitHit.Name.OUTPUT,
                    command.caps().output().toString(),
                    "more than " + command.caps().output()));
        }
        boolean ends = answer.ends() || over;
        Duration time = command.caps().time();
        boolean stopped = !ends && wasKilledWithin(time);
        if (!ends && !stopped) {
            limits.add(new LimitHit(LimitHit.Name.TIME, time.toSeconds() + " s", time.toSeconds() + " s"));
        }
        int exit = answer.ends() && !over ? answer.exit() : KILLED;
        Duration wall = ends || stopped ? ScriptedAnswer.WALL : time;
        return new ExecutionResult(exit, wall, answer.peakMemoryBytes(), limits, log.excerpt(), stopped);
    }

    private boolean wasKilledWithin(Duration time) {
        try {
            return killed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public CompletableFuture<ExecutionResult> result() {
        return result.copy();
    }

    @Override
    public void kill() {
        killed.countDown();
    }
}
