package org.labharness.autograder.gitserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.report.InspectionReport;
import org.labharness.autograder.report.TerminalStyle;
import org.labharness.autograder.report.VerdictLines;
import org.labharness.autograder.store.VerdictStore.Judged;
import org.labharness.pipeline.Inspection;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.Step;
import org.labharness.pipeline.evidence.StageRun;

/** What whoever handed in is told of it, in words. */
public final class PushWords {
    private static final int WIDTH = 92;
    private static final int FINDINGS = 30;
    private static final int LONGEST = 400;

    private PushWords() {}

    /** What reading found; a long story is cut, for the report has it all. */
    static List<String> inspection(Inspection inspection) {
        List<String> lines = InspectionReport.findings(inspection, new TerminalStyle(false, WIDTH))
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> "  " + line)
                .toList();
        if (lines.size() <= FINDINGS) {
            return lines;
        }
        List<String> cut = new ArrayList<>(lines.subList(0, FINDINGS));
        cut.add("  ... and " + (lines.size() - FINDINGS) + " lines more in the report");
        return cut;
    }

    /** What is worth a line of what happens. */
    public static Optional<String> of(Progress.Event event) {
        return switch (event) {
            case Progress.Event.StepStarted started ->
                started.step() == Step.RUN
                        ? Optional.empty()
                        : Optional.of(started.step().title() + " ...");
            case Progress.Event.StepEnded ended -> Optional.empty();
            case Progress.Event.StageStarted stage ->
                Optional.of("stage " + path(stage.pipeline(), stage.stage()) + " ...");
            case Progress.Event.StageEnded stage -> Optional.of(stage(stage.stage()));
            case Progress.Event.Provisional provisional -> Optional.empty();
            case Progress.Event.Changing change -> Optional.of("change: " + PlainText.line(change.what(), LONGEST));
            case Progress.Event.EnvironmentFound found -> Optional.empty();
            case Progress.Event.Note note -> Optional.of(PlainText.line(note.text(), LONGEST));
        };
    }

    private static String path(String pipeline, String stage) {
        return PlainText.line(pipeline.isEmpty() ? stage : pipeline + "/" + stage, LONGEST);
    }

    private static String stage(StageRun stage) {
        String how = switch (stage.status()) {
            case RAN -> "ran";
            case FAILED -> stage.exit() == null ? "failed" : "failed (exit " + stage.exit() + ")";
            case NOT_REACHED -> "not reached";
            case UP_TO_DATE -> "not run (up to date)";
            case REPLACED -> "replaced by the lab's input";
        };
        String time = stage.exit() == null ? "" : String.format(Locale.ROOT, ", %.1f s", stage.seconds());
        return "stage " + PlainText.line(stage.fullName(), LONGEST) + ": " + how + time;
    }

    /** Points, and for what is missing the reason and what to do. */
    static List<String> judged(Judged judged) {
        List<String> lines = new ArrayList<>(VerdictLines.of(judged.verdicts()));
        lines.add(judged.points() + " of " + judged.of() + " points"
                + (judged.bonus().isZero() ? "" : " + " + judged.bonus() + " bonus")
                + (judged.held() ? VerdictLines.HELD : ""));
        return lines;
    }
}
