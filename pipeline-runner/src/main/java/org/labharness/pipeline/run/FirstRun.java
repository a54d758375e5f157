package org.labharness.pipeline.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.evidence.LogCollector;
import org.labharness.pipeline.evidence.Repair;
import org.labharness.pipeline.evidence.StageRun.Kind;
import org.labharness.pipeline.evidence.StageRun.Problem;
import org.labharness.pipeline.run.Wire.Message;
import org.labharness.pipeline.sandbox.ExecutionResult;

/**
 * The run of all pipelines of one DVC repository: answers what DVC asks and keeps what happened.
 *
 * <p>Which stage ran and how it ended is known from what was asked through the socket and from the engine, never from printed text.
 */
final class FirstRun implements DvcSession.Listener {
    private final String root;
    private final boolean forced;
    private final CommandRepair commands;
    private final Workspace workspace;
    private final Progress progress;
    private final LogCollector printed;
    private final Map<String, PlannedStage> plan = new LinkedHashMap<>();
    private final Map<String, Ending> endings = new LinkedHashMap<>();
    private final List<Invalid> invalid = new ArrayList<>();
    private final List<String> replaced = new ArrayList<>();
    private final StandIns standIns;
    private StageTrace trace = new StageTrace();
    private @Nullable PlannedStage current;
    private @Nullable Problem broken;
    private @Nullable Problem death;
    private final List<Repair> repairs = new ArrayList<>();
    private boolean repaired;

    /** @param forced whether DVC runs every stage, their outputs removed before anything runs; else those alone that it takes for changed */
    FirstRun(String root, CommandRepair commands, Progress progress, LogCollector printed, boolean forced) {
        this.root = root;
        this.forced = forced;
        this.commands = commands;
        this.workspace = commands.workspace();
        this.progress = progress;
        this.printed = printed;
        this.standIns = new StandIns(workspace, (stage, path) -> repaired(stage, Repair.Kind.OUTPUT_PLACED, path));
    }

    /** A dvc.yaml or .dvc file, by its path in the submission, that DVC cannot read. */
    record Invalid(String path, String message) {}

    @Override
    public void printed(byte[] chunk) {
        printed.add(chunk);
    }

    @Override
    public synchronized Optional<Message> told(Message message) {
        return switch (message.text(0)) {
            case "stage" -> {
                PlannedStage stage = PlannedStage.parse(root, message);
                plan.put(stage.address(), stage);
                yield Optional.empty();
            }
            case "planned" -> {
                replaced.addAll(workspace.replacedBy(plan.values()));
                plan.values().forEach(this::standIn);
                List<String> cleared = forced ? cleared() : List.of();
                cleared.stream()
                        .flatMap(address -> Stream.ofNullable(plan.get(address)))
                        .forEach(workspace::keepOutputs);
                yield Optional.of(Message.of("go", String.join("\0", frozen()), String.join("\0", cleared)));
            }
            case "invalid" -> {
                remember(new Invalid(below(message.text(1)), DvcComplaint.words(message.rest(3))));
                yield Optional.empty();
            }
            case "tracked" -> {
                PlannedStage stage = plan.get(message.text(1));
                if (stage != null) {
                    repaired(stage, Repair.Kind.OUTPUT_TRACKED, below(message.text(2)));
                }
                yield Optional.empty();
            }
            case "repaired" -> {
                repaired = true;
                yield Optional.empty();
            }
            case "begin" -> Optional.of(begin(message.text(1)));
            case "end" -> {
                end(message.text(2), message.text(3), message.rest(4));
                yield Optional.empty();
            }
            default -> {
                broken = DvcComplaint.problem(DvcComplaint.words(message.rest(2)));
                yield Optional.empty();
            }
        };
    }

    @Override
    public int command(String directory, String command) {
        PlannedStage stage;
        StageTrace mine;
        boolean last;
        synchronized (this) {
            stage = current;
            mine = trace;
            last = plan.values().stream().noneMatch(this::isToRun);
        }
        if (stage == null) {
            return 70;
        }
        Map<String, String> names = Map.of("DVC_STAGE", stage.name(), "DVC_ROOT", workspace.inside(root));
        String name = stage.address() + "\0" + mine.commands();
        CommandRepair.Ran ran = commands.run(name, directory, command, names, last);
        ExecutionResult result = ran.result();
        mine.add(result);
        ran.mended().forEach(mended -> repaired(stage, mended.kind(), mended.path()));
        if (standIns.after(stage, result)) {
            mine.excuse();
            return 0;
        }
        Optional<String> special = result.exit() == 0 ? workspace.special(stage) : Optional.empty();
        special.ifPresent(mine::spoil);
        return special.isPresent() ? 1 : result.exit();
    }

    /** What a stage that lacks data once made stands in for it where the submission holds it, so that others can use it. */
    private void standIn(PlannedStage stage) {
        if (stage.kind() == PlannedStage.Kind.COMMAND && !replaced.contains(stage.address())) {
            standIns.before(stage).ifPresent(lacking -> endings.put(stage.address(), refused(stage, lacking)));
        }
    }

    private static Ending refused(PlannedStage stage, Problem reason) {
        return new Ending(stage, "refused", "", List.of(), new StageTrace(), reason, null);
    }

