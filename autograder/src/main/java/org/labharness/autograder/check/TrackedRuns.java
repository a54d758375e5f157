package org.labharness.autograder.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.labharness.lab.Finding;
import org.labharness.lab.Points;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;

/** The MLflow runs of all stores, and why there are none: what the MLflow rules share. */
final class TrackedRuns {
    /** Codes of findings that say where tracking calls go instead of where the environment says. */
    private static final Set<String> ELSEWHERE =
            Set.of("mlflow.hard-coded-uri", "mlflow.hard-coded-file", "mlflow.remote-uri");

    private static final String FINISHED = "FINISHED";

    private final Case subject;
    private final Evidence evidence;
    private final List<MlflowRun> fresh;

    TrackedRuns(Case subject) {
        this.subject = subject;
        this.evidence = subject.evidence();
        Map<String, MlflowRun> byId = new LinkedHashMap<>();
        evidence.tracking().forEach(store -> store.newRuns().forEach(run -> byId.putIfAbsent(run.id(), run)));
        this.fresh = List.copyOf(byId.values());
    }

    /** New runs that finished, each once. */
    List<MlflowRun> finished() {
        return fresh.stream().filter(run -> run.status().equals(FINISHED)).toList();
    }

    /** New runs that did not finish. */
    List<MlflowRun> unfinished() {
        return fresh.stream().filter(run -> !run.status().equals(FINISHED)).toList();
    }

    int old() {
        return evidence.tracking().stream().mapToInt(TrackingStore::oldRuns).sum();
    }

    /** A finding on where the tracking calls go, if the code does not leave that to the environment. */
    Optional<Finding> hardCoded() {
        return evidence.findings().stream()
                .filter(finding -> ELSEWHERE.contains(finding.code()))
                .findFirst();
    }

    /** What runs that came in nevertheless owe to an answered address; empty where nothing is hard-coded. */
    String remark() {
        return hardCoded()
                .filter(finding -> !finished().isEmpty())
                .map(finding -> " Note: " + RunStory.ended(finding.message())
                        + " The harness answered there or looked there, so the runs count.")
                .orElse("");
    }

    /**
     * The ruling where something is lacking.
     *
     * @param had how many of {@code wanted} parts there are
     * @param lacking what was seen and expected
     * @param hint what to do, where the run itself gives no other reason
     */
    Ruling lacking(int had, int wanted, String lacking, String hint) {
        RunStory story = new RunStory(evidence);
        Optional<String> ours = story.ours();
        if (ours.isPresent()) {
            return Ruling.ours(lacking + " " + ours.get());
        }
        Points earned = subject.full().part(had, wanted);
        Optional<Sentence> failure = story.failure().or(story::frozen);
        if (failure.isPresent()) {
            return Ruling.part(earned, failure.get().after(lacking));
        }
        Optional<Sentence> data = story.unreachable().filter(why -> Applicability.usesMlflow(evidence));
        if (data.isPresent()) {
            return Ruling.theirs(
                    subject.share(had, 0, wanted - had, wanted), data.get().after(lacking));
        }
        return Ruling.part(earned, finished().isEmpty() ? silent(lacking, hint) : Sentence.of(lacking, hint));
    }

    /** Why a pipeline that ran left no finished run. */
    private Sentence silent(String lacking, String hint) {
        if (!unfinished().isEmpty()) {
            MlflowRun run = unfinished().get(0);
            return Sentence.of(
                    lacking + " " + PlainText.count(unfinished().size(), "run") + " did not finish: "
                            + PlainText.quoted(run.name().isBlank() ? run.id() : run.name()) + " is "
                            + PlainText.name(run.status()) + ".",
                    "Log inside with mlflow.start_run(): so that the run is ended, and look why the code in it fails.");
        }
        return hardCoded()
                .map(finding -> Sentence.at(
                        finding.where(),
                        lacking + " " + RunStory.ended(finding.message()),
                        finding.hint().isBlank()
                                ? "Take the line out: MLflow reads MLFLOW_TRACKING_URI by itself."
                                : finding.hint()))
                .orElseGet(() -> Sentence.of(lacking, hint));
    }
}
