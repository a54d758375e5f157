package org.labharness.autograder.enrolment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.table.CsvTable.Row;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseLab;

/**
 * What GitHub Classroom exports. Its identifiers are whatever a teacher entered there, so each is looked for among ids, mail addresses and
 * names of the roster; whom it does not hold is named and left out.
 */
final class ClassroomSheet {
    private static final String NAME_ON_GITHUB = "github_username";

    private final Sheet sheet;
    private final Map<String, Optional<CourseLab>> labs = new HashMap<>();
    private final Map<String, String> given = new HashMap<>();

    private ClassroomSheet(Sheet sheet) {
        this.sheet = sheet;
    }

    /** {@code identifier, github_username, github_id, name}: makes a roster where there is none yet. */
    static List<Entry> roster(Sheet sheet) {
        sheet.unused(Set.of("identifier", NAME_ON_GITHUB, "github_id", "name", "group_name"));
        if (sheet.choices().repository() == null) {
            sheet.remarks()
                    .note(
                            0,
                            "it names no repositories. Say where they lie, such as"
                                    + " --repository \"https://github.com/ORGANISATION/{lab}-{github}\".");
        }
        ClassroomSheet classroom = new ClassroomSheet(sheet);
        List<Entry> entries = new ArrayList<>();
        sheet.table().rows().forEach(row -> classroom.person(row).ifPresent(entries::add));
        return entries;
    }

    private Optional<Entry> person(Row row) {
        String identifier = row.get("identifier").orElse("");
        Optional<StudentId> id = sheet.known().nobody() && !identifier.isEmpty()
                ? sheet.cells().id(row.line(), identifier)
                : known(row, identifier);
        List<Consumer<Draft>> edits = new ArrayList<>();
        sheet.repository(row, row.get(NAME_ON_GITHUB), edits);
        row.get("name")
                .or(() -> Optional.of(identifier))
                .flatMap(name -> sheet.cells().name(row.line(), name))
                .ifPresent(name -> edits.add(draft -> draft.name = draft.name.isEmpty() ? name : draft.name));
        if (Cells.isMail(identifier)) {
            edits.add(draft -> draft.mail = draft.mail == null ? identifier : draft.mail);
        }
        return id.map(student -> new Entry(row.line(), student, edits));
    }

    /** {@code assignment_name, ..., github_username, roster_identifier, student_repository_name, student_repository_url, ...}. */
    static List<Entry> grades(Sheet sheet) {
        sheet.unused(Set.of(
                "assignment_name",
                "assignment_url",
                "starter_code_url",
                NAME_ON_GITHUB,
                "roster_identifier",
                "student_repository_name",
                "student_repository_url",
                "submission_timestamp",
                "points_awarded",
                "points_available",
                "group_name"));
        ClassroomSheet classroom = new ClassroomSheet(sheet);
        List<Entry> entries = new ArrayList<>();
        sheet.table().rows().forEach(row -> classroom.repository(row).ifPresent(entries::add));
        return entries;
    }

    private Optional<Entry> repository(Row row) {
        Optional<CourseLab> lab = lab(row);
        Optional<StudentId> id = known(row, row.get("roster_identifier").orElse(""));
        Optional<String> url = url(row).flatMap(address -> sheet.cells().repository(row.line(), address, null));
        if (lab.isEmpty() || id.isEmpty() || url.isEmpty()) {
            return Optional.empty();
        }
        LabId of = lab.get().id();
        String before = given.put(of + " " + id.get(), url.get());
        if (before != null && !before.equals(url.get())) {
            sheet.remarks()
                    .problem(
                            row.line(),
                            "a second repository of " + id.get() + " for " + of + ": " + Remarks.quoted(url.get())
                                    + ", before it was " + Remarks.quoted(before) + ". Delete the wrong line.");
        }
        List<Consumer<Draft>> edits = new ArrayList<>();
        edits.add(draft -> draft.repositories.put(of, url.get()));
        if (lab.get().team()) {
            row.get("group_name")
                    .flatMap(name -> sheet.cells().team(row.line(), name))
                    .ifPresent(team -> edits.add(draft -> draft.team = team));
        }
        return Optional.of(new Entry(row.line(), id.get(), edits));
    }

    private Optional<String> url(Row row) {
        Optional<String> url = row.get("student_repository_url")
                .or(() -> row.get("student_repository_name")
                        .filter(name -> name.contains("/"))
                        .map(name -> "https://github.com/" + name));
        if (url.isEmpty()) {
            sheet.remarks().note(row.line(), "it names no repository and is left out.");
        }
        return url;
    }

    private Optional<CourseLab> lab(Row row) {
        @Nullable String chosen = sheet.choices().lab();
        if (chosen != null) {
            return labs.computeIfAbsent("", any -> sheet.cells().lab(0, chosen));
        }
        String assignment = row.get("assignment_name").orElse("");
        return labs.computeIfAbsent(assignment, name -> {
            String slug =
                    name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
            Optional<CourseLab> found = sheet.course().labs().stream()
                    .filter(lab -> lab.id().value().equals(slug) || lab.title().equalsIgnoreCase(name))
                    .findFirst();
            if (found.isEmpty()) {
                sheet.remarks()
                        .problem(
                                row.line(),
                                (name.isEmpty()
                                                ? "it does not say of which assignment it is."
                                                : "the assignment " + Remarks.quoted(name) + " has the name of no lab.")
                                        + " Say which lab it is with --lab ID: "
                                        + String.join(
                                                ", ",
                                                sheet.course().labs().stream()
                                                        .map(lab -> lab.id().value())
                                                        .toList())
                                        + ".");
            }
            return found;
        });
    }

    private Optional<StudentId> known(Row row, String identifier) {
        Optional<StudentId> known =
                identifier.isEmpty() ? Optional.empty() : sheet.known().byAnything(identifier);
        if (known.isEmpty()) {
            String who = row.get(NAME_ON_GITHUB)
                    .map(name -> "the GitHub user " + Remarks.quoted(name))
                    .orElse("somebody");
            sheet.remarks()
                    .note(
                            row.line(),
                            identifier.isEmpty()
                                    ? who + " is linked to nobody of Classroom's roster and is left out."
                                    : "the roster has no student whose id, mail or name is "
                                            + Remarks.quoted(identifier) + "; " + who + " is left out.");
        }
        return known;
    }
}
