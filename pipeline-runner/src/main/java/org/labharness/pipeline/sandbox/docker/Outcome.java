package org.labharness.pipeline.sandbox.docker;

import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Memory;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.ExecutionResult;

/**
 * Puts together how a command ended, from what the engine says and what the container's init reports. Where the init could not report,
 * because it was killed with all the rest, the engine's word stands alone.
 */
record Outcome(
        ContainerCommand command,
        ContainerState state,
        OutputTap output,
        boolean killed,
        boolean overTime,
        DiskGauge disk,
        long maxFileBytes) {
    private static final int KILLED = 137;
    private static final int FILE_TOO_LARGE = 128 + 25;

    /**
     * Whether neither the command nor the harness ended it: nothing inside can end the init, which reports whatever else happens. An engine
     * that is restarted ends all containers so.
     */
    boolean fromOutside() {
        return output.report().isEmpty()
                && !killed
                && !overTime
                && !output.wentOver()
                && !Boolean.TRUE.equals(state.getOOMKilled());
    }

    ExecutionResult result() {
        Optional<InitReport> report = output.report();
        long peak = report.map(InitReport::peakBytes).orElse(0L);
        return new ExecutionResult(exit(report), wall(report), peak, limits(report), output.log(), killed);
    }

    private int exit(Optional<InitReport> report) {
        if (report.isEmpty()) {
            Long code = state.getExitCodeLong();
            return code == null || killed ? KILLED : code.intValue();
        }
        return switch (report.get().reason()) {
            case EXIT -> report.get().code();
            case DEADLINE, IDLE, HELD -> KILLED;
        };
    }

    private Duration wall(Optional<InitReport> report) {
        return report.map(InitReport::wall).orElseGet(this::wallOfContainer);
    }

    private Duration wallOfContainer() {
        Instant start = time(state.getStartedAt());
        Instant end = time(state.getFinishedAt());
        return start == null || end == null || end.isBefore(start) ? Duration.ZERO : Duration.between(start, end);
    }

    private static @Nullable Instant time(@Nullable String text) {
        return text == null || text.startsWith("0001-") ? null : Instant.parse(text);
    }

    private List<LimitHit> limits(Optional<InitReport> report) {
        ContainerCommand.Caps caps = command.caps();
        List<LimitHit> hits = new ArrayList<>();
        if (overTime || ended(report, InitReport.Reason.DEADLINE)) {
            hits.add(new LimitHit(LimitHit.Name.TIME, seconds(caps.time()), seconds(wall(report))));
        }
        if (ended(report, InitReport.Reason.IDLE)) {
            String idle = seconds(caps.idle());
            hits.add(new LimitHit(LimitHit.Name.IDLE, idle, idle));
        }
        // Before memory: the memory of too many processes is a consequence of theirs.
        if (report.filter(it -> it.refusedForks() > 0).isPresent()) {
            hits.add(new LimitHit(
                    LimitHit.Name.PROCESSES, Integer.toString(caps.processes()), "more than " + caps.processes()));
        }
        if (Boolean.TRUE.equals(state.getOOMKilled())
                || report.filter(it -> it.oomKills() > 0).isPresent()) {
            hits.add(new LimitHit(LimitHit.Name.MEMORY, caps.memory().toString(), "more than " + caps.memory()));
        }
        disk.hit().or(() -> fileTooLarge(report)).ifPresent(hits::add);
        if (output.wentOver()) {
            Memory cap = caps.output();
            hits.add(new LimitHit(LimitHit.Name.OUTPUT, cap.toString(), "more than " + cap));
        }
        return hits;
    }

    /** The signal of a process that writes beyond the largest file it may. */
    private Optional<LimitHit> fileTooLarge(Optional<InitReport> report) {
        return maxFileBytes > 0 && exit(report) == FILE_TOO_LARGE
                ? Optional.of(new LimitHit(
                        LimitHit.Name.DISK,
                        new Memory(maxFileBytes).toString(),
                        "a file of more than " + new Memory(maxFileBytes)))
                : Optional.empty();
    }

    private static boolean ended(Optional<InitReport> report, InitReport.Reason reason) {
        return report.filter(it -> it.reason() == reason).isPresent();
    }

    private static String seconds(Duration duration) {
        double seconds = duration.toMillis() / 1000.0;
        return seconds == Math.rint(seconds) ? (long) seconds + " s" : String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
