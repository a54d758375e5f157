package org.labharness.pipeline;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.labharness.lab.EvidenceRequest;
import org.labharness.lab.Intervention;
import org.labharness.pipeline.custom.CustomChecks;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.environment.PreparedEnvironment;
import org.labharness.pipeline.evidence.CustomFacts;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.PredictionFacts;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.predict.Predictions;
import org.labharness.pipeline.run.StageVariables;
import org.labharness.pipeline.sandbox.LoopbackPort;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.serve.Services;

/** What has to run to be known of a submission whose run is over, in containers of its own; the tree stays as the run left it. */
record Probes(PipelineRunner.Tools tools, RunPlan plan, SubmissionSpace space, Timetable timetable) {
    /** Adds what the lab's own tests find; they are given the tree, and the evidence but for what tells of hidden rows. */
    Evidence custom(Evidence collected) {
        List<String> files = plan.requests().stream()
                .flatMap(request ->
                        request instanceof EvidenceRequest.Custom custom ? Stream.of(custom.file()) : Stream.empty())
                .sorted()
                .toList();
        if (files.isEmpty()) {
            return collected;
        }
        List<CustomFacts> found = timetable.step(
                Step.CUSTOM,
                () -> new CustomChecks(
                                space, tools.images().custom(), plan.lab().folder())
                        .run(files, collected.withoutHiddenRows()));
        return collected.tested(found, timetable.seconds());
    }

    /** Adds what models make of rows. */
    Evidence predictions(Evidence collected, TreeReader tree, PreparedEnvironment environment) {
        if (plan.predictions().isEmpty()) {
            return collected;
        }
        List<PredictionFacts> predicted = timetable.step(
                Step.PREDICT, () -> predicted(plan.predictions(), collected.tracking(), tree, environment));
        return collected.predicted(predicted, timetable.seconds());
    }

    /** What models make of rows that a change planted. */
    List<PredictionFacts> predictionsAfter(
            Intervention change, List<TrackingStore> stores, TreeReader tree, PreparedEnvironment environment) {
        return predicted(plan.predictionsAfter(change), stores, tree, environment);
    }

    private List<PredictionFacts> predicted(
            List<EvidenceRequest.Predictions> requests,
            List<TrackingStore> stores,
            TreeReader tree,
            PreparedEnvironment environment) {
        if (requests.isEmpty()) {
            return List.of();
        }
        return tools.predictions()
                .of(
                        subject(stores, tree, environment),
                        requests,
                        text -> timetable.progress().on(new Progress.Event.Note(text)));
    }

    private Predictions.Subject subject(List<TrackingStore> stores, TreeReader tree, PreparedEnvironment environment) {
        return new Predictions.Subject(
                plan.lab(),
                space,
                tree,
                environment,
                StageVariables.of(environment, null, plan.lab().limits().cpus()),
                stores);
    }

    /**
     * Adds what services and clients do.
     *
     * @param answered loopback ports that lead to the tracking server, where there is one
     */
    Evidence services(
            Evidence collected, TreeReader tree, PreparedEnvironment environment, Set<LoopbackPort> answered) {
        if (plan.services().isEmpty()) {
            return collected;
        }
        Services.Observed observed = timetable.step(
                Step.SERVE,
                () -> tools.services()
                        .observe(
                                subject(collected.tracking(), tree, environment),
                                collected.submission().commit(),
                                plan.services(),
                                plan.needs(new EvidenceRequest.Tracking()) ? answered : Set.of(),
                                text -> timetable.progress().on(new Progress.Event.Note(text))));
        return collected.served(observed.services(), observed.clients(), timetable.seconds());
    }
}
