package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Lab;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.load.CourseLoader;
import org.labharness.lab.load.InvalidLab;
import org.labharness.pipeline.SystemBroke;

class GradingRoomTests {
    @TempDir
    Path folder;

    @Test
    void aLabThatWasTakenOutOfTheCourseIsNoFaultOfTheHarnessAndTheSentenceSaysWhatToDo() {
        Tiny.lab(folder.resolve("tiny"), "60s");
        Course course = CourseLoader.load(Tiny.course(folder), name -> Optional.empty());

        assertThat(GradingRoom.lab(course, LabId.parse("tiny"), new HashMap<>()).id())
                .isEqualTo(LabId.parse("tiny"));
        assertThatThrownBy(() -> GradingRoom.lab(course, LabId.parse("gone"), new HashMap<>()))
                .isInstanceOf(SystemBroke.class)
                .hasMessageStartingWith("The course mlops has no lab gone any more")
                .hasMessageContaining("costs nothing")
                .hasMessageContaining("Staff put it back into course.yaml");
    }

    @Test
    void aLabThatSomebodyEditsIsGradedAsItWasReadLast() throws IOException {
        Path lab = Tiny.lab(folder.resolve("tiny"), "60s").resolve("lab.yaml");
        Course course = CourseLoader.load(Tiny.course(folder), name -> Optional.empty());
        Map<Path, Lab> last = new HashMap<>();
        LabId tiny = LabId.parse("tiny");
        String good = Files.readString(lab);
        Files.writeString(lab, good.replace("points: 4", "points: 5"));
        assertThatThrownBy(() -> GradingRoom.lab(course, tiny, last)).isInstanceOf(InvalidLab.class);

        Files.writeString(lab, good);
        Lab read = GradingRoom.lab(course, tiny, last);
        Files.writeString(lab, good.replace("points: 4", "points: 5"));
        assertThat(GradingRoom.lab(course, tiny, last)).isEqualTo(read);

        Files.writeString(lab, good.replace("title: Two short stages", "title: Two stages"));
        assertThat(GradingRoom.lab(course, tiny, last).title()).isEqualTo("Two stages");
    }
}
