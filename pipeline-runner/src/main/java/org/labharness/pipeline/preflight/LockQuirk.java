package org.labharness.pipeline.preflight;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.ShellWord;
import org.labharness.pipeline.evidence.LockFacts;
import org.labharness.pipeline.evidence.LockFacts.Difference;
import org.labharness.pipeline.evidence.LockFacts.Kind;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.ProblemPlace;

/** Whether dvc.lock is there and agrees with what is committed beside it. */
final class LockQuirk implements Quirk {
    private static final int SHOWN = 3;

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        view.pipelines().forEach(pipeline -> look(view, pipeline, findings));
    }

    private static void look(TreeView view, PipelineFacts pipeline, Consumer<Finding> findings) {
        LockFacts lock = pipeline.lock();
        String path = pipeline.path("dvc.lock");
        if (lock == null) {
            if (!pipeline.stages().isEmpty()) {
                missing(view, pipeline, path, findings);
            }
            return;
        }
        String problem = lock.problem();
        if (problem != null) {
            findings.accept(FindingCode.DVC_LOCK_UNREADABLE.at(
                    ProblemPlace.of(path, problem),
                    path + " cannot be read: " + problem + ".",
                    "Delete it, run 'dvc repro' and commit the new one. Never merge it by hand."));
            return;
        }
        stages(pipeline, lock, path, findings);
        stale(new LockHistory(view, pipeline), lock, path, findings);
        lineEndings(lock, path, findings);
    }

    private static void missing(TreeView view, PipelineFacts pipeline, String path, Consumer<Finding> findings) {
        findings.accept(FindingCode.DVC_NO_LOCK.at(
                Place.of(pipeline.path("dvc.yaml")),
                "There is no " + path + " in Git, so nothing shows which data, parameters and results belong together.",
                "Run 'dvc repro' and commit the dvc.lock that it writes: git add " + ShellWord.of(path)
                        + " && git commit." + view.hidden(path)));
    }

    private static void stages(PipelineFacts pipeline, LockFacts lock, String path, Consumer<Finding> findings) {
        List<Difference> unlike = lock.differences().stream()
                .filter(difference -> difference.kind() == Kind.STAGE_MISSING || difference.kind() == Kind.STAGE_EXTRA)
                .toList();
        if (unlike.isEmpty() || pipeline.stages().isEmpty()) {
            return;
        }
        String missing = names(unlike, Kind.STAGE_MISSING);
        String extra = names(unlike, Kind.STAGE_EXTRA);
        FindingCode code = missing.isEmpty() ? FindingCode.DVC_LOCK_LEFT_OVER : FindingCode.DVC_LOCK_STAGES_DIFFER;
        findings.accept(code.at(
                unlike.getFirst().where(),
                path + " and " + pipeline.path("dvc.yaml") + " name different stages: "
                        + (missing.isEmpty() ? "" : "never run and recorded: " + missing)
                        + (missing.isEmpty() || extra.isEmpty() ? "" : "; ")
                        + (extra.isEmpty() ? "" : "recorded, but no longer in dvc.yaml: " + extra) + ".",
                missing.isEmpty()
                        ? "Nothing has to be done; who likes it tidy deletes dvc.lock, runs 'dvc repro' and commits the new one."
                        : "Run 'dvc repro' and commit the dvc.lock that it writes."));
    }

    private static String names(List<Difference> differences, Kind kind) {
        List<String> names = differences.stream()
                .filter(difference -> difference.kind() == kind)
                .map(Difference::stage)
                .toList();
        return names.stream().limit(5).collect(Collectors.joining(", "))
                + (names.size() > 5 ? " and " + (names.size() - 5) + " more" : "");
    }

    private static void stale(LockHistory history, LockFacts lock, String path, Consumer<Finding> findings) {
        Map<String, List<Difference>> byStage = lock.differences().stream()
                .filter(Difference::fault)
                .filter(difference -> difference.kind() != Kind.STAGE_MISSING)
                .collect(Collectors.groupingBy(Difference::stage, LinkedHashMap::new, Collectors.toList()));
        byStage.forEach((stage, differences) -> {
            String what = differences.stream()
                    .limit(SHOWN)
                    .map(difference -> words(difference) + history.since(difference))
                    .collect(Collectors.joining("; "));
            String more = differences.size() > SHOWN ? "; and " + (differences.size() - SHOWN) + " more" : "";
            findings.accept(FindingCode.DVC_LOCK_STALE.at(
                    differences.getFirst().where(),
                    path + " is out of date for stage '" + stage + "': " + what + more + ".",
                    differences.getFirst().kind() == Kind.LINK
                            ? "Put a file of your own in the place of the link, or make it a relative link to a committed file; then: dvc repro, and commit dvc.lock."
                            : "Run 'dvc repro', then commit dvc.lock together with the files that changed."));
        });
    }

    private static String words(Difference difference) {
        String subject = difference.subject();
        String recorded = difference.recorded();
        String seen = difference.seen();
        return switch (difference.kind()) {
            case STAGE_MISSING -> "it was never run and recorded";
            case STAGE_EXTRA -> "it is in dvc.lock but not in dvc.yaml";
            case COMMAND -> "the command was '" + brief(recorded) + "' and is now '" + brief(seen) + "'";
            case PARAMETER -> parameter(difference);
            case DEPENDENCY -> listed("the dependency " + subject, difference, "changed after the last recorded run");
            case LINK -> "the dependency " + subject + " is not in the clone, for its symbolic link " + seen;
            case OUTPUT -> listed("the output " + subject, difference, "is not the one that was recorded");
            case LINE_ENDINGS -> subject + " differs in line endings only";
        };
    }

    private static String parameter(Difference difference) {
        String subject = difference.subject();
        String seen = difference.seen();
        if (seen.equals("no such file") || seen.equals("not readable")) {
            return "the params file " + subject + (seen.equals("no such file") ? " is not there" : " cannot be read");
        }
        return difference.unrecorded()
                ? "the parameter " + subject + " (now " + seen + ") was never recorded"
                : "the parameter " + subject + " was " + difference.recorded() + " and is now " + seen;
    }

    private static String listed(String subject, Difference difference, String otherwise) {
        if (difference.unrecorded()) {
            return subject + " was never recorded";
        }
        return subject + (difference.undeclared() ? " is in dvc.lock but no longer in dvc.yaml" : " " + otherwise);
    }

    private static String brief(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > 80 ? line.substring(0, 79) + "…" : line;
    }

    private static void lineEndings(LockFacts lock, String path, Consumer<Finding> findings) {
        List<Difference> differences = lock.differences().stream()
                .filter(difference -> difference.kind() == Kind.LINE_ENDINGS)
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
                FindingCode.DVC_LOCK_CRLF.at(
                        differences.getFirst().where(),
                        path + " was written where text has other line endings (Windows CRLF or Unix LF) than in Git: "
                                + files + ". You lose no points for this.",
                        "To avoid it: put a line '* text=auto eol=lf' into .gitattributes, then: git add --renormalize . && dvc repro && git commit -a."));
    }
}
