package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;

class FreshCoursesTests {
    private static final CourseId MLOPS = CourseId.parse("mlops");

    @TempDir
    Path folder;

    private FreshCourses read(Path... files) {
        return new FreshCourses(
                Stream.of(files)
                        .map(file -> CourseOptions.of(file, new DatabaseOption()))
                        .toList(),
                new Settings(Map.of()));
    }

    @Test
    void aFileIsReadAgainForALabThatIsNotKnownAndForNoOther() throws IOException {
        Tiny.lab(folder.resolve("tiny"), "60s");
        Path file = Tiny.course(folder);
        String good = Files.readString(file);
        FreshCourses courses = read(file);
        LabId tiny = LabId.parse("tiny");
        LabId talk = LabId.parse("talk");
        Course begun = courses.apply(MLOPS, tiny);

        for (String away : List.of("id: [", good.replace("id: mlops", "id: other"))) {
            Files.writeString(file, away);
            assertThat(courses.apply(MLOPS, talk)).isEqualTo(begun);
        }
        Files.delete(file);
        assertThat(courses.apply(MLOPS, talk)).isEqualTo(begun);

        Files.writeString(file, good.replace("{lab: tiny}", "{lab: tiny}, {id: talk, title: Talk, points: 5}"));
        assertThat(courses.apply(MLOPS, tiny)).isEqualTo(begun);
        assertThat(courses.apply(MLOPS, talk).lab(talk)).isPresent();
        assertThat(courses.all()).containsExactly(courses.apply(MLOPS, tiny));
    }

    @Test
    void twoFilesOfTheSameCourseAreASlip() {
        Tiny.lab(folder.resolve("tiny"), "60s");
        Path file = Tiny.course(folder);
        Path same = Tiny.course(folder.resolve("same.yaml"), "mlops");

        assertThatThrownBy(() -> read(file, same))
                .isInstanceOf(WrongUse.class)
                .hasMessage("The course mlops is named twice (--course).");
    }
}
