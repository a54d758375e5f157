package org.labharness.autograder.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.LockFacts;
import org.labharness.pipeline.evidence.LockFacts.Difference;
import org.labharness.pipeline.evidence.LockFacts.Kind;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.ProblemPlace;

/** {@code lock-agrees}: a part of the points for each stage whose record is up to date. Line endings are no difference. */
final class LockRule {
    private static final String MEND = "Run dvc repro, then git add dvc.lock && git commit, and push.";

    private static final String MEND_LINK =
            "Put a file of your own in the place of the link, or make it a relative link to a committed file, then commit and push.";

    private LockRule() {}

    static Ruling judge(Case subject) {
        List<PipelineFacts> pipelines = subject.evidence().pipelines();
        if (pipelines.isEmpty()) {
            return Ruling.absent(Sentence.of(
                    "There is no dvc.yaml in the repository, so no dvc.lock can agree with it.",
                    "Describe your pipeline in dvc.yaml, run dvc repro, and commit dvc.yaml and dvc.lock."));
        }
        int all = 0;
        int good = 0;
        Sentence first = null;
        boolean any = pipelines.stream().anyMatch(pipeline -> !pipeline.stages().isEmpty());
        for (PipelineFacts pipeline : pipelines) {
            if (any && pipeline.stages().isEmpty() && pipeline.problem() == null) {
                continue; // metrics and plots alone, as DVCLive writes it
            }
            Set<String> stages = stages(pipeline);
            all += Math.max(1, stages.size());
            Sentence whole = whole(pipeline);
            if (whole != null) {
                first = first == null ? whole : first;
                continue;
            }
            List<Difference> faults = faults(pipeline);
            good += stages.size()
                    - (int) faults.stream().map(Difference::stage).distinct().count();
            first = first == null && !faults.isEmpty() ? stale(pipeline, faults) : first;
        }
        if (first == null) {
            return Ruling.full(agrees(pipelines));
        }
        return Ruling.part(
                subject.full().part(good, all),
                good == 0 ? first : first.after(good + " of " + PlainText.count(all, "stage") + " up to date."));
    }

    private static Set<String> stages(PipelineFacts pipeline) {
        Set<String> names = new LinkedHashSet<>();
        pipeline.stages().forEach(stage -> names.add(stage.name()));
        faults(pipeline).forEach(difference -> names.add(difference.stage()));
        return names;
    }

    private static List<Difference> faults(PipelineFacts pipeline) {
        return pipeline.lock() == null
                ? List.of()
                : pipeline.lock().differences().stream()
                        .filter(Difference::fault)
                        .toList();
    }

    private static @Nullable Sentence whole(PipelineFacts pipeline) {
        String lock = PlainText.name(pipeline.path("dvc.lock"));
        if (pipeline.problem() != null) {
            return RunStory.unreadable(pipeline);
        }
        if (pipeline.stages().isEmpty()) {
            return Sentence.at(
                    Place.of(pipeline.path("dvc.yaml")),
                    PlainText.name(pipeline.path("dvc.yaml")) + " declares no stages, so there is nothing to lock.",
                    "Add your stages, run dvc repro, and commit dvc.yaml and dvc.lock.");
        }
        if (pipeline.lock() == null) {
            return Sentence.at(
                    Place.of(pipeline.path("dvc.yaml")),
                    lock + " is not committed, so nobody can tell which data and parameters your results come from.",
                    "Run dvc repro, check that .gitignore does not name dvc.lock, then git add dvc.lock && git commit.");
        }
        return pipeline.lock().problem() == null
                ? null
                : Sentence.at(
                        ProblemPlace.of(
                                pipeline.path("dvc.lock"), pipeline.lock().problem()),
                        lock + " cannot be read: "
                                + RunStory.ended(pipeline.lock().problem()),
                        "Delete it, run dvc repro, and commit the new one; never merge it by hand.");
    }

    private static Sentence stale(PipelineFacts pipeline, List<Difference> faults) {
        Difference first = faults.get(0);
        List<String> others = faults.stream()
                .skip(1)
                .map(difference -> difference.subject().equals(difference.stage())
                        ? difference.stage()
                        : difference.stage() + " (" + difference.subject() + ")")
                .toList();
        String message = "Stage " + PlainText.name(first.stage()) + RunStory.at(first.where()) + ": "
                + words(first, PlainText.name(pipeline.path("dvc.lock")))
                + (others.isEmpty() ? "" : " Also: " + PlainText.list(others) + ".");
        return Sentence.at(first.where(), message, first.kind() == Kind.LINK ? MEND_LINK : MEND);
    }

    private static String words(Difference difference, String lock) {
        String subject = PlainText.name(difference.subject());
        String values = " (recorded " + value(difference.recorded()) + ", seen " + value(difference.seen()) + ").";
        return switch (difference.kind()) {
            case STAGE_MISSING -> "it is in dvc.yaml but not in " + lock + ".";
            case STAGE_EXTRA -> "it is in " + lock + " but no longer in dvc.yaml.";
            case COMMAND -> "its command changed since " + lock + " was written" + values;
            case PARAMETER -> "parameter " + subject + " changed since " + lock + " was written" + values;
            case DEPENDENCY ->
                difference.unrecorded()
                        ? "dependency " + subject + " is in dvc.yaml but not recorded in " + lock + "."
                        : difference.undeclared()
                                ? "dependency " + subject + " is recorded in " + lock + " but no longer in dvc.yaml."
                                : "dependency " + subject + " changed since " + lock + " was written" + values;
            case LINK ->
                "dependency " + subject + " is not in the clone as it was when " + lock
                        + " was written, for its symbolic link " + difference.seen() + ".";
            case OUTPUT -> "output " + subject + " is not the one recorded in " + lock + values;
            case LINE_ENDINGS -> subject + " differs from " + lock + " in line endings only.";
        };
    }

    private static String value(String text) {
        return text.isBlank() ? "nothing" : PlainText.quoted(text);
    }

    private static String agrees(List<PipelineFacts> pipelines) {
        List<Difference> harmless = pipelines.stream()
                .flatMap(
                        pipeline -> pipeline.lock() == null ? Stream.<Difference>empty() : differences(pipeline.lock()))
                .toList();
        List<String> endings = harmless.stream()
                .filter(difference -> difference.kind() == Kind.LINE_ENDINGS)
                .map(Difference::subject)
                .distinct()
                .toList();
        String lock = pipelines.size() == 1 ? PlainText.name(pipelines.get(0).path("dvc.lock")) : "Every dvc.lock";
        String text = lock + " agrees with dvc.yaml, the parameters and the committed files.";
        if (!endings.isEmpty()) {
            text += " It was written on Windows: the hashes of " + PlainText.list(endings)
                    + " are those of CRLF text. Same content, no points lost.";
        }
        return harmless.size() == endings.size() || harmless.stream().allMatch(d -> d.kind() == Kind.LINE_ENDINGS)
                ? text
                : text + " Other differences are no fault of yours and cost nothing.";
    }

    private static Stream<Difference> differences(LockFacts lock) {
        return lock.differences().stream();
    }
}
