package org.labharness.autograder.intake;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.enrolment.RepositoryText;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Student;
import org.labharness.lab.course.CourseLab;

/**
 * Somebody's repository that is to be read for a lab.
 *
 * @param repositories where it lies as the roster says; several where members of a team have different ones
 * @param due the deadline: of a team, that of the member who has the most time; null where there is none
 */
public record Errand(
        CourseLab lab,
        Owner owner,
        List<String> repositories,
        @Nullable Instant due) {
    public Errand {
        repositories = List.copyOf(repositories);
    }

    /** One for each student, or for each team where the lab is for teams; none for who is excused or was forgotten. */
    public static List<Errand> of(CourseLab lab, Collection<Student> students) {
        Map<Owner, List<Student>> members = students.stream()
                .filter(student -> !student.excused().contains(lab.id()) && !student.isForgotten())
                .collect(Collectors.groupingBy(
                        student -> Filing.owner(lab, student), LinkedHashMap::new, Collectors.toList()));
        return members.entrySet().stream()
                .map(entry -> of(lab, entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Where it lies, as the roster says. */
    public sealed interface Place {
        record At(String repository) implements Place {}

        /** The roster names none for anybody. */
        record Nowhere() implements Place {}

        /**
         * It is not read, and what staff can do about it.
         *
         * @param ambiguous whether members of a team have different ones; else it is no address of a repository
         */
        record Unclear(boolean ambiguous, String sentence) implements Place {}
    }

    /** Of several none is chosen: only a push that a forge tells of says itself which of them it was made to. */
    public Place place() {
        if (repositories.isEmpty()) {
            return new Place.Nowhere();
        }
        if (repositories.size() > 1) {
            return new Place.Unclear(
                    true,
                    "Its members have different repositories in the roster: "
                            + repositories.stream().map(RepositoryText::shown).collect(Collectors.joining(", "))
                            + ". Give all of them the one that counts.");
        }
        String address = repositories.getFirst();
        return RepositoryText.complaint(address)
                .<Place>map(
                        complaint -> new Place.Unclear(false, "'" + RepositoryText.shown(address) + "': " + complaint))
                .orElseGet(() -> new Place.At(address));
    }

    /** That of one owner. */
    public static Errand of(CourseLab lab, Owner owner, Collection<Student> members) {
        List<String> repositories = members.stream()
                .flatMap(member -> member.repositoryOf(lab.id()).stream())
                .distinct()
                .toList();
        Instant due = members.stream()
                .map(member -> member.due(lab))
                .filter(Objects::nonNull)
                .max(Comparator.comparing(Function.identity()))
                .orElse(null);
        return new Errand(lab, owner, repositories, due);
    }
}
