package org.labharness.pipeline.run;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Limits;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.Standby;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.sandbox.Whose;
import org.labharness.pipeline.tracking.TrackingServers;

/** Runs each command of the student's in a container of its own, all of them under one deadline. */
final class StageRunner {
    /** DVC takes the user's own shell, which is hardly ever the bare {@code sh} of Debian. */
    private static final List<String> SHELL = List.of("/bin/bash", "--noprofile", "--norc", "-c");

    /** Stages find in {@code /tmp} what those before them left there, as on their author's machine. */
    private static final Memory ON_DISK = Memory.mebibytes(0);

    private static final Duration LEAST_IDLE = Duration.ofMinutes(2);
    private static final int KILLED = 137;
    /** A file system with less left than this is full. */
    private static final long FULL = 256 << 10;

    private final SubmissionSpace space;
    private final String image;
    private final List<Mount> mounts;
    private final Map<String, String> variables;
    private final Limits limits;
    private final Deadline deadline;
    private volatile @Nullable Execution current;
    private @Nullable Standby ready;
    private volatile boolean stopped;

    StageRunner(
            SubmissionSpace space,
            String image,
            List<Mount> mounts,
            Map<String, String> variables,
            Limits limits,
            Deadline deadline) {
        this.space = space;
        this.image = image;
        this.mounts = List.copyOf(mounts);
        this.variables = Map.copyOf(variables);
        this.limits = limits;
        this.deadline = deadline;
    }

    Deadline deadline() {
        return deadline;
    }

    /** Makes the container of the next command beside whatever goes on; returns at once. */
    synchronized void prepare() {
        if (ready == null && !stopped) {
            ready = space.standBy(container());
        }
    }

    private synchronized Standby take() {
        Standby mine = ready == null ? space.standBy(container()) : ready;
        ready = null;
        return mine;
    }

    /**
     * Runs a shell command and waits for its end.
     *
     * @param directory absolute, below {@code /work}; anything else is taken as {@code /work}
     * @param extra variables of this command beside those of every command
     * @param last whether no other command is expected
     */
    ExecutionResult run(String directory, String command, Map<String, String> extra, boolean last) {
        if (deadline.over() || stopped) {
            List<LimitHit> hits = deadline.over() ? deadline.hit() : List.of();
            return new ExecutionResult(KILLED, Duration.ZERO, 0, hits, LogExcerpt.EMPTY, true);
        }
        Instant started = Instant.now();
        List<String> words = new ArrayList<>(SHELL);
        words.add(command);
        Execution execution = take().run(words, extra, inside(directory) ? directory : "/work");
        current = execution;
        if (!last) {
            prepare();
        }
        if (stopped) {
            execution.kill();
        }
        return inWordsOfTheRun(execution.await(deadline.remaining(), "A stage's container"), started);
    }

    /** Lets go of what was prepared and not used. */
    synchronized void finish() {
        Standby unused = ready;
        ready = null;
        if (unused != null) {
            unused.close();
        }
    }

    /** Ends the command that runs; later ones do not start. */
    void stop() {
        stopped = true;
        Execution running = current;
        if (running != null) {
            running.kill();
        }
    }

    private ContainerCommand container() {
        return new ContainerCommand(
                image,
                "stage",
                Whose.THEIRS,
                List.of(),
                variables,
                mounts,
                true,
                "/work",
                Network.SUBMISSION,
                space.layout().uid(),
                new ContainerCommand.Caps(
                        deadline.remaining(),
                        limits.memory(),
                        limits.processes(),
                        limits.cpus(),
                        ON_DISK,
                        limits.output(),
                        idle(limits.time())),
                chunk -> {});
    }

    /**
     * Half of the run's time, at least two minutes, which is more than a tracking server that is late keeps anybody waiting: who computes nothing for so long waits for something that never comes, a server that
     * nobody started, say. Never where that would be no earlier than the deadline.
     */
    static Duration idle(Duration time) {
        Duration half = time.dividedBy(2);
        Duration idle = half.compareTo(LEAST_IDLE) < 0 ? LEAST_IDLE : half;
        return idle.compareTo(time) < 0 ? idle : Duration.ZERO;
    }

    private static boolean inside(String directory) {
        return (directory.equals("/work") || directory.startsWith("/work/"))
                && !List.of(directory.split("/", -1)).contains("..");
    }

    /**
     * Limits in the words of the whole run: its time, of which the container was given what was left, and its disk. A failed command
     * that leaves its file system full, or whose tracking server found it so, has hit the disk's limit: the engine knows nothing of it.
     */
    private ExecutionResult inWordsOfTheRun(ExecutionResult result, Instant started) {
        List<LimitHit> hits = new ArrayList<>();
        for (LimitHit hit : result.limits()) {
            hits.addAll(hit.name() == LimitHit.Name.TIME ? deadline.hit() : List.of(hit));
        }
        if (result.exit() != 0 && hits.stream().noneMatch(hit -> hit.name() == LimitHit.Name.DISK)) {
            diskFull(started).ifPresent(hits::add);
        }
        return new ExecutionResult(
                result.exit(), result.wall(), result.peakMemoryBytes(), hits, result.log(), result.killed());
    }

    /** The disk's limit where the work tree's file system is full, or was so lately for a file sent to the tracking server. */
    private Optional<LimitHit> diskFull(Instant since) {
        try {
            FileStore store = Files.getFileStore(space.layout().work());
            if (store.getUsableSpace() > FULL && !TrackingServers.hadNoRoom(space.layout(), since)) {
                return Optional.empty();
            }
            String size = limits.disk().toString();
            return Optional.of(new LimitHit(LimitHit.Name.DISK, size, "all of " + size));
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "The work tree's file system cannot be asked for its space", e);
        }
    }
}
