package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.load.CourseLoader;
import org.labharness.pipeline.SystemBroke;

class GradingRoomTests {
    @TempDir
    Path folder;

    @Test
    void aLabThatWasTakenOutOfTheCourseIsNoFaultOfTheHarnessAndTheSentenceSaysWhatToDo() {
        Tiny.lab(folder.resolve("tiny"), "60s");
        Course course = CourseLoader.load(Tiny.course(folder), name -> Optional.empty());

        assertThat(GradingRoom.lab(course, LabId.parse("tiny")).id()).isEqualTo(LabId.parse("tiny"));
        assertThatThrownBy(() -> GradingRoom.lab(course, LabId.parse("gone")))
                .isInstanceOf(SystemBroke.class)
                .hasMessageStartingWith("The course mlops has no lab gone any more")
                .hasMessageContaining("costs nothing")
                .hasMessageContaining("Staff put it back into course.yaml");
    }
}
