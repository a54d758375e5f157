package org.labharness.autograder.cli;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.labharness.autograder.page.FileNames;
import org.labharness.autograder.release.Releases;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.sheet.StudentSheet;
import org.labharness.autograder.transcript.SheetText;

/** What students were shown, and see until it is released again, whatever has changed since. */
final class ReleasedGrades {
    private final Releases releases;
    private final Roster roster;
    private final Console console;

    ReleasedGrades(Releases releases, Roster roster, Console console) {
        this.releases = releases;
        this.roster = roster;
        this.console = console;
    }

    /** Everybody to whom something was released, in a few words. */
    void list() {
        int seen = 0;
        for (StudentSheet sheet : (Iterable<StudentSheet>) sheets()::iterator) {
            console.out().print(SheetText.brief(sheet, console.width()));
            seen++;
        }
        int all = roster.students().size();
        console.out()
                .println(
                        seen == 0
                                ? "Nothing is released yet: ./lab release"
                                : seen + " of " + all + (all == 1 ? " student sees" : " students see")
                                        + " something of their grades.");
    }

    private Stream<StudentSheet> sheets() {
        return releases.seen(roster.students().stream().map(Student::id).toList());
    }

    /** All that one student sees. */
    void show(Student student) {
        console.out()
                .print(releases.seen(student.id())
                        .map(sheet -> SheetText.of(sheet, console.width()))
                        .orElse("Nothing was released to " + student.id() + " yet: ./lab release\n"));
    }

    /** A file for each student to whom something was released; gives how many. */
    int write(Path folder, String ending, Function<StudentSheet, String> form) {
        Path made = OutputFiles.folder(folder);
        FileNames files = new FileNames(ending, Set.of());
        int written = 0;
        for (StudentSheet sheet : (Iterable<StudentSheet>) sheets()::iterator) {
            String name = files.next(FileNames.plain(sheet.student().id()));
            OutputFiles.save(made.resolve(name), form.apply(sheet));
            written++;
        }
        return written;
    }
}
