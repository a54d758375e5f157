package org.labharness.autograder.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.export.CanvasCsv;
import org.labharness.autograder.export.CourseTable;
import org.labharness.autograder.export.GradebookJson;
import org.labharness.autograder.export.LmsColumns;
import org.labharness.autograder.export.MoodleCsv;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.sheet.SheetMarkdown;
import org.labharness.autograder.sheet.SheetPage;
import org.labharness.autograder.table.CsvTable;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import picocli.CommandLine.Option;

/** In which forms a gradebook is written, and where. */
final class GradebookOutputs {
    private static final String STANDARD_OUTPUT = "-";
    private static final int SHOWN = 12;

    /** For whom a CSV is. */
    enum Format {
        HARNESS,
        MOODLE,
        CANVAS
    }

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Write a table, a student a line; - for standard output.")
    private @Nullable String csv;

    @Option(
            names = "--format",
            paramLabel = "FORM",
            defaultValue = "harness",
            description = "Whose columns --csv writes: harness, moodle or canvas. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.HARNESS;

    @Option(names = "--bom", description = "Begin the CSV with a byte order mark, by which Excel knows UTF-8.")
    private boolean mark;

    @Option(
            names = "--columns-from",
            paramLabel = "FILE",
            description =
                    "With moodle or canvas: a gradebook exported there, whose columns and student ids are taken over.")
    private @Nullable Path export;

    @Option(
            names = "--column",
            paramLabel = "LAB=NAME",
            description =
                    "With moodle or canvas: what a lab is called there, such as a1=\"Assignment 1 (4711)\". Default: its"
                            + " title.")
    private Map<String, String> columns = new LinkedHashMap<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Write JSON for programs; - for standard output.")
    private @Nullable String json;

    @Option(
            names = "--html",
            paramLabel = "DIR",
            description = "Write pages that open from disk: index.html for staff, one for each student.")
    private @Nullable Path html;

    @Option(
            names = "--markdown",
            paramLabel = "DIR",
            description = "Write a Markdown file for each student, to post back.")
    private @Nullable Path markdown;

    boolean wanted() {
        return csv != null || json != null || html != null || markdown != null;
    }

    /** Before anything is read. */
    void check(Course course) {
        if (STANDARD_OUTPUT.equals(csv) && STANDARD_OUTPUT.equals(json)) {
            throw new WrongUse("--csv - and --json - cannot both have standard output. Give one of them a file.");
        }
        if (format == Format.HARNESS && (export != null || !columns.isEmpty())) {
            throw new WrongUse(
                    "--columns-from and --column are for --format moodle or canvas: the harness's own columns are"
                            + " always the same.");
        }
        if (csv == null && (format != Format.HARNESS || mark)) {
            throw new WrongUse("--format and --bom say how --csv writes; add --csv FILE.");
        }
        if (csv != null && json != null && place(csv).equals(place(json))) {
            throw new WrongUse("--csv and --json cannot both write " + csv + ". Name two files.");
        }
        columns(course);
        Stream.of(csv, json)
                .filter(file -> file != null && !file.equals(STANDARD_OUTPUT))
                .map(Path::of)
                .forEach(file -> OutputFiles.requireFile(file, "grades"));
        Stream.of(html, markdown).filter(Objects::nonNull).forEach(OutputFiles::requireFolder);
    }

    /** What was released is pages and Markdown, as students see it. */
    void checkReleased() {
        if (csv != null || json != null) {
            throw new WrongUse(
                    "--released writes what students see, with --html DIR or --markdown DIR. --csv and --json write the"
                            + " grades as they are now: leave --released out.");
        }
    }

    void write(ReleasedGrades released, Console console) {
        if (html != null) {
            told(released.write(html, ".html", SheetPage::of), "pages", html, console);
        }
        if (markdown != null) {
            told(released.write(markdown, ".md", SheetMarkdown::of), "files", markdown, console);
        }
    }

    private static void told(int written, String what, Path folder, Console console) {
        console.err().println("Released: " + written + " " + what + " in " + folder.toAbsolutePath());
    }

    private static Path place(String file) {
        return Path.of(file).toAbsolutePath().normalize();
    }

    private void columns(Course course) {
        columns.forEach((lab, name) -> {
            CourseOptions.lab(course, lab);
            if (name.isBlank()) {
                throw new WrongUse("--column " + lab + "= needs the name that the lab has there.");
            }
        });
        if (Set.copyOf(columns.values()).size() < columns.size()) {
            throw new WrongUse("--column gives one name to two labs: " + String.join(", ", columns.values())
                    + ". Each needs a column of its own.");
        }
    }

    void write(Gradebook book, GradebookFiles files, Console console) {
        if (csv != null) {
            text(csv, csv(book, console), "Table", console);
        }
        if (json != null) {
            text(json, GradebookJson.write(book), "JSON", console);
        }
        if (html != null) {
            console.err().println("Pages: " + files.html(html).toAbsolutePath());
        }
        if (markdown != null) {
            int written = files.markdown(markdown);
            console.err().println("Feedback: " + written + " files in " + markdown.toAbsolutePath());
        }
    }

    private String csv(Gradebook book, Console console) {
        CsvTable exported = export == null ? null : CsvTable.read(export);
        Map<LabId, String> said = new HashMap<>();
        columns.forEach((lab, name) -> said.put(LabId.parse(lab), name));
        LmsColumns there = new LmsColumns(book.course(), said, exported);
        CanvasCsv canvas = new CanvasCsv(there, exported);
        if (exported != null) {
            warn(exported, "column for", there.unknown(book.course()), " Name it: --column LAB=NAME.", console);
            warn(exported, "line for", format == Format.CANVAS ? canvas.unknown(book) : List.of(), "", console);
        }
        return switch (format) {
            case HARNESS -> CourseTable.of(book).csv(mark);
            case MOODLE -> MoodleCsv.of(book, there, mark);
            case CANVAS -> canvas.of(book, mark);
        };
    }

    private static void warn(CsvTable export, String what, List<String> missing, String remedy, Console console) {
        if (!missing.isEmpty()) {
            int more = missing.size() - SHOWN;
            console.err()
                    .println(export.file() + " has no " + what + " "
                            + String.join(", ", missing.subList(0, Math.min(SHOWN, missing.size())))
                            + (more > 0 ? " and " + more + " more." : ".") + remedy);
        }
    }

    private static void text(String file, String text, String what, Console console) {
        if (file.equals(STANDARD_OUTPUT)) {
            console.out().print(text);
        } else {
            OutputFiles.save(Path.of(file), text);
            console.err().println(what + ": " + Path.of(file).toAbsolutePath());
        }
    }
}
