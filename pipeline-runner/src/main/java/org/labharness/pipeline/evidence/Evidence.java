package org.labharness.pipeline.evidence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Finding;
import org.labharness.lab.Intervention;
import org.labharness.lab.ModelReference;
import org.labharness.lab.TestRows;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;

/**
 * Everything that checks may read about one submission. Written once, never changed; checks read nothing else.
 *
 * @param schema version of this shape, {@link #SCHEMA}
 * @param environment null where nothing was to be run
 * @param secondRun null where none was asked for or the first run failed
 * @param history what commits, tags and experiments tell; null where no check asks for it
 * @param custom what each pytest file of the lab found, given all the rest but interventions
 * @param interventions in the order in which the lab's checks ask for them; none where the first run failed
 * @param predictions what models made of hidden data and of the submission's own test rows, where checks ask for it
 * @param services what services did while they were asked, where checks ask for it
 * @param clients whom clients asked, in the order of the checks that ask for it
 * @param hiddenCopies where rows of hidden data were found, where checks ask for it
 * @param timings seconds by step; volatile
 */
public record Evidence(
        String schema,
        SubmissionFacts submission,
        TreeFacts tree,
        ToolFacts tools,
        List<Finding> findings,
        List<PipelineFacts> pipelines,
        List<DataFacts> data,
        @Nullable EnvironmentFacts environment,
        RunFacts run,
        @Nullable SecondRunFacts secondRun,
        List<MetricsFile> metrics,
        List<TrackingStore> tracking,
        @Nullable HistoryFacts history,
        List<CustomFacts> custom,
        List<InterventionFacts> interventions,
        List<PredictionFacts> predictions,
        List<ServiceFacts> services,
        List<ClientFacts> clients,
        List<HiddenCopyFacts> hiddenCopies,
        HarnessFacts harness,
        Map<String, Double> timings) {
    public static final String SCHEMA = "labharness/evidence/1";

    public Evidence {
        findings = List.copyOf(findings);
        pipelines = List.copyOf(pipelines);
        data = List.copyOf(data);
        metrics = List.copyOf(metrics);
        tracking = List.copyOf(tracking);
        custom = List.copyOf(custom);
        interventions = List.copyOf(interventions);
        predictions = List.copyOf(predictions);
        services = List.copyOf(services);
        clients = List.copyOf(clients);
        hiddenCopies = List.copyOf(hiddenCopies);
        timings = Map.copyOf(timings);
    }

    /** MLflow runs of all stores that were not there before the harness ran the submission; one in two stores is there twice. */
    public List<MlflowRun> newRuns() {
        return tracking.stream().flatMap(store -> store.newRuns().stream()).toList();
    }

    /** What a model made of rows, where it was asked. */
    public Optional<PredictionFacts> prediction(ModelReference model, TestRows rows) {
        return PredictionFacts.of(model, rows, predictions);
    }

    /** What followed the changes that a check asks for, where they were made. */
    public Optional<InterventionFacts> intervention(Intervention change) {
        return interventions.stream()
                .filter(facts -> facts.key().equals(change.key()))
                .findFirst();
    }

    /** What a service did, where it was tried. */
    public Optional<ServiceFacts> service(String id) {
        return services.stream().filter(facts -> facts.service().equals(id)).findFirst();
    }

    /** The same as if another run had been made. */
    public Evidence with(RunFacts other) {
        return with(other, custom, interventions, predictions, services, clients, timings);
    }

    /** The same, with what the lab's own tests found. */
    public Evidence tested(List<CustomFacts> found, Map<String, Double> seconds) {
        return with(run, found, interventions, predictions, services, clients, seconds);
    }

    /** The same without single predictions of hidden rows, and what code said that had seen such rows: near a submission's code nothing of them belongs. */
    public Evidence withoutHiddenRows() {
        return with(
                run,
                custom,
                interventions,
                predictions.stream().map(PredictionFacts::withoutRows).toList(),
                services.stream().map(ServiceFacts::withoutRows).toList(),
                clients,
                timings);
    }

    /** The same with what was found out after a provisional verdict. */
    public Evidence with(List<InterventionFacts> followed, Map<String, Double> seconds) {
        return with(run, custom, followed, predictions, services, clients, seconds);
    }

    /** The same with what models predicted. */
    public Evidence predicted(List<PredictionFacts> predicted, Map<String, Double> seconds) {
        return with(run, custom, interventions, predicted, services, clients, seconds);
    }

    /** The same with what services and clients did. */
    public Evidence served(List<ServiceFacts> served, List<ClientFacts> followed, Map<String, Double> seconds) {
        return with(run, custom, interventions, predictions, served, followed, seconds);
    }

    private Evidence with(
            RunFacts ran,
            List<CustomFacts> found,
            List<InterventionFacts> followed,
            List<PredictionFacts> predicted,
            List<ServiceFacts> served,
            List<ClientFacts> told,
            Map<String, Double> seconds) {
        return new Evidence(
                schema,
                submission,
                tree,
                tools,
                findings,
                pipelines,
                data,
                environment,
                ran,
                secondRun,
                metrics,
                tracking,
                history,
                found,
                followed,
                predicted,
                served,
                told,
                hiddenCopies,
                harness,
                seconds);
    }
}