    /** Addresses of stages that DVC takes as they are, in this run and the next. */
    synchronized List<String> frozen() {
        return Stream.concat(replaced.stream(), standIns.addresses().stream()).toList();
    }

    /**
     * Addresses of the stages whose outputs go before anything runs: all but those that the lab replaces, and those that cannot run
     * because of data that cannot be had, whose committed outputs are all there is.
     */
    private List<String> cleared() {
        Set<String> blocked = new HashSet<>();
        List<String> cleared = new ArrayList<>();
        for (PlannedStage stage : plan.values()) {
            if (standIns.has(stage)) {
                continue;
            }
            if (workspace.unreachable(stage).isPresent()
                    || stage.upstream().stream().anyMatch(blocked::contains)) {
                blocked.add(stage.address());
            } else if (stage.kind() == PlannedStage.Kind.COMMAND && !replaced.contains(stage.address())) {
                cleared.add(stage.address());
            }
        }
        return cleared;
    }

    /** Whether a stage's commands are still to come. */
    private boolean isToRun(PlannedStage stage) {
        return !stage.equals(current)
                && stage.kind() == PlannedStage.Kind.COMMAND
                && !endings.containsKey(stage.address())
                && !replaced.contains(stage.address());
    }

    /** What DVC planned, in its order; empty where it could not. */
    synchronized Map<String, PlannedStage> plan() {
        return new LinkedHashMap<>(plan);
    }

    /** By address, in the order in which they ended; a stage that was under way when DVC ended is the last one. */
    synchronized Map<String, Ending> endings() {
        Map<String, Ending> all = new LinkedHashMap<>(endings);
        PlannedStage unfinished = current;
        if (unfinished != null) {
            all.put(unfinished.address(), new Ending(unfinished, "failed", "", List.of(), trace, null, death));
        }
        return all;
    }

    synchronized List<Invalid> invalid() {
        return List.copyOf(invalid);
    }

    synchronized List<String> replaced() {
        return List.copyOf(replaced);
    }

    /** Why DVC could not run anything; empty where it could. */
    synchronized Optional<Problem> broken() {
        return Optional.ofNullable(broken);
    }

    @Override
    public synchronized void crashed(int signal, String cause) {
        died(
                cause.equals("memory")
                        ? DvcDeath.outOfMemory()
                        : new Problem(Kind.OURS, "DVC itself crashed (signal " + signal + ")"));
    }

    /** DVC ended in the middle of the run. */
    synchronized void died(Problem how) {
        death = how;
        if (plan.isEmpty() && broken == null) {
            broken = new Problem(how.kind(), "not reached: " + how.message());
        }
    }

    /** How DVC itself ended in the middle of the run; empty where it did not. */
    synchronized Optional<Problem> death() {
        return Optional.ofNullable(death);
    }

    /** Whether the run's time was up before all stages had their turn. */
    boolean timeUp() {
        return commands.runner().deadline().over();
    }

    private synchronized void repaired(PlannedStage stage, Repair.Kind kind, String path) {
        repairs.add(new Repair(stage.fullName(), kind, path));
    }

    /** What was mended so that stages could run. */
    synchronized List<Repair> repairs() {
        return List.copyOf(repairs);
    }

    /** Whether a {@code .dvc} folder had to be made. */
    synchronized boolean repaired() {
        return repaired;
    }

    private void remember(Invalid file) {
        if (!invalid.contains(file)) {
            invalid.add(file);
        }
    }

    private Message begin(String address) {
        PlannedStage stage = plan.get(address);
        if (stage == null) {
            return Message.of("refuse", "not planned");
        }
        Optional<Problem> reason = reasonNotToRun(stage);
        if (reason.isPresent()) {
            endings.put(address, refused(stage, reason.get()));
            return Message.of("refuse", reason.get().message());
        }
        current = stage;
        trace = new StageTrace();
        if (stage.kind() == PlannedStage.Kind.COMMAND && !frozen().contains(address)) {
            progress.on(new Progress.Event.StageStarted(stage.pipeline(), stage.name()));
        }
        return Message.of("run");
    }

    private Optional<Problem> reasonNotToRun(PlannedStage stage) {
        if (commands.runner().deadline().over()) {
            return Optional.of(new Problem(
                    Kind.LIMIT,
                    "not reached: the time of the whole run ("
                            + commands.runner().deadline().words() + ") was used up"));
        }
        return stage.kind() == PlannedStage.Kind.COMMAND && !frozen().contains(stage.address())
                ? workspace.unreachable(stage)
                : Optional.empty();
    }

    private void end(String outcome, String error, List<String> messages) {
        PlannedStage stage = current;
        if (stage == null) {
            return;
        }
        if (standIns.has(stage)) {
            current = null;
            return;
        }
        Ending ending = new Ending(stage, outcome, error, messages, trace, null, null);
        endings.put(stage.address(), ending);
        current = null;
        if (stage.kind() == PlannedStage.Kind.COMMAND) {
            progress.on(
                    new Progress.Event.StageEnded(new StageVerdict(workspace, replaced, printed.excerpt()).of(ending)));
        }
    }

    private String below(String path) {
        return root.isEmpty() ? path : root + "/" + path;
    }
}
