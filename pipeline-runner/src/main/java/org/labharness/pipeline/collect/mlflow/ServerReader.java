package org.labharness.pipeline.collect.mlflow;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.labharness.pipeline.tracking.Bridge;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.ExperimentsPage;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.RunsPage;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/** Reads experiments and runs of a server with MLflow's own client. */
final class ServerReader {
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 200;
    /** Runs in the first answer; how many the next ones hold follows from how large they are. */
    private static final int FIRST_PAGE = 10;
    /** Bytes that an answer should have at most. */
    private static final long ANSWER = 1 << 20;

    /** Held, for a logger that nobody holds forgets its level. */
    private static final Logger NOISE = Logger.getLogger("org.mlflow_project");

    private final MlflowClient client;
    private final Part part;
    private final StoreDraft draft;

    private ServerReader(MlflowClient client, Part part, StoreDraft draft) {
        this.client = client;
        this.part = part;
        this.draft = draft;
    }

    static void read(Bridge bridge, StoreDraft draft) {
        NOISE.setLevel(Level.OFF);
        URI server = bridge.uri();
        Part part = new Part(bridge);
        try (MlflowClient client = new MlflowClient(new BasicMlflowHostCreds(server.toString()));
                MlflowHttp http = new MlflowHttp(server)) {
            ServerReader reader = new ServerReader(client, part, draft);
            part.read(reader::experiments, draft, "the list of experiments");
            reader.runs();
            new RegistryReader(client, http, part, draft).read();
            new RunDetails(http, part, draft).read();
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
        Runs runs = new Runs(experiments);
        while (runs.more) {
            Optional<String> problem = part.read(runs::next);
            if (problem.isPresent() && !runs.smaller()) {
                draft.problem("a run and all after it could not be read: " + problem.get());
                return;
            }
        }
    }

    /** Pages of runs: a run may hold so much that few fit into an answer. */
    private final class Runs {
        private final List<String> experiments;
        private Optional<String> token = Optional.empty();
        private int page = FIRST_PAGE;
        private int seen;
        private boolean more = true;

        Runs(List<String> experiments) {
            this.experiments = experiments;
        }

        void next() {
            List<String> order = List.of("attributes.start_time ASC");
            RunsPage found = token.isEmpty()
                    ? client.searchRuns(experiments, "", Service.ViewType.ACTIVE_ONLY, page, order)
                    : client.searchRuns(experiments, "", Service.ViewType.ACTIVE_ONLY, page, order, token.get());
            found.getItems().forEach(ServerReader.this::run);
            token = found.getNextPageToken();
            seen += found.getItems().size();
            more = found.hasNextPage() && seen <= draft.caps().runs();
            long bytes = found.getItems().stream()
                    .mapToLong(Service.Run::getSerializedSize)
                    .sum();
            long each = 1 + bytes / Math.max(1, found.getItems().size());
            page = (int) Math.max(1, Math.min(PAGE, ANSWER / each));
        }

        /** @return whether a smaller page can be tried */
        boolean smaller() {
            boolean can = page > 1;
            page = 1;
            return can;
        }
    }

    private void run(Service.Run run) {
        Service.RunInfo info = run.getInfo();
        draft.run(
                        info.getRunId(),
                        info.getRunName(),
                        info.getExperimentId(),
                        info.getStatus().name(),
                        info.getStartTime())
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
