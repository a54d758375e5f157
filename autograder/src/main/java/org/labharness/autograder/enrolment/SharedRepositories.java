package org.labharness.autograder.enrolment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.forge.WebPlace;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.TeamId;
import org.labharness.lab.course.CourseLab;

/**
 * Repositories that the roster names for several students who are no team, however each address is written: what is in one counts for all of
 * them. An address that was copied by mistake, somebody else's work, or a team that nobody has named.
 */
public final class SharedRepositories {
    private static final int LONGEST = 200;
    private static final int NAMES = 8;
    private static final int MOST = 20;

    private SharedRepositories() {}

    /** @param address as the roster writes it for the first of them */
    private record Shared(String address, List<Student> students, List<String> labs) {}

    /**
     * A sentence for each, the first twenty of them.
     *
     * @param concerned at least one of these is among those who share it
     */
    public static List<String> notes(Collection<CourseLab> labs, Roster roster, Collection<Student> concerned) {
        Map<String, Shared> all = new LinkedHashMap<>();
        for (CourseLab lab : labs) {
            if (lab.submitted() && lab.cancelled() == null) {
                byPlace(lab, roster).forEach((place, students) -> {
                    if (students.size() > 1 && !areOneTeam(students)) {
                        String address =
                                students.getFirst().repositoryOf(lab.id()).orElseThrow();
                        all.computeIfAbsent(
                                        place + " " + names(students, students.size()),
                                        any -> new Shared(address, students, new ArrayList<>()))
                                .labs()
                                .add(lab.id().value());
                    }
                });
            }
        }
        List<String> notes = all.values().stream()
                .filter(shared -> shared.students().stream().anyMatch(concerned::contains))
                .map(SharedRepositories::sentence)
                .collect(Collectors.toCollection(ArrayList::new));
        if (notes.size() > MOST) {
            notes.set(MOST, "So do others, with " + (notes.size() - MOST) + " more repositories.");
        }
        return List.copyOf(notes.subList(0, Math.min(notes.size(), MOST + 1)));
    }

    private static Map<String, List<Student>> byPlace(CourseLab lab, Roster roster) {
        Map<String, List<Student>> places = new LinkedHashMap<>();
        for (Student student : roster.students()) {
            if (!student.excused().contains(lab.id())) {
                student.repositoryOf(lab.id())
                        .ifPresent(address -> places.computeIfAbsent(place(address), any -> new ArrayList<>())
                                .add(student));
            }
        }
        return places;
    }

    private static String place(String address) {
        return WebPlace.of(address)
                .map(WebPlace::toString)
                .orElseGet(() -> address.replaceFirst("^file://", "")
                        .replaceFirst("/+$", "")
                        .replaceFirst("/\\.git$", ""));
    }

    /** They hand in together where a lab is for teams, and staff know of them everywhere else. */
    private static boolean areOneTeam(List<Student> students) {
        TeamId team = students.getFirst().team();
        return team != null && students.stream().allMatch(one -> team.equals(one.team()));
    }

    private static String sentence(Shared shared) {
        return names(shared.students(), NAMES) + " have the same repository in the roster, "
                + PlainText.line(RepositoryText.shown(shared.address()), LONGEST) + " (" + some(shared.labs(), NAMES)
                + "), and what is in it counts for each. If they are a team, name it there; else look whose it is.";
    }

    private static String names(List<Student> students, int most) {
        return some(students.stream().map(student -> student.id().value()).toList(), most);
    }

    private static String some(List<String> all, int most) {
        return all.stream().limit(most).collect(Collectors.joining(", "))
                + (all.size() > most ? " and " + (all.size() - most) + " more" : "");
    }
}
