package org.labharness.autograder.enrolment;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.lab.LabId;

/** A student while cells of a table are brought in; what no cell says stays as it was. */
final class Draft {
    private final StudentId id;
    String name;

    @Nullable
    String mail;

    @Nullable
    TeamId team;

    @Nullable
    String section;

    @Nullable
    String repository;

    boolean audits;

    final Map<LabId, String> repositories;
    final Map<LabId, Extension> extensions;
    final Set<LabId> excused;

    Draft(Student student) {
        this.id = student.id();
        this.name = student.name();
        this.mail = student.mail();
        this.team = student.team();
        this.section = student.section();
        this.repository = student.repository();
        this.audits = student.audits();
        this.repositories = new HashMap<>(student.repositories());
        this.extensions = new HashMap<>(student.extensions());
        this.excused = new HashSet<>(student.excused());
    }

    Student student() {
        return new Student(id, name, mail, team, section, repository, repositories, extensions, excused, audits);
    }
}
