package org.labharness.pipeline.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.LogCollector;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.Repair;
import org.labharness.pipeline.evidence.SecondRunFacts;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Kind;
import org.labharness.pipeline.evidence.StageRun.Problem;
import org.labharness.pipeline.sandbox.ExecutionResult;

/** Reproduces every DVC pipeline of a submission, each DVC repository in it by one call. */
final class DvcRun {
    /** Time for DVC's own work (hashing, copying to its cache) beyond the run's. */
    private static final Duration BOOKKEEPING = Duration.ofSeconds(60);

    private final DvcSession session;
    private final CommandRepair commands;
    private final Workspace workspace;
    private final StageRunner runner;
    private final Progress progress;
    private final LogCollector printed = new LogCollector();
    private final List<PipelineFacts> pipelines;
    private final List<String> targets;
    private final Map<String, FirstRun> runs = new LinkedHashMap<>();

    DvcRun(
            DvcSession session,
            CommandRepair commands,
            Progress progress,
            List<PipelineFacts> pipelines,
            List<String> targets) {
        this.session = session;
        this.commands = commands;
        this.workspace = commands.workspace();
        this.runner = commands.runner();
        this.progress = progress;
        this.pipelines = List.copyOf(pipelines);
        this.targets = List.copyOf(targets);
    }

    /** Runs everything; the stages in the order in which they ran, then those not reached. */
    List<StageRun> first() {
        pipelines.forEach(pipeline -> workspace.renewLock(pipeline.path("dvc.lock")));
        for (String root : roots()) {
            pull(root);
            if (!call(root, true)) {
                return withoutDvc();
            }
        }
        return stages();
    }

    /** Runs what DVC takes for changed where everything was run already. */
    List<StageRun> changed() {
        for (String root : roots()) {
            if (!call(root, false)) {
                return withoutDvc();
            }
        }
        return stages();
    }

    /** @return whether DVC came to its end */
    private boolean call(String root, boolean forced) {
        FirstRun run = new FirstRun(root, commands, progress, printed, forced);
        runs.put(root, run);
        return session.call(timeout(), run, call(forced ? "first" : "changed", root))
                .isPresent();
    }

    /** Which stages DVC would run again now; nothing is run and no file of the submission changed. */
    Optional<SecondRunFacts> second() {
        List<SecondRunFacts.Rerun> again = new ArrayList<>();
        for (Map.Entry<String, FirstRun> entry : runs.entrySet()) {
            SecondRun run = new SecondRun(entry.getKey(), entry.getValue().frozen(), printed);
            Optional<Integer> exit = session.call(BOOKKEEPING, run, call("second", entry.getKey()));
            if (exit.isEmpty()) {
                return Optional.empty();
            }
            again.addAll(run.reruns());
            again.addAll(run.lost(entry.getValue().plan().values()));
        }
        return Optional.of(new SecondRunFacts(again));
    }

    /** Paths that stages declare as outputs, and those that DVC tracks. */
    Set<String> declared() {
        Set<String> declared = new TreeSet<>();
        runs.values().forEach(run -> run.plan().values().forEach(stage -> declared.addAll(stage.outs())));
        return declared;
    }

    List<Repair> repairs() {
        return runs.values().stream().flatMap(run -> run.repairs().stream()).toList();
    }

    LogExcerpt printed() {
        return printed.excerpt();
    }

    /** Folders of DVC repositories in which pipelines lie; a pipeline outside of any belongs to one made at the root. */
    private Set<String> roots() {
        Set<String> roots = new LinkedHashSet<>();
        for (PipelineFacts pipeline : pipelines) {
            String folder = pipeline.directory();
            while (!folder.isEmpty() && !workspace.isFolder(folder + "/.dvc")) {
                folder = folder.contains("/") ? folder.substring(0, folder.lastIndexOf('/')) : "";
            }
            roots.add(folder);
        }
        return roots;
    }

    private Duration timeout() {
        return runner.deadline().remaining().plus(BOOKKEEPING);
    }

