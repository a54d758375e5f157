package org.labharness.autograder.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.page.HiddenLetters;
import org.labharness.lab.Finding;
import org.labharness.lab.Severity;
import org.labharness.pipeline.Inspection;

/** What reading a submission found, for a terminal and as JSON. */
public final class InspectionReport {
    private static final String SCHEMA = "labharness/inspection/1";
    private static final int INDENT = 2;

    private InspectionReport() {}

    /** What was read, then its findings; every line ends with a line feed. */
    public static String text(Inspection inspection, TerminalStyle style) {
        StringBuilder out = new StringBuilder();
        int count = inspection.pipelines().stream()
                .mapToInt(pipeline -> pipeline.stages().size())
                .sum();
        String stages = count
                + (count == 1 ? " stage in " : " stages in ")
                + inspection.pipelines().size()
                + (inspection.pipelines().size() == 1 ? " pipeline" : " pipelines");
        String name = PlainText.line(inspection.submission().repository(), 200);
        paragraph(out, name + " at " + inspection.submission().commit().substring(0, 10) + ", " + stages, 0, style);
        return out.append('\n').append(findings(inspection, style)).toString();
    }

    /** Findings grouped by severity; every line ends with a line feed. */
    public static String findings(Inspection inspection, TerminalStyle style) {
        StringBuilder out = new StringBuilder();
        for (Severity severity : Severity.values()) {
            List<Finding> group = inspection.findings().stream()
                    .filter(finding -> finding.severity() == severity)
                    .toList();
            if (!group.isEmpty()) {
                out.append(style.strong(title(severity)))
                        .append(" (")
                        .append(group.size())
                        .append(")\n");
                SameKind.of(group).forEach(kind -> append(out, kind, style));
                out.append('\n');
            }
        }
        if (!inspection.findings().isEmpty()) {
            paragraph(out, total(inspection), 0, style);
        } else {
            out.append("Nothing found that would stand in the way of a clean clone.\n");
        }
        return out.toString();
    }

    /** The findings as JSON. */
    public static String json(Inspection inspection) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("repository", inspection.submission().repository());
            json.writeStringField("commit", inspection.submission().commit());
            json.writeArrayFieldStart("findings");
            for (Finding finding : inspection.findings()) {
                json.writeStartObject();
                json.writeStringField("code", finding.code());
                json.writeStringField(
                        "severity",
                        finding.severity().name().toLowerCase(Locale.ROOT).replace('_', '-'));
                json.writeStringField(
                        "where",
                        finding.where() == null ? null : finding.where().toString());
                json.writeStringField("message", finding.message());
                json.writeStringField("hint", finding.hint());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return HiddenLetters.escaped(text + "\n");
    }

    private static void append(StringBuilder out, SameKind kind, TerminalStyle style) {
        kind.told().forEach(finding -> append(out, finding, style));
        if (!kind.others().isEmpty()) {
            paragraph(out, "And " + kind.rest() + " (--json lists them all).", INDENT, style);
        }
    }

    /** The place on the left, the code on the right where both fit on a line; below them what was seen and what mends it. */
    private static void append(StringBuilder out, Finding finding, TerminalStyle style) {
        String where = finding.where() == null
                ? "the repository"
                : PlainText.line(finding.where().toString(), 300);
        int room = style.width() - INDENT - where.length() - finding.code().length();
        out.append(" ".repeat(INDENT)).append(style.strong(where));
        out.append(room >= INDENT ? " ".repeat(room) : "\n" + " ".repeat(2 * INDENT));
        out.append(style.faint(finding.code())).append('\n');
        paragraph(out, finding.message(), 2 * INDENT, style);
        if (!finding.hint().isEmpty()) {
            paragraph(out, "-> " + finding.hint(), 2 * INDENT, style);
        }
    }

    private static String total(Inspection inspection) {
        List<String> parts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long count = inspection.findings().stream()
                    .filter(finding -> finding.severity() == severity)
                    .count();
            if (count > 0) {
                parts.add(count + " " + in(severity, count));
            }
        }
        int all = inspection.findings().size();
        return all + (all == 1 ? " finding: " : " findings: ") + String.join(", ", parts) + ".";
    }

    private static String in(Severity severity, long count) {
        return switch (severity) {
            case BLOCKS -> count == 1 ? "stands in the way" : "stand in the way";
            case COSTS_POINTS -> count == 1 ? "is likely to cost points" : "are likely to cost points";
            case ADVICE -> "good to know";
        };
    }

    private static void paragraph(StringBuilder out, String text, int indent, TerminalStyle style) {
        TerminalReport.wrap(PlainText.line(text, 800), style.width() - indent)
                .forEach(line -> out.append(" ".repeat(indent)).append(line).append('\n'));
    }

    private static String title(Severity severity) {
        return switch (severity) {
            case BLOCKS -> "Stands in the way";
            case COSTS_POINTS -> "Likely to cost points";
            case ADVICE -> "Good to know";
        };
    }
}
