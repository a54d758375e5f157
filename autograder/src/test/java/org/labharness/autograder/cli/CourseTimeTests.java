package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.course.Course;
import org.labharness.lab.load.CourseLoader;

class CourseTimeTests {
    private static final String TWICE = "2026-10-25 02:30";
    private static final String NEVER = "2026-03-29 02:30";

    @TempDir
    Path folder;

    private Course course;

    @BeforeEach
    void describe() throws IOException {
        Path file = Files.writeString(folder.resolve("course.yaml"), """
                id: mlops
                title: MLOps
                time-zone: Europe/Berlin
                components:
                  labs: {title: Labs, weight: 100, labs: [{id: viva, title: Viva, points: 5, due: 2026-10-25 02:30}]}
                """);
        course = CourseLoader.load(file, name -> Optional.empty());
    }

    @Test
    void whatEndsInAnHourThatComesTwiceEndsInTheLaterOneAsInTheCourse() {
        assertThat(CourseTime.end("--at", TWICE, course))
                .isEqualTo("2026-10-25T01:30:00Z")
                .isEqualTo(course.labs().getFirst().schedule().due());
    }

    @Test
    void whatBeginsInAnHourThatComesTwiceBeginsInTheEarlierOneSoThatNothingIsLeftOut() {
        assertThat(CourseTime.parse("--since", TWICE, course)).isEqualTo("2026-10-25T00:30:00Z");
    }

    @Test
    void anHourThatIsSkippedIsThatOfTheClockThatWasNotPutForward() {
        assertThat(CourseTime.end("--at", NEVER, course)).isEqualTo("2026-03-29T01:30:00Z");
        assertThat(CourseTime.parse("--since", NEVER, course)).isEqualTo("2026-03-29T01:30:00Z");
    }
}
