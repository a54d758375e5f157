package org.labharness.autograder.enrolment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.autograder.table.CsvTable.Row;

/** A gradebook of Canvas, whose first lines are no students, nor the last one, the test student. What it leaves empty stays as it was. */
final class CanvasSheet {
    private static final List<String> IDS = List.of("SIS User ID", "SIS Login ID", "ID");
    private static final Set<String> USED = Set.of(
            "student",
            "lastname",
            "firstname",
            "id",
            "sis user id",
            "sis login id",
            "integration id",
            "root account",
            "section");
    /** So that no spreadsheet takes a name for a formula. */
    private static final Pattern GUARDED = Pattern.compile("=\"(.*)\"");

    private CanvasSheet() {}

    static List<Entry> read(Sheet sheet) {
        Optional<String> id = sheet.idColumn(IDS);
        Set<String> used = new HashSet<>(USED);
        id.ifPresent(column -> used.add(column.toLowerCase(Locale.ROOT)));
        sheet.unused(used);
        return id.map(column -> entries(sheet, column)).orElse(List.of());
    }

    private static List<Entry> entries(Sheet sheet, String id) {
        List<Entry> entries = new ArrayList<>();
        for (Row row : sheet.table().rows()) {
            String name = name(row);
            if (isNobody(name)) {
                continue;
            }
            List<Consumer<Draft>> edits = new ArrayList<>();
            sheet.repository(row, Optional.empty(), edits);
            sheet.cells()
                    .name(row.line(), FullName.lastFirst(name))
                    .ifPresent(whole -> edits.add(draft -> draft.name = whole));
            row.get("SIS Login ID").filter(Cells::isMail).ifPresent(mail -> edits.add(draft -> draft.mail = mail));
            row.get("Section").ifPresent(section -> edits.add(draft -> draft.section = Cells.cutSection(section)));
            sheet.id(
                            row,
                            id,
                            "Fill it in for " + Remarks.quoted(name)
                                    + ", or take a column that every student has with --id, such as --id \"SIS Login ID\".")
                    .ifPresent(student -> entries.add(new Entry(row.line(), student, edits)));
        }
        return entries;
    }

    private static String name(Row row) {
        return row.get("Student")
                .map(CanvasSheet::unguarded)
                .orElseGet(() -> row.get("LastName").map(CanvasSheet::unguarded).orElse("")
                        + row.get("FirstName")
                                .map(first -> ", " + unguarded(first))
                                .orElse(""));
    }

    private static String unguarded(String name) {
        Matcher guarded = GUARDED.matcher(name);
        return guarded.matches() ? guarded.group(1) : name;
    }

    private static boolean isNobody(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        return plain.isEmpty() || plain.startsWith("points possible") || plain.equals("student, test");
    }
}
