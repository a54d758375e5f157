package org.labharness.autograder.gradebook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.GradeOverride.Kind;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;

/** Tells of which submissions staff have to say whether they were in time: those that wait for that in the gradebook of somebody. */
public final class Undated {
    private static final Set<Kind> SETTLES = EnumSet.of(Kind.IN_TIME, Kind.EXCUSE, Kind.SET);

    private final Course course;
    private final Map<Owner, List<Student>> people = new HashMap<>();
    private final Map<LabId, Set<StudentId>> settled = new HashMap<>();

    public Undated(Course course, Roster roster, List<GradeOverride> overrides) {
        this.course = course;
        roster.students().forEach(student -> {
            shares(new Owner.OfStudent(student.id()), student);
            if (student.team() != null) {
                shares(new Owner.OfTeam(student.team()), student);
            }
        });
        overrides.stream()
                .filter(one -> one.holds() && SETTLES.contains(one.kind()))
                .forEach(one -> settled.computeIfAbsent(one.lab(), any -> new HashSet<>())
                        .add(one.student()));
    }

    /**
     * Whether somebody's grade waits for it.
     *
     * @param received the time that a submission bears that was found in a repository, so that it came no later; null: none is known
     */
    public boolean waits(LabId id, Owner owner, @Nullable Instant received) {
        return course.lab(id).filter(lab -> lab.cancelled() == null).stream()
                .anyMatch(lab -> people.getOrDefault(owner, List.of()).stream()
                        .anyMatch(student -> waits(lab, student, received)));
    }

    private void shares(Owner owner, Student student) {
        people.computeIfAbsent(owner, any -> new ArrayList<>(1)).add(student);
    }

    private boolean waits(CourseLab lab, Student student, @Nullable Instant received) {
        return !student.excused().contains(lab.id())
                && !settled.getOrDefault(lab.id(), Set.of()).contains(student.id())
                && (received == null
                        || Lateness.of(received, student.due(lab), lab.late()).isLate());
    }
}
