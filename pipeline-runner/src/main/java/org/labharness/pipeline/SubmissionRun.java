package org.labharness.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.EvidenceRequest;
import org.labharness.lab.Finding;
import org.labharness.lab.Lab;
import org.labharness.lab.Severity;
import org.labharness.pipeline.checkout.CheckedOut;
import org.labharness.pipeline.checkout.CheckoutLimits;
import org.labharness.pipeline.collect.dvc.Metrics;
import org.labharness.pipeline.collect.mlflow.Snapshot;
import org.labharness.pipeline.collect.mlflow.TrackingCollector;
import org.labharness.pipeline.environment.LackingPackages;
import org.labharness.pipeline.environment.PreparedEnvironment;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.HistoryFacts;
import org.labharness.pipeline.evidence.InterventionFacts;
import org.labharness.pipeline.evidence.RunFacts;
import org.labharness.pipeline.evidence.SecondRunFacts;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;
import org.labharness.pipeline.fetch.DataFetch;
import org.labharness.pipeline.fetch.FetchLimits;
import org.labharness.pipeline.intervene.Changes;
import org.labharness.pipeline.run.PipelineRun;
import org.labharness.pipeline.run.RunRequest;
import org.labharness.pipeline.sandbox.SpaceCopy;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.tracking.TrackingServers;

/**
 * One submission on its way to its evidence. What does not depend on each other goes on side by side: DVC is imported and the
 * namespace made while the environment is looked up; the tracking server starts last, as it is needed last.
 */
final class SubmissionRun implements AutoCloseable {
    private final PipelineRunner.Tools tools;
    private final RunPlan plan;
    private final Timetable timetable;
    private final SubmissionSpace space;
    private final SubmissionTracking tracking;
    private final CompletableFuture<PipelineRun> dvc;
    private volatile @Nullable PreparedEnvironment prepared;
    private volatile @Nullable HistoryFacts history;
    private volatile CompletableFuture<Void> network = CompletableFuture.completedFuture(null);

    SubmissionRun(PipelineRunner.Tools tools, RunPlan plan, Timetable timetable) {
        this.tools = tools;
        this.plan = plan;
        this.timetable = timetable;
        space = tools.sandbox()
                .open(new SpaceRequest(plan.label(), plan.lab().limits().disk(), timetable.progress()::heard));
        tracking = new SubmissionTracking(tools.tracking(), space);
        dvc = Beside.start(() -> PipelineRun.open(space, tools.dvcImage()));
        if (plan.needs(new EvidenceRequest.Tracking())) {
            // Whoever needs it later meets what goes wrong here.
            CompletableFuture<Void> unused = dvc.thenRun(() -> tools.tracking().warmUp());
        }
    }

    /** Goes all the way. */
    Evidence evidence() {
        Path tree = space.layout().work();
        CheckedOut clone =
                timetable.step(Step.CHECKOUT, () -> tools.checkout().into(tree, plan.source(), CheckoutLimits.DEFAULT));
        Reading reading =
                timetable.step(Step.PREFLIGHT, () -> Reading.of(clone, plan.lab(), Optional.ofNullable(plan.own())));
        refuseNothing(clone, reading);
        network = Beside.run(() -> tracking.open(reading.answeredPorts(), plan.needs(new EvidenceRequest.Tracking())));
        PreparedEnvironment environment = timetable.step(Step.ENVIRONMENT, () -> environment(clone, reading));
        prepared = environment;
        HiddenCopies copies = HiddenCopies.of(tools, plan, space);
        Reading ready = timetable.step(Step.FETCH, () -> {
            Reading fetched = fetch(clone, reading, tree);
            copies.handedIn(fetched.tree());
            return fetched;
        });
        Metrics metrics = Metrics.before(reading.tree(), reading.pipelines());
        Snapshot before = tracking.snapshot();
        RunRequest request = request(ready, environment);
        InterventionRuns.Before fresh =
                new InterventionRuns.Before(space, request, ready, metrics, before, asFetched(), plan.contents());
        Beside.result(network);
        RunFacts run = timetable.step(Step.RUN, () -> Beside.result(dvc).run(request, timetable.progress()));
        boolean more = !plan.interventions().isEmpty() && run.whole() && run.ranAny();
        Probes probes = new Probes(tools, plan, space, timetable);
        Evidence collected = timetable.step(
                Step.COLLECT, () -> collect(clone, ready, environment, metrics, before, run, more, copies));
        Evidence evidence = probes.custom(probes.services(
                probes.predictions(collected, ready.tree(), environment),
                ready.tree(),
                environment,
                reading.answeredPorts()));
        return more ? intervene(evidence, fresh, probes, environment) : evidence;
    }

