package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;

class FreshCoursesTests {
    private static final CourseId MLOPS = CourseId.parse("mlops");

    @TempDir
    Path folder;

    @Test
    void aCourseIsAsItsFileSaysNowAndAsBeforeWhileThatCannotBeUsed() throws IOException {
        Tiny.lab(folder.resolve("tiny"), "60s");
        Path file = Tiny.course(folder);
        String good = Files.readString(file);
        FreshCourses courses =
                new FreshCourses(List.of(CourseOptions.of(file, new DatabaseOption())), new Settings(Map.of()));
        assertThat(courses.ids()).containsExactly(MLOPS);
        Course begun = courses.apply(MLOPS);

        Files.writeString(file, "id: [");
        assertThat(courses.apply(MLOPS)).isEqualTo(begun);
        Files.delete(file);
        assertThat(courses.apply(MLOPS)).isEqualTo(begun);
        Files.writeString(file, good.replace("id: mlops", "id: other"));
        assertThat(courses.apply(MLOPS)).isEqualTo(begun);

        Files.writeString(file, good.replace("title: MLOps", "title: Operations"));
        assertThat(courses.apply(MLOPS).title()).isEqualTo("Operations");
        assertThatThrownBy(() -> courses.apply(CourseId.parse("other"))).hasMessageContaining("no course other");
    }
}
