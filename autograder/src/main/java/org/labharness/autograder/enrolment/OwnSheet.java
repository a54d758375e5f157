package org.labharness.autograder.enrolment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.labharness.autograder.table.CsvTable.Row;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.load.NearestWord;

/** The harness's own columns. A cell that is empty says that there is none. */
final class OwnSheet {
    static final List<String> COLUMNS =
            List.of("id", "name", "mail", "email", "team", "section", "repository", "github", "excused", "audit");
    private static final List<String> BY_LAB = List.of("repository:", "extension:", "excused:");

    private final Sheet sheet;
    private final Cells cells;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Set<String> idle = new HashSet<>(Set.of("github"));

    /** What a cell says, where it can be understood. */
    private interface Column {
        Optional<Consumer<Draft>> read(Row row, String cell);
    }

    private OwnSheet(Sheet sheet) {
        this.sheet = sheet;
        this.cells = sheet.cells();
    }

    static List<Entry> read(Sheet sheet) {
        OwnSheet own = new OwnSheet(sheet);
        Optional<String> id = sheet.choices().id() == null ? Optional.of("id") : sheet.idColumn(List.of());
        id.ifPresent(column -> own.idle.add(column.toLowerCase(Locale.ROOT)));
        sheet.table().columns().forEach(own::column);
        if (sheet.table().has("mail") && sheet.table().has("email")) {
            sheet.remarks().problem(1, "'mail' and 'email' are the same. Remove one of the two columns.");
        }
        return id.map(own::entries).orElse(List.of());
    }

    private List<Entry> entries(String id) {
        List<Entry> entries = new ArrayList<>();
        for (Row row : sheet.table().rows()) {
            List<Consumer<Draft>> edits = new ArrayList<>();
            sheet.repository(row, row.get("github"), edits);
            columns.forEach((name, column) -> column.read(
                            row, RosterCsv.unguarded(row.get(name).orElse("")))
                    .ifPresent(edits::add));
            sheet.id(row, id, "Every student needs an id.")
                    .ifPresent(student -> entries.add(new Entry(row.line(), student, edits)));
        }
        return entries;
    }

    private void column(String written) {
        String name = written.toLowerCase(Locale.ROOT);
        int colon = name.indexOf(':');
        if (colon > 0 && BY_LAB.contains(name.substring(0, colon + 1))) {
            cells.lab(1, name.substring(colon + 1).strip())
                    .ifPresent(lab -> columns.put(name, ofLab(name.substring(0, colon), written, lab)));
            return;
        }
        switch (name) {
            case "name" -> columns.put(name, this::name);
            case "mail", "email" -> columns.put(name, this::mail);
            case "team" -> columns.put(name, this::team);
            case "section" -> columns.put(name, this::section);
            case "repository" -> columns.put(name, this::repository);
            case "excused" -> columns.put(name, this::excused);
            case "audit" -> columns.put(name, this::audit);
            default -> {
                if (!name.isEmpty() && !idle.contains(name)) {
                    unknown(written, name);
                }
            }
        }
    }

    private void unknown(String written, String name) {
        List<String> valid = new ArrayList<>(COLUMNS);
        BY_LAB.forEach(kind -> sheet.course().labs().forEach(lab -> valid.add(kind + lab.id())));
        sheet.remarks()
                .note(
                        0,
                        "the column " + Remarks.quoted(written) + " is not used."
                                + NearestWord.to(name, valid)
                                        .map(word -> " Did you mean '" + word + "'?")
                                        .orElse(""));
    }

    private Column ofLab(String kind, String column, CourseLab lab) {
        return switch (kind) {
            case "repository" -> (row, cell) -> repository(row, cell, lab.id());
            case "extension" -> (row, cell) -> extension(row, cell, lab);
            default -> (row, cell) -> excused(row, column, cell, lab.id());
        };
    }

    private Optional<Consumer<Draft>> name(Row row, String cell) {
        return cell.isEmpty() ? Optional.empty() : cells.name(row.line(), cell).map(name -> draft -> draft.name = name);
    }

    private Optional<Consumer<Draft>> mail(Row row, String cell) {
        return cell.isEmpty()
                ? Optional.of(draft -> draft.mail = null)
                : cells.mail(row.line(), cell).map(mail -> draft -> draft.mail = mail);
    }

    private Optional<Consumer<Draft>> team(Row row, String cell) {
        return cell.isEmpty()
                ? Optional.of(draft -> draft.team = null)
                : cells.team(row.line(), cell).map(team -> draft -> draft.team = team);
    }

    private Optional<Consumer<Draft>> section(Row row, String cell) {
        return cell.isEmpty()
                ? Optional.of(draft -> draft.section = null)
                : cells.section(row.line(), cell).map(section -> draft -> draft.section = section);
    }

    /** Where a pattern was given for all, an empty cell leaves it. */
    private Optional<Consumer<Draft>> repository(Row row, String cell) {
        if (cell.isEmpty()) {
            return sheet.choices().repository() == null
                    ? Optional.of(draft -> draft.repository = null)
                    : Optional.empty();
        }
        return cells.repository(row.line(), cell, row.get("github").orElse(null))
                .map(address -> draft -> draft.repository = address);
    }

    private Optional<Consumer<Draft>> repository(Row row, String cell, LabId lab) {
        return cell.isEmpty()
                ? Optional.of(draft -> draft.repositories.remove(lab))
                : cells.repository(row.line(), cell, row.get("github").orElse(null))
                        .map(address -> draft -> draft.repositories.put(lab, address));
    }

    private Optional<Consumer<Draft>> extension(Row row, String cell, CourseLab lab) {
        return cell.isEmpty()
                ? Optional.of(draft -> draft.extensions.remove(lab.id()))
                : cells.extension(row.line(), cell, lab)
                        .map(extension -> draft -> draft.extensions.put(lab.id(), extension));
    }

    private Optional<Consumer<Draft>> audit(Row row, String cell) {
        Optional<Boolean> said = cell.isEmpty() ? Optional.of(false) : cells.yes(row.line(), "audit", cell);
        return said.map(yes -> draft -> draft.audits = yes);
    }

    /** All labs that are excused, but those that have a column of their own. */
    private Optional<Consumer<Draft>> excused(Row row, String cell) {
        Set<LabId> labs = cells.labs(row.line(), cell);
        return Optional.of(draft -> {
            draft.excused.removeIf(lab -> !sheet.table().has("excused:" + lab));
            draft.excused.addAll(labs);
        });
    }

    private Optional<Consumer<Draft>> excused(Row row, String column, String cell, LabId lab) {
        boolean listed = row.get("excused").stream()
                .anyMatch(list -> List.of(list.split("[;,\\s]+", -1)).contains(lab.value()));
        Optional<Boolean> said = cell.isEmpty() ? Optional.of(listed) : cells.yes(row.line(), column, cell);
        if (listed && said.isPresent() && !said.get()) {
            sheet.remarks()
                    .problem(row.line(), "'excused' names " + lab + ", and '" + column + "' says no. Which is right?");
        }
        return said.map(yes -> draft -> {
            if (yes) {
                draft.excused.add(lab);
            } else {
                draft.excused.remove(lab);
            }
        });
    }
}
