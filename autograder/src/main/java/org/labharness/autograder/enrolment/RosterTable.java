package org.labharness.autograder.enrolment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.table.CsvTable;
import org.labharness.autograder.table.InvalidTable;
import org.labharness.lab.course.Course;
import org.labharness.lab.load.NearestWord;

/** Reads tables of students. */
public final class RosterTable {
    private final Sheet sheet;
    private final Kind kind;

    private RosterTable(Sheet sheet, Kind kind) {
        this.sheet = sheet;
        this.kind = kind;
    }

    /**
     * Brings a table into a roster: columns that it has take the place of what was known, all else stays.
     *
     * @throws InvalidTable with all problems at once
     */
    public static RosterImport read(CsvTable table, Course course, Roster roster, ImportChoices choices) {
        Remarks remarks = new Remarks();
        Optional<Kind> kind = choices.id() == null || Kind.of(table).isPresent()
                ? Kind.of(table)
                : Optional.of(Kind.OWN); // whose ids stand in another column
        if (kind.isEmpty()) {
            remarks.problem(1, unknown(table));
            remarks.refuse(table.file());
        }
        Sheet sheet = new Sheet(table, course, new Known(roster), choices, new Cells(course, remarks), remarks);
        return new RosterTable(sheet, kind.orElseThrow()).into(roster);
    }

    private static String unknown(CsvTable table) {
        List<String> columns = table.columns();
        String seen =
                String.join(", ", columns.stream().limit(6).map(Remarks::quoted).toList())
                        + (columns.size() > 6 ? " and " + (columns.size() - 6) + " more" : "");
        return "no list of students is known by these columns: " + seen
                + ". Expected a column 'id' (and name, mail, team,"
                + " section, repository), or an export of Moodle, Canvas or GitHub Classroom with English names of columns.";
    }

    private RosterImport into(Roster roster) {
        suitOptions();
        List<Entry> entries = switch (kind) {
            case OWN -> OwnSheet.read(sheet);
            case MOODLE -> MoodleSheet.read(sheet);
            case CANVAS -> CanvasSheet.read(sheet);
            case CLASSROOM_ROSTER -> ClassroomSheet.roster(sheet);
            case CLASSROOM_GRADES -> ClassroomSheet.grades(sheet);
        };
        Map<StudentId, Student> named = named(entries);
        SecondLook.at(named.values(), sheet.remarks());
        sheet.remarks().refuse(sheet.table().file());
        List<Student> merged = new ArrayList<>(named.values());
        List<Student> absent = roster.students().stream()
                .filter(student -> !named.containsKey(student.id()))
                .toList();
        merged.addAll(absent);
        return new RosterImport(
                kind,
                isWhole(),
                named.size(),
                roster,
                new Roster(merged),
                absent,
                sheet.remarks().notes());
    }

    private boolean isWhole() {
        return switch (kind) {
            case OWN -> sheet.table().has("name");
            case MOODLE, CANVAS -> true;
            case CLASSROOM_ROSTER, CLASSROOM_GRADES -> false;
        };
    }

    /** An option that would do nothing was meant to do something. */
    private void suitOptions() {
        ImportChoices choices = sheet.choices();
        boolean classroom = kind == Kind.CLASSROOM_ROSTER || kind == Kind.CLASSROOM_GRADES;
        if (choices.teams() != null && kind != Kind.MOODLE) {
            sheet.remarks().problem(0, "--teams is for groups of Moodle, but this is " + kind.words() + ".");
        }
        if (choices.lab() != null && kind != Kind.CLASSROOM_GRADES) {
            sheet.remarks()
                    .problem(0, "--lab is for the grades of GitHub Classroom, but this is " + kind.words() + ".");
        }
        if (choices.id() != null && classroom) {
            sheet.remarks().problem(0, "--id does nothing for " + kind.words() + ".");
        }
        if (choices.repository() != null && kind == Kind.CLASSROOM_GRADES) {
            sheet.remarks().problem(0, "--repository does nothing for " + kind.words() + ", which names repositories.");
        }
    }

    /** The students of the table as they are with it. */
    private Map<StudentId, Student> named(List<Entry> entries) {
        Map<StudentId, Student> named = new LinkedHashMap<>();
        Map<String, Entry> lines = new HashMap<>();
        for (Entry entry : entries) {
            StudentId id = entry.id();
            Entry first = lines.putIfAbsent(Known.plain(id.value()), entry);
            if (first != null && kind != Kind.CLASSROOM_GRADES) {
                sheet.remarks()
                        .problem(
                                entry.line(),
                                "the student '" + id + "' is there twice, first on line " + first.line()
                                        + ". Delete one of the lines.");
                continue;
            }
            sheet.known()
                    .spelledOtherwise(id)
                    .ifPresent(known -> sheet.remarks()
                            .problem(
                                    entry.line(),
                                    "'" + id + "' is '" + known + "' of the roster but for how its letters are"
                                            + " written. Write it as the roster does."));
            Draft draft = new Draft(Optional.ofNullable(named.get(id))
                    .or(() -> sheet.known().student(id))
                    .orElseGet(() -> Student.named(id.value(), "")));
            entry.edits().forEach(edit -> edit.accept(draft));
            if (draft.name.isEmpty() && !sheet.remarks().troubled(entry.line())) {
                nameless(entry);
            }
            named.put(id, draft.student());
        }
        return named;
    }

    private void nameless(Entry entry) {
        String near = NearestWord.to(entry.id().value(), sheet.known().ids())
                .map(word -> " Did you mean '" + word + "'?")
                .orElse("");
        boolean mayAdd = kind != Kind.OWN || sheet.table().has("name");
        sheet.remarks()
                .problem(
                        entry.line(),
                        mayAdd
                                ? "the new student '" + entry.id() + "' has no name." + near
                                : "the roster has no student '" + entry.id()
                                        + "', and without a column 'name' nobody is" + " added." + near);
    }
}
