package org.labharness.autograder.gradebook;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.ledger.Look;
import org.labharness.autograder.ledger.Mark;
import org.labharness.autograder.ledger.NotTaken;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.TeamId;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseLab;

/** Finds facts by whose they are and which lab they are about, each list in the order of the ledger. */
final class FactIndex {
    private record Key(Owner owner, LabId lab) {}

    private final Map<Key, List<Attempt>> attempts = new HashMap<>();
    private final Map<Key, List<Mark>> marks = new HashMap<>();
    private final Map<Key, List<GradeOverride>> overrides = new HashMap<>();
    private final Map<Key, List<NotTaken>> notTaken = new HashMap<>();
    private final Map<Key, List<Look>> looks = new HashMap<>();

    private final Set<Long> atLatest;

    private final Map<TeamId, List<Student>> teams = new HashMap<>();

    FactIndex(Ledger ledger, Roster roster) {
        roster.students().stream()
                .filter(student -> student.team() != null)
                .forEach(student -> note(teams, student.team(), student));
        this.atLatest = ledger.readings().atLatest();
        ledger.attempts().forEach(fact -> note(attempts, new Key(fact.owner(), fact.lab()), fact));
        ledger.marks().forEach(fact -> note(marks, new Key(fact.owner(), fact.lab()), fact));
        ledger.overrides()
                .forEach(fact -> note(overrides, new Key(new Owner.OfStudent(fact.student()), fact.lab()), fact));
        ledger.readings().notTaken().forEach(fact -> note(notTaken, new Key(fact.owner(), fact.lab()), fact));
        ledger.readings().looks().forEach(fact -> note(looks, new Key(fact.owner(), fact.lab()), fact));
    }

    private static <K, T> void note(Map<K, List<T>> index, K key, T fact) {
        index.computeIfAbsent(key, any -> new ArrayList<>(2)).add(fact);
    }

    StudentFacts of(Student student, CourseLab offered) {
        LabId lab = offered.id();
        return new StudentFacts(
                all(attempts, student, lab, Attempt::submission),
                all(marks, student, lab, Mark::id),
                all(overrides, student, lab, GradeOverride::id),
                all(notTaken, student, lab, fact -> fact.at().toEpochMilli()),
                all(looks, student, lab, fact -> fact.at().toEpochMilli()),
                atLatest,
                placed(student, offered));
    }

    /** In the line of the student, or where a team hands in together of whoever has a share in that. */
    private boolean placed(Student student, CourseLab lab) {
        TeamId team = lab.team() ? student.team() : null;
        List<Student> people = team == null ? List.of(student) : teams.getOrDefault(team, List.of());
        return people.stream()
                .filter(one -> !one.excused().contains(lab.id()) && !one.isForgotten())
                .anyMatch(one -> one.repositoryOf(lab.id()).isPresent());
    }

    private static <T> List<T> all(Map<Key, List<T>> index, Student student, LabId lab, ToLongFunction<T> number) {
        List<T> own = index.getOrDefault(new Key(new Owner.OfStudent(student.id()), lab), List.of());
        if (student.team() == null) {
            return own;
        }
        List<T> shared = index.getOrDefault(new Key(new Owner.OfTeam(student.team()), lab), List.of());
        return shared.isEmpty()
                ? own
                : Stream.concat(own.stream(), shared.stream())
                        .sorted(Comparator.comparingLong(number))
                        .toList();
    }
}
