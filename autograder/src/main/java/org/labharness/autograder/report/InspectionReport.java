package org.labharness.autograder.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.labharness.autograder.check.PlainText;
import org.labharness.lab.Finding;
import org.labharness.lab.Severity;
import org.labharness.pipeline.Inspection;

/** What reading a submission found, for a terminal and as JSON. */
public final class InspectionReport {
    private static final String SCHEMA = "labharness/inspection/1";

    private InspectionReport() {}

    /** Findings grouped by severity; every line ends with a line feed. */
    public static String text(Inspection inspection, TerminalStyle style) {
        StringBuilder out = new StringBuilder();
        String stages = inspection.pipelines().stream()
                        .mapToInt(pipeline -> pipeline.stages().size())
                        .sum() + " stages in " + inspection.pipelines().size()
                + (inspection.pipelines().size() == 1 ? " pipeline" : " pipelines");
        out.append(style.strong(PlainText.line(inspection.submission().repository(), 200)))
                .append(" at ")
                .append(inspection.submission().commit(), 0, 10)
                .append(", ")
                .append(stages)
                .append('\n');
        for (Severity severity : Severity.values()) {
            List<Finding> group = inspection.findings().stream()
                    .filter(finding -> finding.severity() == severity)
                    .toList();
            if (!group.isEmpty()) {
                out.append('\n')
                        .append(style.strong(title(severity)))
                        .append(" (")
                        .append(group.size())
                        .append(")\n");
                group.forEach(finding -> append(out, finding, style));
            }
        }
        if (inspection.findings().isEmpty()) {
            out.append("\nNothing found that would stand in the way of a clean clone.\n");
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
        return text + "\n";
    }

    private static void append(StringBuilder out, Finding finding, TerminalStyle style) {
        String where = finding.where() == null ? "" : finding.where() + ": ";
        paragraph(out, where + finding.message(), 2, style);
        paragraph(out, "-> " + finding.hint() + " [" + finding.code() + "]", 4, style);
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
