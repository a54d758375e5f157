package org.labharness.autograder.roster;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseLab;

/**
 * A student of a course.
 *
 * @param repository URL or path for every lab, where <code>{lab}</code>, <code>{student}</code> and <code>{team}</code> stand for themselves; null: none is known
 * @param repositories those that differ, by lab
 * @param audits takes part and gets points, but no grade: no letter, no rank
 */
public record Student(
        StudentId id,
        String name,
        @Nullable String mail,
        @Nullable TeamId team,
        @Nullable String section,
        @Nullable String repository,
        Map<LabId, String> repositories,
        Map<LabId, Extension> extensions,
        Set<LabId> excused,
        boolean audits) {
    /** What whoever was forgotten is called. */
    public static final String FORGOTTEN = "(forgotten)";

    public Student {
        repositories = Map.copyOf(repositories);
        extensions = Map.copyOf(extensions);
        excused = Set.copyOf(excused);
    }

    /** A student of whom nothing but the name is known. */
    public static Student named(String id, String name) {
        return new Student(StudentId.parse(id), name, null, null, null, null, Map.of(), Map.of(), Set.of(), false);
    }

    /** Whether points are all that is known of them: nothing is read or asked of them any more. */
    public boolean isForgotten() {
        return name.equals(FORGOTTEN);
    }

    /** Where the work for a lab lies, as far as the roster says. */
    public Optional<String> repositoryOf(LabId lab) {
        String own = repositories.get(lab);
        if (own != null) {
            return Optional.of(own);
        }
        return Optional.ofNullable(repository)
                .map(pattern -> pattern.replace("{lab}", lab.value())
                        .replace("{student}", id.value())
                        .replace("{team}", team == null ? id.value() : team.value()));
    }

    /** The student's own deadline for a lab: an extension gives more time, never less; null where there is none. */
    public @Nullable Instant due(CourseLab lab) {
        Instant due = lab.schedule().due();
        Extension more = extensions.get(lab.id());
        if (due == null || more == null) {
            return due;
        }
        Instant own = more.from(due);
        return own.isAfter(due) ? own : due;
    }

    /** The same with another extension of a lab, or without one. */
    public Student extended(LabId lab, @Nullable Extension extension) {
        Map<LabId, Extension> all = new HashMap<>(extensions);
        all.remove(lab);
        if (extension != null) {
            all.put(lab, extension);
        }
        return new Student(id, name, mail, team, section, repository, repositories, all, excused, audits);
    }
}
