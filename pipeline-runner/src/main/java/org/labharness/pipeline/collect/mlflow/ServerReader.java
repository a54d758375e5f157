package org.labharness.pipeline.collect.mlflow;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.ExperimentsPage;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.RunsPage;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/** Reads experiments and runs of a server with MLflow's own client. */
final class ServerReader {
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 200;
    /** Held, for a logger that nobody holds forgets its level. */
    private static final Logger NOISE = Logger.getLogger("org.mlflow_project");

    private final MlflowClient client;
    private final StoreDraft draft;

    private ServerReader(MlflowClient client, StoreDraft draft) {
        this.client = client;
        this.draft = draft;
    }

    static void read(URI server, StoreDraft draft) {
        NOISE.setLevel(Level.OFF);
        try (MlflowClient client = new MlflowClient(new BasicMlflowHostCreds(server.toString()));
                MlflowHttp http = new MlflowHttp(server)) {
            ServerReader reader = new ServerReader(client, draft);
            reader.experiments();
            reader.runs();
            new RegistryReader(client, http, draft).read();
            new RunDetails(http, draft).read();
        }
    }

    private void experiments() {
        Optional<String> token = Optional.empty();
        for (int page = 0; page < MOST_PAGES; page++) {
            ExperimentsPage found = token.isEmpty()
                    ? client.searchExperiments("", Service.ViewType.ACTIVE_ONLY, PAGE, List.of())
                    : client.searchExperiments("", Service.ViewType.ACTIVE_ONLY, PAGE, List.of(), token.get());
            found.getItems()
                    .forEach(experiment -> draft.experiment(experiment.getExperimentId(), experiment.getName()));
            token = found.getNextPageToken();
            if (!found.hasNextPage()) {
                return;
            }
        }
        draft.problem("more than " + PAGE * MOST_PAGES + " experiments");
    }

    private void runs() {
        List<String> experiments = draft.experimentIds().stream().sorted().toList();
        for (int from = 0; from < experiments.size(); from += PAGE) {
            runs(experiments.subList(from, Math.min(experiments.size(), from + PAGE)));
        }
    }

    private void runs(List<String> experiments) {
        List<String> order = List.of("attributes.start_time ASC");
        Optional<String> token = Optional.empty();
        for (int page = 0; page * PAGE < draft.caps().runs() + PAGE; page++) {
            RunsPage found = token.isEmpty()
                    ? client.searchRuns(experiments, "", Service.ViewType.ACTIVE_ONLY, PAGE, order)
                    : client.searchRuns(experiments, "", Service.ViewType.ACTIVE_ONLY, PAGE, order, token.get());
            found.getItems().forEach(this::run);
            token = found.getNextPageToken();
            if (!found.hasNextPage()) {
                return;
            }
        }
        draft.problem("more than " + draft.caps().runs() + " new runs");
    }

    private void run(Service.Run run) {
        Service.RunInfo info = run.getInfo();
        draft.run(
                        info.getRunId(),
                        info.getRunName(),
                        info.getExperimentId(),
                        info.getStatus().name())
                .ifPresent(kept -> {
                    run.getData().getParamsList().forEach(param -> kept.param(param.getKey(), param.getValue()));
                    run.getData().getTagsList().forEach(tag -> kept.tag(tag.getKey(), tag.getValue()));
                    run.getData().getMetricsList().forEach(metric -> {
                        kept.metric(metric.getKey(), metric.getValue());
                        if (metric.getStep() > 0) {
                            kept.expectHistory(metric.getKey());
                        }
                    });
                });
    }
}
