package org.labharness.autograder.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.score.Mark;
import org.labharness.lab.Finding;
import org.labharness.lab.Memory;
import org.labharness.lab.Severity;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.evidence.InterventionFacts;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.StageRun;

/** An outcome as text for a terminal: points with reasons first, then stages and findings. */
public final class TerminalReport {
    private static final int INDENT = 4;
    private static final int FINDINGS = 12;

    private final TerminalStyle style;
    private final StringBuilder out = new StringBuilder();
    /** Which check gave a hint first, so that it is not said again. */
    private final Map<String, String> hints = new HashMap<>();

    private TerminalReport(TerminalStyle style) {
        this.style = style;
    }

    /** The report, lines ended by line feeds. */
    public static String write(Outcome outcome, TerminalStyle style) {
        TerminalReport report = new TerminalReport(style);
        report.heading(outcome.submission());
        switch (outcome) {
            case Outcome.Graded graded -> report.graded(graded);
            case Outcome.Refused refused ->
                report.notGraded("Refused", refused.reason().code(), refused.message(), "Nothing was counted.");
            case Outcome.Broken broken ->
                report.notGraded(
                        "Not graded",
                        broken.reason().code(),
                        broken.message(),
                        "This is the harness's matter: it costs no points and no attempt.");
        }
        return report.out.toString();
    }

    private void heading(Outcome.Submission submission) {
        line(style.strong(clean(submission.student())) + "  " + clean(submission.labTitle())
                + style.faint(" (" + clean(submission.lab()) + ")"));
        String commit =
                submission.commit() == null ? "" : " at " + submission.commit().substring(0, 10);
        line(style.faint(clean(submission.repository()) + commit));
        line("");
    }

    private void notGraded(String what, String code, String message, String comfort) {
        line(style.bad(what) + " (" + code + ")");
        wrapped(message, INDENT);
        wrapped(comfort, INDENT);
    }

    private void graded(Outcome.Graded graded) {
        graded.scorecard().verdicts().forEach(this::check);
        line("");
        line("  " + style.strong(graded.scorecard().describe()));
        if (graded.scorecard().held()) {
            wrapped(graded.scorecard().heldBecause(), 2);
        }
        if (!graded.people().isEmpty()) {
            wrapped(graded.people(), 2);
        }
        stages(graded.evidence().run().stages());
        services(graded.evidence().services());
        changes(graded.evidence().interventions());
        findings(graded.evidence().findings());
    }

    private void check(Verdict verdict) {
        Mark mark = Mark.of(verdict);
        String points = verdict.points() + "/" + verdict.of();
        line("  " + style.paint(mark, mark.sign()) + " " + pad(points, 9) + " " + style.strong(clean(verdict.title()))
                + style.faint(" (" + verdict.id() + ", " + VerdictJson.word(verdict.support())
                        + (verdict.bonus() ? ", bonus)" : ")")));
        wrapped(verdict.message(), INDENT);
        String first = hints.putIfAbsent(verdict.hint(), verdict.id().value());
        if (!verdict.hint().isEmpty()) {
            wrapped("-> " + (first == null ? verdict.hint() : "as for " + first), INDENT);
        }
    }

    private void stages(List<StageRun> stages) {
        if (stages.isEmpty()) {
            return;
        }
        line("");
        line(style.strong("Stages"));
        int longest = Math.min(
                40,
                stages.stream()
                        .mapToInt(stage -> clean(stage.fullName()).length())
                        .max()
                        .orElse(0));
        for (StageRun stage : stages) {
            String name = PlainText.line(stage.fullName(), 40);
            line("  " + pad(name, longest) + "  " + pad(describe(stage), 22)
                    + (stage.exit() == null
                            ? ""
                            : String.format(Locale.ROOT, "%8.1f s  %8s", stage.seconds(), memory(stage))));
        }
    }

    private void changes(List<InterventionFacts> changes) {
        if (changes.isEmpty()) {
            return;
        }
        line("");
        line(style.strong("Changes, each with a run of its own"));
        for (InterventionFacts change : changes) {
            wrapped(ChangeWords.change(change), 2);
            line("      " + pad(ChangeWords.followed(change), 44)
                    + (change.seconds() == 0 ? "" : String.format(Locale.ROOT, "%8s", ChangeWords.seconds(change))));
        }
    }

