package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
}
