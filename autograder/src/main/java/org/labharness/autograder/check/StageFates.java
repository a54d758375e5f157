package org.labharness.autograder.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Kind;

/** What became of the stages, and where one was not reached: of which earlier stage that is the fault. */
final class StageFates {
    private final Evidence evidence;

    StageFates(Evidence evidence) {
        this.evidence = evidence;
    }

    /** All stages but those that the lab's input replaces. */
    List<StageRun> stages() {
        return evidence.run().stages().stream()
                .filter(stage -> blame(stage) != Blame.REPLACED)
                .toList();
    }

    int count(Blame blame) {
        return (int) evidence.run().stages().stream()
                .filter(stage -> blame(stage) == blame)
                .count();
    }

    /** The first stage with this fate by itself, not by that of an earlier stage. */
    Optional<StageRun> first(Blame blame) {
        return Stream.concat(
                        evidence.run().stages().stream().filter(stage -> !inherits(stage)),
                        evidence.run().stages().stream())
                .filter(stage -> blame(stage) == blame)
                .findFirst();
    }

    Blame blame(StageRun stage) {
        return switch (stage.status()) {
            case RAN -> Blame.RAN;
            case REPLACED -> Blame.REPLACED;
            // Every stage is forced: only a frozen one has nothing to do, whether or not dvc.yaml can be read as far as
            // that.
            case UP_TO_DATE -> Blame.FROZEN;
            case FAILED -> withNeeds(stage);
            case NOT_REACHED -> inherits(stage) ? inherited(stage, this::withNeeds) : own(stage);
        };
    }

    private Blame withNeeds(StageRun stage) {
        return forWantOfAnother(stage).orElseGet(() -> own(stage));
    }

    /** Whoever fails for want of what another stage makes fares as that one; of two that want something of each other both failed. */
    private Optional<Blame> forWantOfAnother(StageRun stage) {
        return own(stage) == Blame.WORK
                ? UndeclaredNeed.of(stage, evidence, this)
                        .map(UndeclaredNeed::maker)
                        .map(maker -> inherits(maker) ? inherited(maker, this::own) : own(maker))
                : Optional.empty();
    }

    /** The stage as dvc.yaml declares it. */
    Optional<PipelineFacts.Stage> declared(StageRun run) {
        return evidence.pipelines().stream()
                .filter(pipeline -> pipeline.directory().equals(run.pipeline()))
                .flatMap(pipeline -> pipeline.stages().stream())
                .filter(stage -> stage.name().equals(run.name()) || stage.name().equals(base(run.name())))
                .findFirst();
    }

    /** {@code train} of {@code train@small}. */
    static String base(String name) {
        int at = name.indexOf('@');
        return at < 0 ? name : name.substring(0, at);
    }

    /** Whether it was not tried because of an earlier stage. */
    static boolean inherits(StageRun stage) {
        return stage.problem() == null || stage.problem().kind() == Kind.EARLIER_STAGE;
    }

    private Blame own(StageRun stage) {
        if (stage.problem() == null) {
            return Blame.WORK;
        }
        StageScripts scripts = new StageScripts(evidence, this);
        if (HostedService.stopped(stage, scripts).isPresent()
                || NoNetwork.stopped(stage, scripts)
                || MissingProgram.of(stage).isPresent()) {
            return Blame.DATA;
        }
        if (OurVersions.of(stage, evidence).isPresent()) {
            return Blame.OURS;
        }
        return switch (stage.problem().kind()) {
            case OURS -> Blame.OURS;
            case DATA_UNREACHABLE -> Blame.DATA;
            case EXIT_CODE,
                    LIMIT,
                    OUTPUT_MISSING,
                    OUTPUT_REFUSED,
                    DEPENDENCY_MISSING,
                    FROZEN,
                    ENVIRONMENT,
                    EARLIER_STAGE,
                    PIPELINE_INVALID -> Blame.WORK;
        };
    }

    /** @param blame of those that fell by themselves */
    private Blame inherited(StageRun stage, Function<StageRun, Blame> blame) {
        List<StageRun> earlier = needed(stage);
        List<StageRun> causes = (earlier.isEmpty() ? evidence.run().stages() : earlier)
                .stream()
                        .filter(other -> !inherits(other) && !other.equals(stage))
                        .filter(StageRun::unfinished)
                        .toList();
        Set<Blame> blames = new LinkedHashSet<>();
        causes.forEach(cause -> blames.add(blame.apply(cause)));
        return Stream.of(Blame.WORK, Blame.DATA, Blame.OURS)
                .filter(blames::contains)
                .findFirst()
                .orElse(Blame.WORK);
    }

    /** The stages that this one needs, directly or through others. */
    private List<StageRun> needed(StageRun stage) {
        Set<StageRun> found = new LinkedHashSet<>();
        Deque<StageRun> open = new ArrayDeque<>(List.of(stage));
        while (!open.isEmpty()) {
            Optional<PipelineFacts.Stage> needs = declared(open.pop());
            needs.ifPresent(wanted -> evidence.run().stages().stream()
                    .filter(other -> makesAny(other, wanted.deps()) && found.add(other))
                    .forEach(open::push));
        }
        return List.copyOf(found);
    }

    private boolean makesAny(StageRun stage, List<String> deps) {
        return declared(stage)
                .filter(made ->
                        made.outs().stream().anyMatch(out -> deps.stream().anyMatch(dep -> overlap(out.path(), dep))))
                .isPresent();
    }

    private static boolean overlap(String out, String dep) {
        return out.equals(dep) || out.startsWith(dep + "/") || dep.startsWith(out + "/");
    }
}
