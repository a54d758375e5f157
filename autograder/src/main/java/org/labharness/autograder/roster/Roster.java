package org.labharness.autograder.roster;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The students of a course, in the order of their ids. */
public record Roster(List<Student> students) {
    public static final Roster EMPTY = new Roster(List.of());

    /** @throws IllegalArgumentException if a student is there twice */
    public Roster {
        Map<StudentId, Student> sorted = new TreeMap<>();
        for (Student student : students) {
            if (sorted.put(student.id(), student) != null) {
                throw new IllegalArgumentException("the student " + student.id() + " is there twice");
            }
        }
        students = List.copyOf(sorted.values());
    }

    public Optional<Student> student(StudentId id) {
        return students.stream().filter(student -> student.id().equals(id)).findFirst();
    }

    public List<Student> team(TeamId team) {
        return students.stream()
                .filter(student -> team.equals(student.team()))
                .sorted(Comparator.comparing(Student::id))
                .toList();
    }

    /** The same with another state of one student. */
    public Roster with(Student changed) {
        return new Roster(Stream.concat(
                        students.stream().filter(student -> !student.id().equals(changed.id())), Stream.of(changed))
                .toList());
    }
}
