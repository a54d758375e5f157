package org.labharness.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.EvidenceRequest;
import org.labharness.pipeline.checkout.CheckedOut;
import org.labharness.pipeline.checkout.History;
import org.labharness.pipeline.collect.dvc.DataVersions;
import org.labharness.pipeline.collect.dvc.Experiments;
import org.labharness.pipeline.collect.dvc.WantedContent;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.HistoryFacts;
import org.labharness.pipeline.fetch.DataFetch;
import org.labharness.pipeline.fetch.FetchLimits;
import org.labharness.pipeline.sandbox.SubmissionSpace;

/** Reads of the history what checks ask for. Before anything of the submission runs: a stage may write into {@code .git}. */
record HistoryReading(PipelineRunner.Tools tools, RunPlan plan, SubmissionSpace space, Progress progress) {
    /** Null where no check asks for anything. */
    @Nullable
    HistoryFacts read(CheckedOut clone, Reading reading) throws IOException {
        boolean work = plan.needs(new EvidenceRequest.History());
        boolean experiments = plan.needs(new EvidenceRequest.Experiments());
        List<EvidenceRequest.DataVersions> versions = plan.requests().stream()
                .filter(EvidenceRequest.DataVersions.class::isInstance)
                .map(EvidenceRequest.DataVersions.class::cast)
                .sorted(Comparator.comparing(EvidenceRequest.DataVersions::toString))
                .toList();
        if (!work && !experiments && versions.isEmpty()) {
            return null;
        }
        try (History history = History.of(clone.directory())) {
            List<DataVersions> data = new ArrayList<>();
            for (EvidenceRequest.DataVersions request : versions) {
                data.add(new DataVersions(request, history, reading.data(), reading.tree()));
            }
            return new HistoryFacts(
                    work ? history.work(clone.submission().ref()).orElse(null) : null,
                    facts(data, reading),
                    experiments ? Experiments.read(history) : null);
        }
    }

    private List<HistoryFacts.DataVersions> facts(List<DataVersions> data, Reading reading) throws IOException {
        List<WantedContent> wanted =
                data.stream().flatMap(one -> one.wanted().stream()).distinct().toList();
        if (wanted.isEmpty()) {
            return data.stream()
                    .map(one -> one.facts(Optional.empty(), Map.of()))
                    .toList();
        }
        DataFetch.Order order = new DataFetch.Order(
                reading.tree(),
                wanted,
                List.of(),
                Optional.empty(),
                FetchLimits.of(plan.lab().limits().disk()),
                Optional.ofNullable(plan.own()));
        try (DataFetch.Fetched fetched = tools.fetch().bring(space, tools.dvcImage(), order, progress)) {
            Optional<TreeReader> came = Optional.of(new TreeReader(fetched.folder()));
            return data.stream().map(one -> one.facts(came, fetched.fates())).toList();
        }
    }
}
