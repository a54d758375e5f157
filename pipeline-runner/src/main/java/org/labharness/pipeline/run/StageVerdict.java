package org.labharness.pipeline.run;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Kind;
import org.labharness.pipeline.evidence.StageRun.Problem;
import org.labharness.pipeline.evidence.StageRun.Status;

/** Turns how a stage ended into words. */
final class StageVerdict {
    private final Workspace workspace;
    private final List<String> replaced;
    private final List<String> printed;

    /** @param printed what DVC printed, as far as it has */
    StageVerdict(Workspace workspace, List<String> replaced, LogExcerpt printed) {
        this.workspace = workspace;
        this.replaced = List.copyOf(replaced);
        this.printed = Stream.concat(printed.head().stream(), printed.tail().stream())
                .filter(line -> line.contains(DvcComplaint.NO_SPACE))
                .toList();
    }

    StageRun of(Ending ending) {
        if (ending.refusal() != null) {
            return stage(ending, Status.NOT_REACHED, ending.refusal());
        }
        if (replaced.contains(ending.stage().address())) {
            return stage(ending, Status.REPLACED, null);
        }
        if (ending.outcome().equals("failed") || ending.trace().excused()) {
            return stage(ending, Status.FAILED, problem(ending));
        }
        boolean ran = ending.trace().exit().isPresent();
        return stage(ending, ran ? Status.RAN : Status.UP_TO_DATE, null);
    }

    /** A stage of which nothing was asked. */
    static StageRun notReached(String pipeline, String name, Problem reason) {
        return new StageRun(pipeline, name, Status.NOT_REACHED, null, 0, 0, List.of(), LogExcerpt.EMPTY, reason);
    }

    private static StageRun stage(Ending ending, Status status, @Nullable Problem problem) {
        StageTrace trace = ending.trace();
        return new StageRun(
                ending.stage().pipeline(),
                ending.stage().name(),
                status,
                trace.exit().orElse(null),
                trace.seconds(),
                trace.peakMemoryBytes(),
                trace.limits(),
                trace.log(),
                problem);
    }

    private Problem problem(Ending ending) {
        Problem death = ending.death();
        if (death != null && ending.trace().limits().isEmpty()) {
            return death;
        }
        String spoiled = ending.trace().spoiled();
        if (spoiled != null) {
            return new Problem(Kind.OUTPUT_REFUSED, spoiled);
        }
        int exit = ending.trace().exit().orElse(0);
        if (exit != 0) {
            return ofCommand(exit, ending.trace());
        }
        if (couldNotBeSaved(ending)) {
            return new Problem(Kind.LIMIT, "filled the disk: its outputs could not be saved");
        }
        List<String> missing = workspace.missing(ending.stage().outs());
        return switch (ending.error()) {
            case "OutputDoesNotExistError" -> new Problem(Kind.OUTPUT_MISSING, outputMissing(missing));
            case "MissingDataSource" ->
                new Problem(Kind.FROZEN, "what it once wrote, " + names(missing) + ", is not in the repository");
            case "DependencyDoesNotExistError" -> {
                List<String> absent = workspace.missing(ending.stage().deps());
                yield new Problem(
                        Kind.DEPENDENCY_MISSING,
                        "its command succeeded, but it declares the dependency " + names(absent)
                                + ", which is not in the repository and no stage makes");
            }
            case "OutputAlreadyTrackedError" ->
                new Problem(
                        Kind.OUTPUT_REFUSED,
                        "its command succeeded, but DVC refused to save an output that Git tracks as well: "
                                + said(ending));
            case "" -> DvcDeath.outOfTime();
            default ->
                missing.isEmpty()
                        ? new Problem(Kind.OUTPUT_REFUSED, "DVC did not accept it: " + said(ending))
                        : new Problem(Kind.OUTPUT_MISSING, outputMissing(missing));
        };
    }

    /** Of an output that does not fit into its cache DVC only prints so, and then complains that it is not there. */
    private boolean couldNotBeSaved(Ending ending) {
        return ending.messages().stream().anyMatch(message -> message.contains(DvcComplaint.NO_SPACE))
                || ending.stage().outs().stream()
                        .map(workspace::inside)
                        .anyMatch(out -> printed.stream().anyMatch(line -> line.contains(out)));
    }

    /** What a command's exit means. */
    static Problem ofCommand(int exit, StageTrace trace) {
        Optional<LimitHit> hit = trace.limits().stream().findFirst();
        if (hit.isPresent()) {
            return new Problem(Kind.LIMIT, limit(hit.get()));
        }
        String error = trace.log().lastError();
        String code = exit > 128 && exit < 160 ? "ended by signal " + (exit - 128) : "ended with exit code " + exit;
        return new Problem(Kind.EXIT_CODE, error.isEmpty() ? code : code + ": " + error);
    }

    private static String limit(LimitHit hit) {
        String seen = " (limit " + hit.limit() + ", seen " + hit.seen() + ")";
        return switch (hit.name()) {
            case TIME -> "ran until the time of the whole run was up" + seen;
            case IDLE -> "waited without computing for " + hit.seen() + ", which is as long as a command may";
            case MEMORY -> "used more memory than it may" + seen;
            case DISK -> "filled the disk" + seen;
            case PROCESSES -> "started more processes than it may" + seen;
            case OUTPUT -> "printed more than it may" + seen;
        };
    }

    private static String outputMissing(List<String> missing) {
        return missing.isEmpty()
                ? "an output that it declares was not there when it ended"
                : "its command succeeded, but did not write " + names(missing) + ", which it declares as output";
    }

    private static String names(List<String> paths) {
        return paths.stream().limit(5).map(path -> "'" + path + "'").collect(Collectors.joining(", "));
    }

    private static String said(Ending ending) {
        return ending.messages().isEmpty()
                ? ending.error()
                : ending.messages().getFirst().strip().lines().findFirst().orElse("");
    }
}
