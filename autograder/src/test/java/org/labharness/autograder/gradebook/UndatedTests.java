package org.labharness.autograder.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.GradeOverride.Kind;
import org.labharness.autograder.ledger.GradeOverride.TakenBack;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.load.CourseLoader;

class UndatedTests {
    private static final LabId LAB = LabId.parse("lock");
    private static final LabId GONE = LabId.parse("gone");
    private static final Instant DUE = Instant.parse("2026-10-02T00:00:00Z");
    private static final Instant LATE = DUE.plusSeconds(3_600);
    private static final Owner ADA = new Owner.OfStudent(StudentId.parse("ada"));
    private static final Owner BO = new Owner.OfStudent(StudentId.parse("bo"));
    private static final Owner ALPHA = new Owner.OfTeam(TeamId.parse("alpha"));

    @TempDir
    Path folder;

    private Course course;

    @BeforeEach
    void aCourse() throws java.io.IOException {
        course = CourseLoader.load(
                java.nio.file.Files.writeString(folder.resolve("course.yaml"), """
                        id: mlops
                        title: MLOps
                        time-zone: UTC
                        late: {grace: 10m, closes: 5d}
                        components:
                          labs:
                            title: Labs
                            weight: 100
                            labs:
                              - {id: lock, title: Locks, points: 10, due: 2026-10-01}
                              - {id: gone, title: Gone, points: 10, due: 2026-10-01, cancelled: It was broken.}
                        """), name -> Optional.empty());
    }

    private static Student student(String id, Map<LabId, Extension> extensions, Set<LabId> excused) {
        return new Student(
                StudentId.parse(id), id, null, TeamId.parse("alpha"), null, null, Map.of(), extensions, excused, false);
    }

    private static GradeOverride decision(String student, Kind kind, @Nullable TakenBack back) {
        return new GradeOverride(1, StudentId.parse(student), LAB, kind, null, "staff", "why", LATE, back);
    }

    private Undated undated(GradeOverride... decisions) {
        Roster roster = new Roster(List.of(
                student("ada", Map.of(), Set.of()), student("bo", Map.of(LAB, Extension.parse("2d")), Set.of())));
        return new Undated(course, roster, List.of(decisions));
    }

    @Test
    void whatHasNoTimeWaitsAndWhatWasFoundLateDoes() {
        assertThat(undated().waits(LAB, ADA, null)).isTrue();
        assertThat(undated().waits(LAB, ADA, LATE)).isTrue();
        assertThat(undated().waits(LAB, ADA, DUE.plusSeconds(300)))
                .as("within the grace")
                .isFalse();
        assertThat(undated().waits(LAB, BO, LATE)).as("who has more time").isFalse();
        assertThat(undated().waits(LAB, ALPHA, LATE)).as("one of the team").isTrue();
    }

    @Test
    void whatPeopleHaveDecidedWaitsNoMoreUntilTheyTakeItBack() {
        for (Kind kind : List.of(Kind.IN_TIME, Kind.SET, Kind.EXCUSE)) {
            assertThat(undated(decision("ada", kind, null)).waits(LAB, ADA, null))
                    .as(kind.name())
                    .isFalse();
        }
        TakenBack back = new TakenBack("staff", "a slip", LATE);
        assertThat(undated(decision("ada", Kind.IN_TIME, back)).waits(LAB, ADA, null))
                .isTrue();
        assertThat(undated(decision("ada", Kind.COMMENT, null)).waits(LAB, ADA, null))
                .isTrue();
        assertThat(undated(decision("ada", Kind.IN_TIME, null)).waits(LAB, ALPHA, null))
                .as("the other of the team")
                .isTrue();
        assertThat(undated(decision("ada", Kind.IN_TIME, null)).waits(LAB, ALPHA, LATE))
                .as("the other has more time")
                .isFalse();
    }

    @Test
    void whatCountsForNobodyWaitsForNobody() {
        assertThat(undated().waits(GONE, ADA, null)).as("cancelled").isFalse();
        assertThat(undated().waits(LabId.parse("never"), ADA, null))
                .as("not in the course")
                .isFalse();
        assertThat(undated().waits(LAB, new Owner.OfStudent(StudentId.parse("left")), null))
                .as("not in the roster")
                .isFalse();
        Roster excused = new Roster(List.of(student("ada", Map.of(), Set.of(LAB))));
        assertThat(new Undated(course, excused, List.of()).waits(LAB, ADA, null))
                .isFalse();
    }
}
