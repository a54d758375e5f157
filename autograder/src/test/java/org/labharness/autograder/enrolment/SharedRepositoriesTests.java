package org.labharness.autograder.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.labharness.autograder.sample.SampleStudent.student;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.sample.TinyCourse;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;

class SharedRepositoriesTests {
    private final Course course = TinyCourse.course();

    private List<String> notes(Student... students) {
        return SharedRepositories.notes(course.labs(), new Roster(List.of(students)), List.of(students));
    }

    @Test
    void oneRepositoryForAllLabsIsOneNoteHoweverItIsWritten() {
        assertThat(notes(
                        student("ada", null, "https://git.example.org/course/ada.git"),
                        student("bo", "red", "git@git.example.org:course/Ada"),
                        student("cy", "red", "https://git.example.org/course/cy.git")))
                .singleElement()
                .asString()
                .startsWith("ada, bo have the same repository in the roster, https://git.example.org/course/ada.git ("
                        + TinyCourse.DVC)
                .endsWith(
                        "), and what is in it counts for each. If they are a team, name it there; else look whose it is.");
    }

    @Test
    void foldersAreComparedToo() {
        assertThat(notes(student("ada", null, "/srv/work/a/"), student("bo", null, "file:///srv/work/a/.git")))
                .hasSize(1);
    }

    @Test
    void aTeamAPatternAndWhoIsExcusedAreNoMistake() {
        LabId[] all = course.labs().stream().map(lab -> lab.id()).toArray(LabId[]::new);

        assertThat(notes(
                        student("ada", "red", "https://git.example.org/red"),
                        student("bo", "red", "https://git.example.org/{team}"),
                        student("cy", null, "https://git.example.org/{student}"),
                        student("di", null, "https://git.example.org/{student}"),
                        student("eve", null, "https://git.example.org/cy", all)))
                .isEmpty();
        assertThat(notes(
                        student("ada", "red", "https://git.example.org/red"),
                        student("bo", "blue", "https://git.example.org/red")))
                .as("two teams")
                .hasSize(1);
    }

    @Test
    void aWholeClassWithOneAddressAndManyCopiesStayReadable() {
        List<Student> same = IntStream.range(10, 99)
                .mapToObj(i -> student("s" + i, null, "https://git.example.org/{lab}"))
                .toList();
        assertThat(notes(same.toArray(Student[]::new)))
                .allSatisfy(
                        note -> assertThat(note).startsWith("s10, s11, s12, s13, s14, s15, s16, s17 and 81 more have"));

        List<Student> pairs = IntStream.range(100, 200)
                .mapToObj(i -> student("s" + i, null, "https://git.example.org/" + i / 2))
                .toList();
        assertThat(notes(pairs.toArray(Student[]::new)))
                .hasSize(21)
                .last()
                .isEqualTo("So do others, with 30 more repositories.");
    }

    @Test
    void onlyThoseOfWhomSomebodyIsConcernedAreTold() {
        Student ada = student("ada", null, "https://git.example.org/a");
        Student bo = student("bo", null, "https://git.example.org/a");
        Student cy = student("cy", null, "https://git.example.org/c");
        Roster roster = new Roster(List.of(ada, bo, cy));

        assertThat(SharedRepositories.notes(course.labs(), roster, List.of(bo))).hasSize(1);
        assertThat(SharedRepositories.notes(course.labs(), roster, List.of(cy))).isEmpty();
    }
}
