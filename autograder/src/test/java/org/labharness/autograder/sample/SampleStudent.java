package org.labharness.autograder.sample;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.lab.LabId;

/** Students who are called as their ids. */
public final class SampleStudent {
    private SampleStudent() {}

    public static Student student(String id, @Nullable String team) {
        return student(id, team, null);
    }

    public static Student student(String id, @Nullable String team, @Nullable String repository, LabId... excused) {
        return new Student(
                StudentId.parse(id),
                id,
                null,
                team == null ? null : TeamId.parse(team),
                null,
                repository,
                Map.of(),
                Map.of(),
                Set.of(excused),
                false);
    }
}
