package org.labharness.pipeline.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.sandbox.ExecutionResult;

/** What a stage's commands did, one after the other: by the engine's word alone. */
final class StageTrace {
    private static final int HEAD = 40;
    private static final int TAIL = 80;

    private final List<ExecutionResult> results = new ArrayList<>();

    /** Why DVC was told that the command failed though it did not; null where it was not. */
    private @Nullable String spoiled;

    /** Whether DVC was told that the command succeeded though it did not. */
    private boolean excused;

    void excuse() {
        excused = true;
    }

    boolean excused() {
        return excused;
    }

    void spoil(String reason) {
        spoiled = reason;
    }

    @Nullable
    String spoiled() {
        return spoiled;
    }

    void add(ExecutionResult result) {
        results.add(result);
    }

    /** How many commands have ended. */
    int commands() {
        return results.size();
    }

    /** Exit code of the first command that failed, else of the last one; empty where none ran. */
    Optional<Integer> exit() {
        return results.stream()
                .map(ExecutionResult::exit)
                .filter(exit -> exit != 0)
                .findFirst()
                .or(() -> results.isEmpty()
                        ? Optional.empty()
                        : Optional.of(results.getLast().exit()));
    }

    double seconds() {
        Duration wall = results.stream().map(ExecutionResult::wall).reduce(Duration.ZERO, Duration::plus);
        return wall.toMillis() / 1000.0;
    }

    long peakMemoryBytes() {
        return results.stream()
                .mapToLong(ExecutionResult::peakMemoryBytes)
                .max()
                .orElse(0);
    }

    List<LimitHit> limits() {
        return results.stream()
                .flatMap(result -> result.limits().stream())
                .distinct()
                .toList();
    }

    LogExcerpt log() {
        if (results.size() == 1) {
            return results.getFirst().log();
        }
        List<LogExcerpt> logs = results.stream().map(ExecutionResult::log).toList();
        List<String> lines = logs.stream()
                .flatMap(log -> Stream.concat(log.head().stream(), log.tail().stream()))
                .toList();
        int head = Math.min(HEAD, lines.size());
        String lastError = logs.reversed().stream()
                .map(LogExcerpt::lastError)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
        return new LogExcerpt(
                lines.subList(0, head),
                lines.subList(Math.max(head, lines.size() - TAIL), lines.size()),
                lastError,
                logs.stream().mapToLong(LogExcerpt::bytes).sum());
    }
}
