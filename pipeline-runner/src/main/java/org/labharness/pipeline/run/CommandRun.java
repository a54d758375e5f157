package org.labharness.pipeline.run;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.evidence.Repair;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Kind;
import org.labharness.pipeline.evidence.StageRun.Problem;
import org.labharness.pipeline.evidence.StageRun.Status;

/** Runs shell commands one after the other, each as a stage. */
final class CommandRun {
    private final CommandRepair repair;
    private final StageRunner runner;
    private final Progress progress;
    private final List<Repair> repairs = new ArrayList<>();

    CommandRun(CommandRepair repair, Progress progress) {
        this.repair = repair;
        this.runner = repair.runner();
        this.progress = progress;
    }

    /** @param steps whether each needs those before it: then the first that fails ends it */
    List<StageRun> run(List<Command> commands, boolean steps) {
        List<StageRun> stages = new ArrayList<>();
        Problem stopped = null;
        for (Command command : commands) {
            if (stopped == null && runner.deadline().over()) {
                stopped = new Problem(
                        Kind.LIMIT,
                        "not reached: the time of the whole run ("
                                + runner.deadline().words() + ") was used up");
            }
            if (stopped != null) {
                stages.add(StageVerdict.notReached("", command.name(), stopped));
                continue;
            }
            StageRun stage = run(command, stages.size() + 1 == commands.size());
            stages.add(stage);
            if (steps && stage.status() == Status.FAILED) {
                stopped = new Problem(
                        Kind.EARLIER_STAGE, "not reached because '" + command.name() + "' before it failed");
            }
        }
        return stages;
    }

    private StageRun run(Command command, boolean last) {
        progress.on(new Progress.Event.StageStarted("", command.name()));
        StageTrace trace = new StageTrace();
        CommandRepair.Ran ran = ranOneWay(command, last);
        trace.add(ran.result());
        ran.mended().forEach(mended -> repairs.add(new Repair(command.name(), mended.kind(), mended.path())));
        int exit = trace.exit().orElse(0);
        @Nullable Problem problem = exit == 0 ? null : StageVerdict.ofCommand(exit, trace);
        StageRun stage = new StageRun(
                "",
                command.name(),
                problem == null ? Status.RAN : Status.FAILED,
                exit,
                trace.seconds(),
                trace.peakMemoryBytes(),
                trace.limits(),
                trace.log(),
                problem);
        progress.on(new Progress.Event.StageEnded(stage));
        return stage;
    }

    private CommandRepair.Ran ranOneWay(Command command, boolean last) {
        CommandRepair.Ran ran =
                repair.run(command.name(), command.directory(), command.line(), command.variables(), last);
        for (Command.Otherwise otherwise : command.otherwise()) {
            boolean failed = ran.result().exit() != 0 && ran.result().limits().isEmpty();
            if (failed && said(ran.result().log(), otherwise.said()) != otherwise.absent()) {
                String name = command.name() + "\0" + otherwise.line();
                ran = repair.run(name, command.directory(), otherwise.line(), command.variables(), last);
            }
        }
        return ran;
    }

    private static boolean said(LogExcerpt log, Pattern words) {
        return Stream.of(Stream.of(log.lastError()), log.head().stream(), log.tail().stream())
                .flatMap(lines -> lines)
                .anyMatch(line -> words.matcher(line).find());
    }

    /** What was mended so that commands could run. */
    List<Repair> repairs() {
        return List.copyOf(repairs);
    }
}