    /** The tree before anything of it runs, where a check asks for a run of something else. */
    private @Nullable SpaceCopy asFetched() {
        if (plan.interventions().stream().noneMatch(Changes::isForced)) {
            return null;
        }
        try {
            return space.copy("as-fetched", false);
        } catch (IOException problem) {
            throw new SystemBroke(Breakdown.DISK_FULL, "The clone cannot be copied: " + problem.getMessage(), problem);
        }
    }

    /** What follows the changes that checks ask for, after a provisional verdict. */
    private Evidence intervene(
            Evidence provisional, InterventionRuns.Before fresh, Probes probes, PreparedEnvironment environment) {
        timetable.progress().on(new Progress.Event.Provisional(provisional));
        timetable.progress().beforeChanges();
        List<InterventionFacts> followed = timetable.step(
                Step.INTERVENE,
                () -> new InterventionRuns(
                                fresh,
                                Beside.result(dvc),
                                tracking,
                                timetable.progress(),
                                (change, stores) -> probes.predictionsAfter(
                                        change, stores, fresh.reading().tree(), environment))
                        .after(provisional, plan.interventions()));
        return provisional.with(followed, timetable.seconds());
    }

    /** A lab that sets families aside grades anything, but something it must be. */
    private void refuseNothing(CheckedOut clone, Reading reading) {
        if (plan.lab().setsAside() && reading.usesNothing()) {
            throw new SubmissionRefused(
                    Refusal.NOTHING_TO_GRADE,
                    "There is nothing to grade in commit "
                            + clone.submission().commit().substring(0, 10) + ": of its "
                            + clone.tree().count()
                            + (clone.tree().count() == 1 ? " file" : " files")
                            + " none is a dvc.yaml or an MLproject, and none uses MLflow. "
                            + reading.whyNothing()
                                    .orElse("Check that the right branch was pushed, or name it with --ref."));
        }
    }

    private PreparedEnvironment environment(CheckedOut clone, Reading reading) {
        return tools.environments()
                .prepare(
                        reading.tree(),
                        plan.lab().environment(),
                        plan.lab().folder(),
                        plan.packagesAsOf(clone.submission().commitTime()),
                        reading.report().newer() != null,
                        timetable.progress());
    }

    /** Brings what can be had, then hands the clone over to the uid that runs it. */
    private Reading fetch(CheckedOut clone, Reading reading, Path tree) {
        Lab lab = plan.lab();
        DataFetch.Order order = new DataFetch.Order(
                reading.tree(),
                reading.data().wanted(reading.inputs()),
                Reading.pointers(clone),
                tools.checkout().address(plan.source()),
                FetchLimits.of(lab.limits().disk()),
                Optional.ofNullable(plan.own()));
        try (DataFetch.Fetched fetched = tools.fetch().bring(space, tools.dvcImage(), order, timetable.progress())) {
            Reading ready = reading.after(fetched, lab);
            ready.data().materialize();
            CommittedLinks.place(reading.tree());
            TreeOwner.give(tree, space.layout().uid());
            history = new HistoryReading(tools, plan, space, timetable.progress()).read(clone, ready);
            return ready;
        } catch (IOException problem) {
            throw new SystemBroke(
                    Breakdown.DISK_FULL,
                    "Data of the repository cannot be put in place: " + problem.getMessage(),
                    problem);
        }
    }

