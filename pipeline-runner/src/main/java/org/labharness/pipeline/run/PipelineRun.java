package org.labharness.pipeline.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.evidence.EnvironmentFacts;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.Repair;
import org.labharness.pipeline.evidence.RunFacts;
import org.labharness.pipeline.evidence.SecondRunFacts;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.sandbox.SubmissionSpace;

/**
 * Runs a submission once. {@link #open} early (DVC starts beside checkout and environment), {@link #run} once, then {@link #again} if
 * asked for, {@link #close} always.
 */
public final class PipelineRun implements AutoCloseable {
    private static final Pattern STORE =
            Pattern.compile("(?:.*/)?(?:mlruns|mlartifacts|(?:mlflow|mlruns)\\.(?:db|sqlite3?))(?:/.*)?");

    /** The first run has shown that the pipeline fits into its time; what else the machine does later must not decide about a change. */
    private static final int TIMES_AGAIN = 2;

    private final SubmissionSpace space;
    private final DvcSession session;
    private final KnownMends known = new KnownMends();
    private @Nullable DvcRun dvc;

    private PipelineRun(SubmissionSpace space, DvcSession session) {
        this.space = space;
        this.session = session;
    }

    /** @param image the tools image that the grader's DVC is taken from */
    public static PipelineRun open(SubmissionSpace space, String image) {
        return new PipelineRun(space, DvcSession.start(space, image));
    }

    /** Runs what the request asks for. Whatever the student's code does is a result. */
    public RunFacts run(RunRequest request, Progress progress) {
        Workspace workspace = workspace(request);
        Chosen chosen = Chosen.of(request, tree());
        if (chosen.kind() == RunFacts.Kind.DVC) {
            session.awaitStart();
        }
        if (chosen.notRun() != null) {
            return new RunFacts(RunFacts.Kind.NONE, List.of(), List.of(), List.of(), LogExcerpt.EMPTY, chosen.notRun());
        }
        EnvironmentFacts.Failure failure = request.environment().facts().failure();
        if (failure != null) {
            return withoutEnvironment(chosen, request.pipelines(), failure);
        }
        StageRunner runner = runner(request, request.limits().time());
        CommandRepair commands = new CommandRepair(runner, workspace, known);
        runner.prepare();
        workspace.placeInputs(request.labFolder());
        TreeSnapshot before = TreeSnapshot.of(tree());
        List<StageRun> stages;
        Set<String> declared;
        List<Repair> repairs;
        LogExcerpt tool = LogExcerpt.EMPTY;
        if (chosen.kind() == RunFacts.Kind.DVC) {
            DvcRun run = new DvcRun(session, commands, progress, request.pipelines(), chosen.targets());
            dvc = run;
            stages = run.first();
            declared = run.declared();
            tool = run.printed();
            repairs = run.repairs();
        } else {
            CommandRun run = commands(request, commands, progress);
            stages = run.run(chosen.commands(), chosen.kind() == RunFacts.Kind.COMMANDS);
            declared = Set.of();
            repairs = run.repairs();
        }
        runner.finish();
        stages.stream()
                .filter(stage -> stage.status() == StageRun.Status.NOT_REACHED)
                .forEach(stage -> progress.on(new Progress.Event.StageEnded(stage)));
        return new RunFacts(
                chosen.kind(),
                stages,
                chosen.kind() == RunFacts.Kind.DVC
                        ? TreeSnapshot.of(tree()).newSince(before, places(workspace, declared))
                        : List.of(),
                stages.stream()
                        .flatMap(stage -> stage.limits().stream())
                        .distinct()
                        .toList(),
                tool,
                null,
                ofStagesThatRan(repairs, stages));
    }