    private void services(List<ServiceFacts> services) {
        if (services.isEmpty()) {
            return;
        }
        line("");
        line(style.strong("Services, asked after the run"));
        for (ServiceFacts service : services) {
            wrapped(ServiceWords.name(service), 2);
            wrapped(ServiceWords.seen(service) + "; " + ServiceWords.seconds(service) + " in all", INDENT);
        }
    }

    private static String memory(StageRun stage) {
        return stage.peakMemoryBytes() == 0 ? "" : new Memory(stage.peakMemoryBytes()).toString();
    }

    static String describe(StageRun stage) {
        return switch (stage.status()) {
            case RAN -> "ran";
            case FAILED -> stage.exit() == null ? "failed" : "failed (exit " + stage.exit() + ")";
            case NOT_REACHED -> "not reached";
            case UP_TO_DATE -> "not run (up to date)";
            case REPLACED -> "lab's input used";
        };
    }

    private void findings(List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        line("");
        line(style.strong("Noticed while reading"));
        int told = 0;
        int left = findings.size();
        boolean all = true;
        for (SameKind kind : SameKind.of(findings)) {
            if (told + kind.told().size() > FINDINGS) {
                break;
            }
            kind.told().forEach(this::finding);
            if (!kind.others().isEmpty()) {
                wrapped("and " + kind.rest(), INDENT);
                all = false;
            }
            told += kind.told().size();
            left -= kind.told().size() + kind.others().size();
        }
        if (left > 0 || !all) {
            line(style.faint(
                    "  " + (left > 0 ? "and " + left + " more; " : "") + "the JSON and HTML reports have them all"));
        }
    }

    private void finding(Finding finding) {
        String sign = finding.severity() == Severity.BLOCKS
                ? style.bad("!")
                : finding.severity() == Severity.COSTS_POINTS ? style.middling("!") : style.faint("-");
        List<String> words = wrap(clean(SameKind.sentence(finding)), style.width() - INDENT);
        line("  " + sign + " " + words.get(0));
        words.stream().skip(1).forEach(text -> line(" ".repeat(INDENT) + text));
        if (!finding.hint().isEmpty()) {
            wrapped("-> " + finding.hint(), INDENT);
        }
    }

    private void wrapped(String text, int indent) {
        wrap(clean(text), style.width() - indent).forEach(words -> line(" ".repeat(indent) + words));
    }

    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    private static String clean(String text) {
        return PlainText.line(text, 2_000);
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }

    /** A table student x lab of a class. */
    public static String table(List<Outcome> outcomes, TerminalStyle style) {
        TerminalReport report = new TerminalReport(style);
        List<String> labs =
                outcomes.stream().map(o -> o.submission().lab()).distinct().toList();
        List<String> students =
                outcomes.stream().map(o -> o.submission().student()).distinct().toList();
        int name = Math.min(
                32, students.stream().mapToInt(s -> clean(s).length()).max().orElse(7));
        report.line("  " + pad("student", name)
                + labs.stream().map(lab -> "  " + pad(clean(lab), column(lab))).collect(Collectors.joining()));
        report.line("  " + "-".repeat(name)
                + labs.stream().map(lab -> "  " + "-".repeat(column(lab))).collect(Collectors.joining()));
        for (String student : students) {
            StringBuilder row = new StringBuilder("  " + pad(PlainText.line(student, 32), name));
            for (String lab : labs) {
                String cell = outcomes.stream()
                        .filter(o -> o.submission().student().equals(student)
                                && o.submission().lab().equals(lab))
                        .reduce((earlier, later) -> later)
                        .map(TerminalReport::cell)
                        .orElse("");
                row.append("  ").append(pad(cell, column(lab)));
            }
            report.line(row.toString());
        }
        return report.out.toString();
    }

    private static int column(String lab) {
        return Math.clamp(lab.length(), 14, 30);
    }

    static String cell(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Graded graded ->
                graded.scorecard().points() + " / " + graded.scorecard().of()
                        + (graded.scorecard().bonus().isZero()
                                ? ""
                                : " + " + graded.scorecard().bonus())
                        + (graded.scorecard().held() ? " held" : "");
            case Outcome.Refused refused -> "refused";
            case Outcome.Broken broken -> "not graded";
        };
    }
}
