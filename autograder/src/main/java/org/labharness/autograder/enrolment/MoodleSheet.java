package org.labharness.autograder.enrolment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.labharness.autograder.roster.TeamId;
import org.labharness.autograder.table.CsvTable.Row;

/**
 * The participants, the grades or a grading worksheet of Moodle. What an export leaves empty stays as it was. Groups are sections, for
 * what is handed in by one member of a team counts for all: they become teams only where somebody says so.
 */
final class MoodleSheet {
    /** As its list of participants says of who is in none. */
    private static final String NONE = "No groups";

    private static final String MAIL = "Email address";
    private static final List<String> IDS = List.of("ID number", MAIL);
    private static final Set<String> USED = Set.of(
            "first name",
            "last name",
            "surname",
            "full name",
            "id number",
            "email address",
            "groups",
            "group",
            "roles");

    private final Sheet sheet;

    private MoodleSheet(Sheet sheet) {
        this.sheet = sheet;
    }

    static List<Entry> read(Sheet sheet) {
        Optional<String> id = sheet.idColumn(IDS);
        Set<String> used = new HashSet<>(USED);
        id.ifPresent(column -> used.add(column.toLowerCase(Locale.ROOT)));
        sheet.unused(used);
        if (sheet.choices().id() == null && id.filter(MAIL::equals).isPresent()) {
            sheet.remarks().note(0, "it holds no ID numbers, so students are known by their mail address.");
        }
        return id.map(column -> new MoodleSheet(sheet).entries(column)).orElse(List.of());
    }

    private List<Entry> entries(String id) {
        List<Entry> entries = new ArrayList<>();
        boolean told = sheet.table().rows().stream().anyMatch(MoodleSheet::isStudent);
        for (Row row : sheet.table().rows()) {
            String name = name(row);
            Optional<String> role = row.get("Roles");
            if (told && role.isPresent() && !isStudent(row)) {
                sheet.remarks()
                        .note(
                                row.line(),
                                Remarks.quoted(name) + " is " + Remarks.quoted(role.get())
                                        + " and no student, and is left out.");
                continue;
            }
            List<Consumer<Draft>> edits = new ArrayList<>();
            sheet.repository(row, Optional.empty(), edits);
            if (!name.isEmpty()) {
                sheet.cells().name(row.line(), name).ifPresent(whole -> edits.add(draft -> draft.name = whole));
            }
            row.get(MAIL)
                    .flatMap(cell -> sheet.cells().mail(row.line(), cell))
                    .ifPresent(mail -> edits.add(draft -> draft.mail = mail));
            row.get("Groups").or(() -> row.get("Group")).ifPresent(groups -> groups(row, groups, edits));
            sheet.id(
                            row,
                            id,
                            "Is " + Remarks.quoted(name) + " a student? Then fill it in, or take another column with"
                                    + " --id \"" + MAIL + "\"; else delete the line (Moodle lists teachers too).")
                    .ifPresent(student -> entries.add(new Entry(row.line(), student, edits)));
        }
        return entries;
    }

    private static boolean isStudent(Row row) {
        return row.get("Roles").stream()
                .flatMap(roles -> Stream.of(roles.split(",", -1)))
                .anyMatch(role -> role.strip().equalsIgnoreCase("Student"));
    }

    private static String name(Row row) {
        return row.get("Full name")
                .orElseGet(() -> Stream.of(
                                row.get("First name"), row.get("Last name").or(() -> row.get("Surname")))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(" ")));
    }

    private void groups(Row row, String cell, List<Consumer<Draft>> edits) {
        List<String> groups = Stream.of(cell.split(",", -1))
                .map(String::strip)
                .filter(group -> !group.isEmpty() && !group.equals(NONE))
                .toList();
        String prefix = sheet.choices().teams();
        List<String> teams = prefix == null
                ? List.of()
                : groups.stream().filter(group -> group.startsWith(prefix)).toList();
        if (teams.size() > 1) {
            sheet.remarks()
                    .problem(
                            row.line(),
                            "two groups are teams: "
                                    + String.join(
                                            ", ",
                                            teams.stream().map(Remarks::quoted).toList())
                                    + ". A student is in one team at most.");
        } else if (teams.size() == 1) {
            Optional<TeamId> team = sheet.cells().team(row.line(), teams.getFirst());
            team.ifPresent(one -> edits.add(draft -> draft.team = one));
        }
        String sections =
                groups.stream().filter(group -> !teams.contains(group)).collect(Collectors.joining(", "));
        if (!sections.isEmpty()) {
            edits.add(draft -> draft.section = Cells.cutSection(sections));
        }
    }
}