    /**
     * Runs once more, after {@link #run} has run everything: all of it in a tree as it was before, or what DVC takes for changed in one
     * as it was left. It has twice the lab's time.
     *
     * @param change made when the tree is ready, the lab's inputs in place; whether there is anything to run
     * @return the stages; none where nothing was changed
     */
    public List<StageRun> runAgain(RunRequest request, boolean forced, BooleanSupplier change) {
        Workspace workspace = workspace(request);
        StageRunner runner = runner(request, request.limits().time().multipliedBy(TIMES_AGAIN));
        CommandRepair commands = new CommandRepair(runner, workspace, forced ? known : known.goingOn());
        runner.prepare();
        try {
            if (forced) {
                workspace.placeInputs(request.labFolder());
            }
            Chosen chosen = Chosen.of(request, tree());
            if (!change.getAsBoolean()) {
                return List.of();
            }
            if (chosen.kind() != RunFacts.Kind.DVC) {
                return commands(request, commands, Progress.SILENT)
                        .run(chosen.commands(), chosen.kind() == RunFacts.Kind.COMMANDS);
            }
            DvcRun run = new DvcRun(session, commands, Progress.SILENT, request.pipelines(), chosen.targets());
            return forced ? run.first() : run.changed();
        } finally {
            runner.finish();
        }
    }

    private Path tree() {
        return space.layout().work();
    }

    private Workspace workspace(RunRequest request) {
        return new Workspace(
                tree(), space.layout().uid(), request.inputs(), request.data(), request.pipelines(), request.links());
    }

    private StageRunner runner(RunRequest request, Duration time) {
        return new StageRunner(
                space,
                request.image(),
                request.environment().mounts(),
                StageVariables.of(
                        request.environment(),
                        declaresStore(request.pipelines()) ? null : request.trackingUri(),
                        request.limits().cpus()),
                request.limits(),
                Deadline.in(time));
    }

    private static CommandRun commands(RunRequest request, CommandRepair repair, Progress progress) {
        if (usesDvc(request)) {
            repair.workspace().makeFolder(".dvc"); // without it every dvc that a command calls ends with exit code 253
        }
        return new CommandRun(repair, progress);
    }

    private static boolean usesDvc(RunRequest request) {
        return !request.pipelines().isEmpty()
                || request.data().stream().anyMatch(fact -> !fact.tracker().isEmpty());
    }

    /**
     * Whether a stage declares MLflow's own store as an output: {@code outs: [mlruns]}. It would not be written where MLflow is told to log
     * to a server. What lies in the tree is collected all the same.
     */
    private static boolean declaresStore(List<PipelineFacts> pipelines) {
        return pipelines.stream()
                .flatMap(pipeline -> pipeline.stages().stream())
                .flatMap(stage -> stage.outs().stream())
                .anyMatch(out -> STORE.matcher(out.path()).matches());
    }

    /** Declared paths, and where the links on them lead. */
    private static Set<String> places(Workspace workspace, Set<String> declared) {
        return declared.stream()
                .flatMap(path -> Stream.of(path, workspace.place(path)))
                .collect(Collectors.toSet());
    }

    /** A repair that did not make its stage run is none, but one that made others run in spite of it. */
    private static List<Repair> ofStagesThatRan(List<Repair> repairs, List<StageRun> stages) {
        Set<String> ran = stages.stream()
                .filter(stage -> stage.status() == StageRun.Status.RAN)
                .map(StageRun::fullName)
                .collect(Collectors.toSet());
        return repairs.stream()
                .filter(repair -> ran.contains(repair.stage()) || repair.kind() == Repair.Kind.OUTPUT_PLACED)
                .distinct()
                .toList();
    }

    /** Asks DVC which stages it would run again; empty where the run was not one of DVC. Runs nothing. */
    public Optional<SecondRunFacts> again() {
        return dvc == null ? Optional.empty() : dvc.second();
    }

    /** Ends DVC and whatever runs; may be called at any time, from any thread, more than once. */
    @Override
    public void close() {
        session.close();
    }

    private static RunFacts withoutEnvironment(
            Chosen chosen, List<PipelineFacts> pipelines, EnvironmentFacts.Failure failure) {
        StageRun.Problem problem = new StageRun.Problem(
                StageRun.Kind.ENVIRONMENT,
                "not reached: its Python environment could not be made: " + failure.message());
        List<StageRun> stages = new ArrayList<>();
        if (chosen.kind() == RunFacts.Kind.DVC) {
            pipelines.forEach(pipeline -> pipeline.stages()
                    .forEach(
                            stage -> stages.add(StageVerdict.notReached(pipeline.directory(), stage.name(), problem))));
        }
        chosen.commands().forEach(command -> stages.add(StageVerdict.notReached("", command.name(), problem)));
        return new RunFacts(chosen.kind(), stages, List.of(), List.of(), LogExcerpt.EMPTY, null);
    }
}
