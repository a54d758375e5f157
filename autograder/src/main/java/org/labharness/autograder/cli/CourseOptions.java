package org.labharness.autograder.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.store.Database;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.load.CourseLoader;
import org.labharness.lab.load.NearestWord;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which course a command is about, and where its facts are kept. */
final class CourseOptions {
    @Option(
            names = "--course",
            paramLabel = "F",
            defaultValue = "course.yaml",
            description = "The course's description. Default: ${DEFAULT-VALUE} in this folder.")
    private Path course = Path.of(CourseLoader.FILE);

    @Mixin
    private DatabaseOption database = new DatabaseOption();

    /** For commands that need no course, where one is named nonetheless. */
    static CourseOptions of(Path course, DatabaseOption database) {
        CourseOptions options = new CourseOptions();
        options.course = course;
        options.database = database;
        return options;
    }

    Course load(Settings settings) {
        requireThere(course);
        return CourseLoader.load(course, bundled(settings));
    }

    static void requireThere(Path course) {
        if (!Files.exists(course)) {
            throw new WrongUse("There is no " + course.toAbsolutePath().normalize()
                    + ". Name a course's file with --course F, or begin one: ./lab new-course DIR.");
        }
    }

    static void requireDifferent(Collection<Course> courses) {
        Set<CourseId> seen = new HashSet<>();
        for (Course course : courses) {
            if (!seen.add(course.id())) {
                throw new WrongUse("The course " + course.id() + " is named twice (--course).");
            }
        }
    }

    /** The folders of labs that come with the program. */
    static Function<String, Optional<Path>> bundled(Settings settings) {
        return name -> LabOption.bundled(settings).folder(name);
    }

    /** Opens the database, and says so where it is another process that holds it. */
    Database open(Settings settings, Console console) {
        return database.open(settings, console);
    }

    /** The same for a command that keeps or reads bundles and evidence. */
    Database openWithStore(Settings settings, Console console) {
        return database.openWithStore(settings, console);
    }

    /** A lab that the course offers. */
    static CourseLab lab(Course course, String id) {
        return course.labs().stream()
                .filter(lab -> lab.id().value().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(
                        "The course " + course.id() + " has no lab '" + id + "'.",
                        id,
                        course.labs().stream()
                                .map(CourseLab::id)
                                .map(LabId::value)
                                .toList()));
    }

    /** A student who takes the course. */
    static Student student(Roster roster, String id) {
        return roster.students().stream()
                .filter(student -> student.id().value().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(
                        "The roster has no student '" + id + "'.",
                        id,
                        roster.students().stream()
                                .map(Student::id)
                                .map(StudentId::value)
                                .toList()));
    }

    private static WrongUse unknown(String sentence, String typed, java.util.List<String> valid) {
        String near = NearestWord.to(typed, valid)
                .map(word -> " Did you mean '" + word + "'?")
                .orElse("");
        String some = valid.isEmpty()
                ? " There is none yet; import a roster with ./lab roster."
                : " There " + (valid.size() == 1 ? "is " : "are ")
                        + String.join(", ", valid.subList(0, Math.min(12, valid.size())))
                        + (valid.size() > 12 ? " and " + (valid.size() - 12) + " more." : ".");
        return new WrongUse(sentence + near + some);
    }
}