    private String[] call(String mode, String root) {
        List<String> fields = new ArrayList<>(List.of("call", mode, workspace.inside(root)));
        fields.addAll(targets);
        return fields.toArray(String[]::new);
    }

    /** Brings data that a cache or remote inside the repository holds; DVC's own words, if it fails, are in its log. */
    private void pull(String root) {
        List<String> trackers = workspace.toPull().stream()
                .filter(tracker -> root.isEmpty() || tracker.startsWith(root + "/"))
                .map(tracker -> root.isEmpty() ? tracker : tracker.substring(root.length() + 1))
                .toList();
        if (trackers.isEmpty()) {
            return;
        }
        List<String> fields = new ArrayList<>(List.of("call", "command", workspace.inside(root), "pull", "--"));
        fields.addAll(trackers);
        session.call(timeout(), new Printing(printed), fields.toArray(String[]::new));
    }

    private List<StageRun> stages() {
        List<StageRun> stages = new ArrayList<>();
        List<StageRun> notReached = new ArrayList<>();
        for (FirstRun run : runs.values()) {
            StageVerdict verdict = new StageVerdict(workspace, run.replaced(), printed());
            for (Ending ending : run.endings().values()) {
                if (ending.stage().kind() == PlannedStage.Kind.COMMAND) {
                    StageRun stage = verdict.of(ending);
                    (stage.status() == StageRun.Status.NOT_REACHED ? notReached : stages).add(stage);
                }
            }
            notReached.addAll(new NotReached(run, workspace).stages());
        }
        stages.addAll(notReached);
        Set<String> known = stages.stream().map(StageRun::fullName).collect(Collectors.toSet());
        invalid().stream().filter(stage -> !known.contains(stage.fullName())).forEach(stages::add);
        return stages;
    }

    /** The stages of pipelines that DVC could not read, as far as they are known from reading. */
    private List<StageRun> invalid() {
        List<StageRun> stages = new ArrayList<>();
        for (Map.Entry<String, FirstRun> entry : runs.entrySet()) {
            Optional<Problem> broken = entry.getValue().broken();
            for (PipelineFacts pipeline : pipelines) {
                Optional<Problem> problem = broken.filter(reason -> inRoot(pipeline, entry.getKey()))
                        .or(() -> entry.getValue().invalid().stream()
                                .filter(file -> file.path().equals(pipeline.path("dvc.yaml")))
                                .findFirst()
                                .map(file -> new Problem(
                                        Kind.PIPELINE_INVALID,
                                        "DVC cannot read " + file.path() + ": " + file.message())));
                problem.ifPresent(reason -> pipeline.stages()
                        .forEach(stage ->
                                stages.add(StageVerdict.notReached(pipeline.directory(), stage.name(), reason))));
            }
        }
        return stages;
    }

    private static boolean inRoot(PipelineFacts pipeline, String root) {
        return root.isEmpty() || (pipeline.directory() + "/").startsWith(root + "/");
    }

    /** DVC's container ended before the call did: out of time, or by a limit of its own. */
    private List<StageRun> withoutDvc() {
        Optional<ExecutionResult> end = session.ended();
        boolean limit = end.map(result -> !result.limits().isEmpty()).orElse(false);
        if (!runner.deadline().over() && !limit) {
            throw new SystemBroke(
                    Breakdown.INTERNAL, "DVC's container ended in the middle of a run: " + session.howItEnded());
        }
        runner.stop();
        Problem how = end.filter(result -> !result.limits().isEmpty())
                .map(result -> DvcDeath.of(result.limits()))
                .orElseGet(DvcDeath::outOfTime);
        runs.values().stream().reduce((one, other) -> other).ifPresent(run -> run.died(how));
        return stages();
    }

    /** For calls that only print. */
    private record Printing(LogCollector log) implements DvcSession.Listener {
        @Override
        public void printed(byte[] chunk) {
            log.add(chunk);
        }

        @Override
        public Optional<Wire.Message> told(Wire.Message message) {
            return Optional.empty();
        }

        @Override
        public int command(String directory, String command) {
            return 70;
        }
    }
}