    private RunRequest request(Reading reading, PreparedEnvironment environment) {
        Lab lab = plan.lab();
        return new RunRequest(
                lab.run(),
                lab.limits(),
                lab.folder(),
                reading.inputs(),
                reading.pipelines(),
                reading.facts(),
                reading.tree().links(),
                environment,
                tools.images().tools(environment.python()),
                TrackingServers.uri());
    }

    private Evidence collect(
            CheckedOut clone,
            Reading reading,
            PreparedEnvironment environment,
            Metrics metrics,
            Snapshot before,
            RunFacts run,
            boolean more,
            HiddenCopies copies) {
        SecondRunFacts again = secondRun(run);
        CompletableFuture<Void> ended = CompletableFuture.completedFuture(null);
        if (!more) {
            Beside.result(dvc).close();
            ended = Beside.run(space::endContainers);
        }
        TrackingCollector.Collected tracked = tracking.collect(before);
        Beside.result(ended);
        return new Evidence(
                Evidence.SCHEMA,
                clone.submission(),
                clone.tree(),
                reading.report().tools(),
                reading.findings(
                        run,
                        Stream.concat(tracked.findings().stream(), RepairFindings.of(run, reading.pipelines()).stream())
                                .toList(),
                        Stream.concat(
                                        environment.findings().stream(),
                                        lacking(clone, reading, environment, run).stream())
                                .toList()),
                reading.pipelines(),
                reading.facts(),
                environment.facts(),
                run,
                again,
                metrics.after(reading.tree(), notMade(reading, run)),
                tracked.stores(),
                history,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                copies.left(reading.tree(), space.layout()),
                tools.harness().apply(plan.lab()),
                timetable.seconds());
    }

    private static List<Finding> lacking(
            CheckedOut clone, Reading reading, PreparedEnvironment environment, RunFacts run) {
        return LackingPackages.of(
                environment,
                reading.report().imports(),
                clone.tree().files().stream().map(TreeFile::path).toList(),
                run.stages().stream().map(stage -> stage.log().lastError()).toList(),
                run.whole() ? Severity.ADVICE : Severity.COSTS_POINTS);
    }

    /** Outputs of stages that did not run to their end. */
    private static Set<String> notMade(Reading reading, RunFacts run) {
        if (run.kind() == RunFacts.Kind.COMMANDS || run.kind() == RunFacts.Kind.MLPROJECT) {
            return Set.of(); // which of the stages such a run made, if any, only the files can tell
        }
        Set<String> ran = run.stages().stream()
                .filter(stage -> stage.status() == StageRun.Status.RAN)
                .map(StageRun::fullName)
                .collect(Collectors.toSet());
        return reading.pipelines().stream()
                .flatMap(pipeline -> pipeline.outputs(name -> !ran.contains(name)))
                .collect(Collectors.toSet());
    }

    private @Nullable SecondRunFacts secondRun(RunFacts run) {
        return run.whole() && run.ranAny() && plan.needs(new EvidenceRequest.SecondRun())
                ? Beside.result(dvc).again().orElse(null)
                : null;
    }

    /** Ends whatever still runs, then removes it all. */
    @Override
    public void close() {
        CompletableFuture<Void> ended = dvc.thenAccept(PipelineRun::close);
        await(network);
        try {
            tracking.close();
        } finally {
            space.close();
        }
        await(ended);
        PreparedEnvironment used = prepared;
        if (used != null) {
            used.close();
        }
    }

    private static void await(CompletableFuture<Void> work) {
        try {
            work.join();
        } catch (CompletionException failed) {
            // Whoever needed it was told; here it only matters that it does not go on.
        }
    }
}
