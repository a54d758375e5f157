package org.labharness.pipeline.preflight;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Severity;
import org.labharness.pipeline.evidence.LockFacts;
import org.labharness.pipeline.evidence.LockFacts.Difference;
import org.labharness.pipeline.evidence.PipelineFacts;

/** Whether dvc.lock is there and agrees with what is committed beside it. */
final class LockQuirk implements Quirk {
    private static final int SHOWN = 3;

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        view.pipelines().forEach(pipeline -> look(pipeline, findings));
    }

    private static void look(PipelineFacts pipeline, Consumer<Finding> findings) {
        LockFacts lock = pipeline.lock();
        String path = pipeline.path("dvc.lock");
        if (lock == null) {
            if (!pipeline.stages().isEmpty()) {
                missing(pipeline, path, findings);
            }
            return;
        }
        String problem = lock.problem();
        if (problem != null) {
            findings.accept(new Finding(
                    "dvc.lock-unreadable",
                    Severity.BLOCKS,
                    Places.withLine(path, problem),
                    path + " cannot be read: " + problem + ".",
                    "Delete it, run 'dvc repro' and commit the new one. Never merge it by hand."));
            return;
        }
        stale(lock, path, findings);
        lineEndings(lock, path, findings);
    }

    private static void missing(PipelineFacts pipeline, String path, Consumer<Finding> findings) {
        findings.accept(
                new Finding(
                        "dvc.no-lock",
                        Severity.COSTS_POINTS,
                        Place.of(pipeline.path("dvc.yaml")),
                        "There is no " + path
                                + " in Git, so nothing shows which data, parameters and results belong together.",
                        "Run 'dvc repro' and commit the dvc.lock that it writes: git add dvc.lock && git commit. If .gitignore names it, take it out there."));
    }

    private static void stale(LockFacts lock, String path, Consumer<Finding> findings) {
        Map<String, List<Difference>> byStage = lock.differences().stream()
                .filter(Difference::fault)
                .collect(Collectors.groupingBy(Difference::stage, LinkedHashMap::new, Collectors.toList()));
        byStage.forEach((stage, differences) -> {
            String what =
                    differences.stream().limit(SHOWN).map(LockQuirk::words).collect(Collectors.joining("; "));
            String more = differences.size() > SHOWN ? "; and " + (differences.size() - SHOWN) + " more" : "";
            findings.accept(new Finding(
                    "dvc.lock-stale",
                    Severity.COSTS_POINTS,
                    differences.getFirst().where(),
                    path + " is out of date for stage '" + stage + "': " + what + more + ".",
                    "Run 'dvc repro', then commit dvc.lock together with the files that changed."));
        });
    }

    private static String words(Difference difference) {
        String subject = difference.subject();
        String recorded = difference.recorded();
        String seen = difference.seen();
        boolean unrecorded = recorded.equals("not recorded");
        boolean removed = seen.equals("not in dvc.yaml");
        return switch (difference.kind()) {
            case STAGE_MISSING -> "it was never run and recorded";
            case STAGE_EXTRA -> "it is in dvc.lock but not in dvc.yaml";
            case COMMAND -> "the command was '" + brief(recorded) + "' and is now '" + brief(seen) + "'";
            case PARAMETER -> parameter(subject, recorded, seen);
            case DEPENDENCY ->
                listed("the dependency " + subject, unrecorded, removed, "changed after the last recorded run");
            case OUTPUT -> listed("the output " + subject, unrecorded, removed, "is not the one that was recorded");
            case LINE_ENDINGS -> subject + " differs in line endings only";
        };
    }

    private static String parameter(String subject, String recorded, String seen) {
        if (seen.equals("no such file") || seen.equals("not readable")) {
            return "the params file " + subject + (seen.equals("no such file") ? " is not there" : " cannot be read");
        }
        return recorded.equals("not recorded")
                ? "the parameter " + subject + " (now " + seen + ") was never recorded"
                : "the parameter " + subject + " was " + recorded + " and is now " + seen;
    }

    private static String listed(String subject, boolean unrecorded, boolean removed, String otherwise) {
        if (unrecorded) {
            return subject + " was never recorded";
        }
        return subject + (removed ? " is in dvc.lock but no longer in dvc.yaml" : " " + otherwise);
    }

    private static String brief(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > 80 ? line.substring(0, 79) + "…" : line;
    }

    private static void lineEndings(LockFacts lock, String path, Consumer<Finding> findings) {
        List<Difference> differences = lock.differences().stream()
                .filter(difference -> difference.kind() == LockFacts.Kind.LINE_ENDINGS)
                .toList();
        if (differences.isEmpty()) {
            return;
        }
        String files = differences.stream()
                .map(Difference::subject)
                .distinct()
                .limit(SHOWN)
                .collect(Collectors.joining(", "));
        findings.accept(
                new Finding(
                        "dvc.lock-crlf",
                        Severity.ADVICE,
                        differences.getFirst().where(),
                        path + " was written where text has other line endings (Windows CRLF or Unix LF) than in Git: "
                                + files + ". You lose no points for this.",
                        "To avoid it: put a line '* text=auto eol=lf' into .gitattributes, then: git add --renormalize . && dvc repro && git commit -a."));
    }
}
