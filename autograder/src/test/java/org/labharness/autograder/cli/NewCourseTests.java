package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli.Result;

class NewCourseTests {
    @TempDir
    Path home;

    @Test
    void aNewCourseCanBeUsedAtOnceAndIsNeverWrittenOver() {
        Path course = home.resolve("mlops/course.yaml");

        Result written = new Cli(home).run("new-course", home.resolve("mlops").toString());

        assertThat(written.exit()).isZero();
        assertThat(written.out()).contains("Written: " + course, "./lab roster --course " + course);
        Result book = new Cli(home).run("gradebook", "--course", course.toString());
        assertThat(book.err()).isEmpty();
        assertThat(book.out()).contains("0 students");

        Result again = new Cli(home).run("new-course", home.resolve("mlops").toString());
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("There is a " + course + " already.");
    }

    @Test
    void whereItCannotBeWrittenThatIsSaidAndWhatToDo() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "x");
        Result onAFile = new Cli(home).run("new-course", file.toString());
        assertThat(onAFile.exit()).isEqualTo(2);
        assertThat(onAFile.err()).contains(file + " is a file. Name another.");

        Path linked = Files.createDirectory(home.resolve("linked"));
        Files.createSymbolicLink(linked.resolve("course.yaml"), Path.of("/nowhere/course.yaml"));
        assertThat(new Cli(home).run("new-course", linked.toString()).err())
                .contains("There is a " + linked.resolve("course.yaml") + " already.");
    }

    @Test
    void whatIsToBeTypedNextCanBePasted() {
        Path folder = home.resolve("my course");
        assertThat(new Cli(home).run("new-course", folder.toString()).out())
                .contains("./lab roster --course '" + folder.resolve("course.yaml") + "' '"
                        + folder.resolve("roster.csv") + "' --apply");
    }

    @Test
    void whoHasNoCourseYetHearsHowToBeginOne() {
        Path course = home.resolve("course.yaml");
        Result result = new Cli(home).run("gradebook", "--course", course.toString());
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .contains("There is no " + course + ". Name a course's file with --course F, or begin one: ./lab"
                        + " new-course DIR.");
    }
}
