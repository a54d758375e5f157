package org.labharness.autograder.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.sheet.SheetJson;
import org.labharness.autograder.sheet.Sheets;
import org.labharness.autograder.sheet.StudentSheet;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.ReleaseStore;
import org.labharness.autograder.store.ReleaseStore.Release;
import org.labharness.lab.Verdict;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;

/** Shows grades to students, and knows what they were shown. */
public final class Releases {
    private final Course course;
    private final ReleaseStore store;

    public Releases(Course course, Database database) {
        this.course = course;
        this.store = new ReleaseStore(database);
    }

    /** The last release of everything that was released, by its name. */
    public Map<String, Release> last() {
        Map<String, Release> last = new LinkedHashMap<>();
        store.releases(course.id()).forEach(release -> last.put(release.what(), release));
        return last;
    }

    /** All releases, oldest first. */
    public List<Release> all() {
        return store.releases(course.id());
    }

    /** What a release would show to each student, of the sheets as they are now. */
    public static Map<StudentId, StudentSheet> cut(Map<StudentId, StudentSheet> sheets, Shown shown) {
        Map<StudentId, StudentSheet> all = new LinkedHashMap<>();
        sheets.forEach((student, sheet) -> ReleasedSheets.only(sheet, shown).ifPresent(one -> all.put(student, one)));
        return all;
    }

    /**
     * Everything that students could be shown now.
     *
     * @param verdicts of a submission by its number; none where they do not matter
     */
    public static Map<StudentId, StudentSheet> sheets(Gradebook book, LongFunction<List<Verdict>> verdicts) {
        Sheets sheets = new Sheets(book);
        Map<StudentId, StudentSheet> all = new LinkedHashMap<>();
        book.grades().forEach(grade -> all.put(grade.student().id(), sheets.of(grade, verdicts)));
        return all;
    }

    /** Shows it from now on, until it is released again. */
    public Release release(Shown shown, Map<StudentId, StudentSheet> sheets, String by, String why, Instant at) {
        Map<StudentId, String> documents = new LinkedHashMap<>();
        sheets.forEach((student, sheet) -> documents.put(student, SheetJson.write(sheet)));
        return store.release(course.id(), shown.name(), by, why, at, documents);
    }

    /** What each student was shown by a release. */
    public Map<StudentId, StudentSheet> shown(Release release) {
        Map<StudentId, StudentSheet> sheets = new HashMap<>();
        store.documents(release).forEach((student, document) -> sheets.put(student, SheetJson.read(document)));
        return sheets;
    }

    /** What a student sees now; empty where nothing was released to them. */
    public Optional<StudentSheet> seen(StudentId student) {
        return seen(last(), student);
    }

    /** The same for several, each read when its turn comes; those who see nothing are left out. */
    public Stream<StudentSheet> seen(List<StudentId> students) {
        Map<String, Release> last = last();
        return students.stream().flatMap(student -> seen(last, student).stream());
    }

    private Optional<StudentSheet> seen(Map<String, Release> last, StudentId student) {
        List<StudentSheet> labs = new ArrayList<>();
        for (CourseLab lab : course.labs()) {
            document(last.get(lab.id().value()), student).ifPresent(labs::add);
        }
        return ReleasedSheets.together(document(last.get(Shown.TOTAL), student).orElse(null), labs);
    }

    private Optional<StudentSheet> document(@Nullable Release release, StudentId student) {
        return release == null
                ? Optional.empty()
                : store.document(release, student).map(SheetJson::read);
    }
}
