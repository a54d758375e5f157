package org.labharness.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.labharness.lab.EvidenceRequest;
import org.labharness.pipeline.collect.rows.RowSearch;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.HiddenCopyFacts;
import org.labharness.pipeline.evidence.HiddenCopyFacts.Where;
import org.labharness.pipeline.predict.HiddenNumbers;
import org.labharness.pipeline.sandbox.SpaceLayout;
import org.labharness.pipeline.sandbox.SubmissionSpace;

/** Looks for rows of hidden data before the run, in what was handed in, and after it, in all that is left; where checks ask for it. */
final class HiddenCopies {
    /** For each of the two times, and all hidden data of the lab together. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Map<String, RowSearch> searches = new TreeMap<>();
    private final List<HiddenCopyFacts> unfit = new ArrayList<>();
    private long deadline;

    static HiddenCopies of(PipelineRunner.Tools tools, RunPlan plan, SubmissionSpace space) {
        HiddenCopies copies = new HiddenCopies();
        for (EvidenceRequest request : plan.requests()) {
            if (request instanceof EvidenceRequest.HiddenCopies asked) {
                copies.lookFor(
                        asked.data(),
                        tools.predictions()
                                .numbers(
                                        plan.lab(),
                                        asked.data(),
                                        space.request().heard()));
            }
        }
        return copies;
    }

    private void lookFor(String data, HiddenNumbers numbers) {
        if (numbers.unfit().isEmpty()) {
            searches.put(
                    data, new RowSearch(numbers.rows(), numbers.lookalikes(), () -> deadline - System.nanoTime() > 0));
        } else {
            unfit.add(new HiddenCopyFacts(data, 0, numbers.unfit(), false, List.of()));
        }
    }

    /** Before anything runs. */
    void handedIn(TreeReader tree) {
        deadline = System.nanoTime() + LONGEST.toNanos();
        searches.values().forEach(search -> search.in(tree, Where.HANDED_IN));
    }

    /** When nothing of the submission runs any more. */
    List<HiddenCopyFacts> left(TreeReader tree, SpaceLayout layout) {
        deadline = System.nanoTime() + LONGEST.toNanos();
        List<HiddenCopyFacts> facts = new ArrayList<>(unfit);
        searches.forEach((data, search) -> {
            search.in(tree, Where.MADE);
            search.in(new TreeReader(layout.tracking()), Where.LOGGED);
            search.in(new TreeReader(layout.temporary()), Where.TEMPORARY);
            facts.add(search.facts(data));
        });
        return facts;
    }
}
