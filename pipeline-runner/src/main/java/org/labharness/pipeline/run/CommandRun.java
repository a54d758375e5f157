package org.labharness.pipeline.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Kind;
import org.labharness.pipeline.evidence.StageRun.Problem;
import org.labharness.pipeline.evidence.StageRun.Status;

/** Runs shell commands one after the other, each as a stage; the first that fails ends it. */
final class CommandRun {
    private final StageRunner runner;
    private final Progress progress;

    CommandRun(StageRunner runner, Progress progress) {
        this.runner = runner;
        this.progress = progress;
    }

    /**
     * A shell command.
     *
     * @param directory absolute, as its container sees it
     * @param variables beside those of every command
     */
    record Command(String name, String directory, String line, Map<String, String> variables) {
        Command {
            variables = Map.copyOf(variables);
        }
    }

    List<StageRun> run(List<Command> commands) {
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
            if (stage.status() == Status.FAILED) {
                stopped = new Problem(
                        Kind.EARLIER_STAGE, "not reached because '" + command.name() + "' before it failed");
            }
        }
        return stages;
    }

    private StageRun run(Command command, boolean last) {
        progress.on(new Progress.Event.StageStarted("", command.name()));
        StageTrace trace = new StageTrace();
        trace.add(runner.run(command.directory(), command.line(), command.variables(), last));
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
}
