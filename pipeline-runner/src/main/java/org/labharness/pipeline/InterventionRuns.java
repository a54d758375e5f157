package org.labharness.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Intervention;
import org.labharness.pipeline.collect.dvc.Metrics;
import org.labharness.pipeline.collect.dvc.RunState;
import org.labharness.pipeline.collect.mlflow.Snapshot;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.InterventionFacts;
import org.labharness.pipeline.evidence.InterventionFacts.Matter;
import org.labharness.pipeline.evidence.InterventionFacts.Untried;
import org.labharness.pipeline.evidence.MetricsFile;
import org.labharness.pipeline.evidence.PredictionFacts;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;
import org.labharness.pipeline.intervene.Change;
import org.labharness.pipeline.intervene.Changes;
import org.labharness.pipeline.run.PipelineRun;
import org.labharness.pipeline.run.RunRequest;
import org.labharness.pipeline.sandbox.SpaceCopy;
import org.labharness.pipeline.sandbox.SubmissionSpace;

/**
 * The runs that follow changes, in the space of the first run: its environment, its DVC, its namespace and its user are used again. Where the
 * question is what runs after a change, the tree is as the first run left it; else it is as it was before that run, and the tracking server is
 * empty, so that nothing of the first run can be taken for a result of the second.
 */
final class InterventionRuns {
    private static final String NOT_COPIED = "The repository could not be copied after the run for another one: ";

    private final Before before;
    private final PipelineRun dvc;
    private final SubmissionTracking tracking;
    private final Progress progress;
    private final Models models;
    private @Nullable SpaceCopy asRun;
    private boolean touched;

    /**
     * What was there before the first run and is used again.
     *
     * @param asFetched the tree before the first run
     * @param paths whose content checks ask about
     */
    record Before(
            SubmissionSpace space,
            RunRequest request,
            Reading reading,
            Metrics metrics,
            Snapshot stores,
            @Nullable SpaceCopy asFetched,
            List<String> paths) {}

    /** Lets models that a changed run made predict what checks ask of them. */
    @FunctionalInterface
    interface Models {
        List<PredictionFacts> after(Intervention change, List<TrackingStore> stores);
    }

    InterventionRuns(Before before, PipelineRun dvc, SubmissionTracking tracking, Progress progress, Models models) {
        this.before = before;
        this.dvc = dvc;
        this.tracking = tracking;
        this.progress = progress;
        this.models = models;
    }

    /** Makes every change and says what followed, in the order of asking. */
    List<InterventionFacts> after(Evidence control, List<Intervention> asked) {
        RunState state = state();
        Changes changes = Changes.after(
                before.reading().tree(),
                before.space().layout().uid(),
                before.reading().pipelines(),
                before.request().labFolder(),
                asked);
        Set<String> known = control.newRuns().stream().map(MlflowRun::id).collect(Collectors.toSet());
        // Those that go on from what the first run left come first: the first of them needs no copy.
        List<Intervention> ordered =
                asked.stream().sorted(Comparator.comparing(Changes::isForced)).toList();
        keepWhatTheRunLeft(ordered);
        Map<String, InterventionFacts> facts = new HashMap<>();
        for (Intervention change : ordered) {
            facts.put(change.key(), follow(change, changes, state, known));
        }
        return asked.stream()
                .map(change -> facts.get(change.key()))
                .filter(Objects::nonNull)
                .toList();
    }

    private RunState state() {
        return RunState.of(before.reading().tree(), before.reading().pipelines(), before.paths());
    }

    private void keepWhatTheRunLeft(List<Intervention> ordered) {
        if (ordered.stream().filter(change -> !Changes.isForced(change)).count() > 1) {
            try {
                asRun = before.space().copy("as-run", true);
            } catch (IOException e) {
                asRun = null; // what needs it says so
            }
        }
    }

    private InterventionFacts follow(Intervention change, Changes changes, RunState control, Set<String> known) {
        long started = System.nanoTime();
        progress.on(new Progress.Event.Changing(change.key()));
        boolean forced = Changes.isForced(change);
        try {
            prepare(forced);
        } catch (IOException e) {
            return InterventionFacts.untried(change.key(), notCopied(e));
        }
        touched = true;
        List<Changes.Done> done = new ArrayList<>();
        List<StageRun> stages = dvc.runAgain(before.request(), forced, () -> {
            Changes.Done made = changes.make(change);
            done.add(made);
            return made.change() instanceof Change.Made one && one.isToRun();
        });
        return facts(change, done.getFirst(), stages, control, forced ? Set.of() : known, started);
    }

    /** Puts the tree in the state that the change starts from; the first one that goes on finds it so. */
    private void prepare(boolean forced) throws IOException {
        if (!forced && !touched) {
            return;
        }
        SpaceCopy from = forced ? before.asFetched() : asRun;
        if (from == null) {
            throw new IOException("there is no copy of it");
        }
        tracking.stop();
        from.restore();
        tracking.startAgain();
    }

    private static Untried notCopied(IOException problem) {
        return new Untried(Matter.OURS, NOT_COPIED + problem.getMessage() + ".");
    }

    private InterventionFacts facts(
            Intervention asked,
            Changes.Done done,
            List<StageRun> stages,
            RunState control,
            Set<String> known,
            long started) {
        if (done.change() instanceof Change.NotMade not) {
            return InterventionFacts.untried(asked.key(), not.reason());
        }
        Change.Made made = (Change.Made) done.change();
        if (!made.isToRun()) {
            return new InterventionFacts(
                    asked.key(),
                    "",
                    made.changed(),
                    null,
                    List.of(),
                    Map.of(),
                    List.of(),
                    control.absent(before.paths()),
                    Map.of(),
                    List.of(),
                    done.copies(),
                    List.of(),
                    seconds(started));
        }
        RunState after = state();
        List<TrackingStore> stores = tracking.collect(before.stores()).stores();
        return new InterventionFacts(
                asked.key(),
                made.words(),
                made.changed(),
                null,
                stages,
                after.changedInputs(control),
                after.changedOutputs(control),
                control.absent(before.paths()),
                metrics(asked, stages),
                runs(stores, known),
                done.copies(),
                models.after(asked, stores),
                seconds(started));
    }

    /** Before a run of everything outputs are removed: what is there afterwards it has made, whatever became of the stage. */
    private Map<String, Map<String, Double>> metrics(Intervention asked, List<StageRun> stages) {
        Map<String, Map<String, Double>> values = new TreeMap<>();
        for (MetricsFile file :
                before.metrics().after(before.reading().tree(), Changes.isForced(asked) ? Set.of() : notMade(stages))) {
            Map<String, Double> made = file.reproduced();
            if (made != null) {
                values.put(file.path(), made);
            }
        }
        return values;
    }

    /** Outputs of stages that failed or were not reached. */
    private Set<String> notMade(List<StageRun> stages) {
        Set<String> failed = stages.stream()
                .filter(StageRun::unfinished)
                .map(StageRun::fullName)
                .collect(Collectors.toSet());
        return before.reading().pipelines().stream()
                .flatMap(pipeline -> pipeline.outputs(failed::contains))
                .collect(Collectors.toSet());
    }

    private static List<MlflowRun> runs(List<TrackingStore> stores, Set<String> known) {
        return stores.stream()
                .flatMap(store -> store.newRuns().stream())
                .filter(run -> !known.contains(run.id()))
                .toList();
    }

    private static double seconds(long started) {
        return Math.round((System.nanoTime() - started) / 1e7) / 100.0;
    }
}
