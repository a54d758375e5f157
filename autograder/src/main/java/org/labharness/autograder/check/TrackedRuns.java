package org.labharness.autograder.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.labharness.lab.Finding;
import org.labharness.lab.Points;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;
import org.labharness.pipeline.preflight.FindingCode;

/** The MLflow runs of all stores, and why there are none: what the MLflow rules share. */
final class TrackedRuns {
    /** Codes of findings on tracking calls that name a place of their own, which is answered or looked at all the same. */
    private static final Set<String> ELSEWHERE =
            Set.of(FindingCode.MLFLOW_HARD_CODED_URI.code(), FindingCode.MLFLOW_HARD_CODED_FILE.code());
    /** Codes of findings on runs that are there and do not count as new. */
    private static final Set<String> NOT_NEW =
            Set.of("tracking.dated-before", "tracking.dated-after", "tracking.not-seen-before");
    /** What the harness could not read, for reasons that may be its own. */
    private static final String UNREAD = "tracking.unread";

    private static final String PARENT = "mlflow.parentRunId";

    private static final String FINISHED = "FINISHED";

    private final Case subject;
    private final Evidence evidence;
    private final List<MlflowRun> fresh;

    TrackedRuns(Case subject) {
        this.subject = subject;
        this.evidence = subject.evidence();
        Map<String, MlflowRun> byId = new LinkedHashMap<>();
        evidence.newRuns().forEach(run -> byId.putIfAbsent(run.id(), run));
        this.fresh = List.copyOf(byId.values());
    }

    /** New runs that finished, each once. */
    List<MlflowRun> finished() {
        return fresh.stream().filter(run -> run.status().equals(FINISHED)).toList();
    }

    /** Finished runs without those that only hold others together, as a grid search's parent does. */
    List<MlflowRun> withoutParents() {
        Set<String> parents = fresh.stream()
                .flatMap(run -> Optional.ofNullable(run.tags().get(PARENT)).stream())
                .collect(Collectors.toSet());
        return finished().stream().filter(run -> !parents.contains(run.id())).toList();
    }

    /** That runs were started and did not end well, with a blank before it; empty where all did. */
    private String unfinished() {
        List<MlflowRun> runs =
                fresh.stream().filter(run -> !run.status().equals(FINISHED)).toList();
        if (runs.isEmpty()) {
            return "";
        }
        MlflowRun first = runs.get(0);
        String name = RunNames.isNamed(first) ? PlainText.quoted(first.name()) : "";
        String which = runs.size() == 1
                ? "does not count" + (name.isEmpty() ? "" : ": " + name)
                : "do not count" + (name.isEmpty() ? "" : ", the first of them " + name);
        return " " + PlainText.count(runs.size(), "run") + " did not finish and " + which + " (status "
                + PlainText.name(first.status()) + ").";
    }

    /** Sentences of findings with one of these codes, with a blank before each. */
    String told(Set<String> codes) {
        return evidence.findings().stream()
                .filter(finding -> codes.contains(finding.code()))
                .map(finding -> " " + RunStory.ended(finding.message()))
                .distinct()
                .limit(2)
                .collect(Collectors.joining());
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

    /** That runs came in though the code names a place of its own for them; empty where it does not. */
    String remark() {
        return hardCoded()
                .filter(finding -> !finished().isEmpty())
                .map(finding -> " Note: " + place(finding)
                        + " names a tracking address of its own; the runs were found all the same.")
                .orElse("");
    }

    private static String place(Finding finding) {
        return finding.where() == null
                ? "the code"
                : PlainText.name(finding.where().toString());
    }

    /**
     * The ruling where something is lacking.
     *
     * @param had how many of {@code wanted} parts there are
     * @param missing what was seen and expected
     * @param hint what to do, where the run itself gives no other reason
     */
    Ruling lacking(int had, int wanted, String missing, String hint) {
        RunStory story = new RunStory(evidence);
        String unread = told(Set.of(UNREAD));
        if (!unread.isEmpty()) {
            return Ruling.ours(missing + unread);
        }
        Optional<Sentence> ours = story.ours();
        if (ours.isPresent()) {
            return Ruling.ours(subject.because(missing, ours.get()).message());
        }
        String lacking = missing + unfinished() + told(NOT_NEW);
        Points earned = subject.full().part(had, wanted);
        Optional<Sentence> failure = story.failure().or(story::frozen);
        if (failure.isPresent()) {
            return Ruling.part(earned, subject.because(lacking, failure.get()));
        }
        Optional<Sentence> unreachable = story.unreachable()
                .filter(why -> Applicability.usesMlflow(evidence))
                .or(this::hosted);
        if (unreachable.isPresent()) {
            return Ruling.theirs(
                    subject.share(had, 0, wanted - had, wanted), subject.because(lacking, unreachable.get()));
        }
        return Ruling.part(earned, finished().isEmpty() ? silent(lacking, hint) : Sentence.of(lacking, hint));
    }

    /** That all runs may have gone to a service that cannot be reached, by code that goes on without it. */
    private Optional<Sentence> hosted() {
        return HostedService.called(evidence)
                .filter(finding -> fresh.isEmpty())
                .map(finding -> Sentence.at(finding.where(), RunStory.ended(finding.message()), finding.hint()));
    }

    /** Why a pipeline that ran left no finished run. */
    private Sentence silent(String lacking, String hint) {
        if (!fresh.isEmpty()) {
            return Sentence.of(
                    lacking,
                    "Log inside with mlflow.start_run(): so that the run is ended, and look why the code in it fails.");
        }
        return hardCoded()
                .map(finding -> Sentence.at(
                        finding.where(),
                        lacking + " " + place(finding)
                                + " names a tracking address of its own; that was looked at as well, and"
                                + " no run arrived there.",
                        "Take that address out, so that MLflow reads MLFLOW_TRACKING_URI, and check that a stage reaches the code"
                                + " that logs."))
                .orElseGet(() -> Sentence.of(lacking, hint));
    }
}
