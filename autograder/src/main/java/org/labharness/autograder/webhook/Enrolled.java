package org.labharness.autograder.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.labharness.autograder.forge.WebPlace;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.store.WebhookStore.Pushed;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;

/**
 * What a push is for: every lab that is open and whose repository, by the roster, was pushed to. Of a repository that serves several labs
 * that are all of them.
 */
final class Enrolled {
    private final Course course;
    private final Roster roster;

    Enrolled(Course course, Roster roster) {
        this.course = course;
        this.roster = roster;
    }

    /**
     * Whose it is, by lab and owner.
     *
     * @param known whether the roster names the repository at all, be it for a lab that is closed
     * @param pushed none where no such lab is open
     */
    record Match(boolean known, List<Pushed> pushed) {
        Match {
            pushed = List.copyOf(pushed);
        }
    }

    Match match(Payload payload, Instant received) {
        Set<WebPlace> places = payload.addresses().stream()
                .flatMap(address -> WebPlace.of(address).stream())
                .collect(Collectors.toSet());
        Set<String> names = places.stream().map(Enrolled::lastPart).collect(Collectors.toSet());
        boolean known = false;
        Map<String, Pushed> found = new LinkedHashMap<>();
        for (CourseLab lab : course.labs()) {
            for (Student student : roster.students()) {
                Optional<String> repository = student.repositoryOf(lab.id());
                if (repository.filter(one -> isNamed(one, names)).isPresent()
                        && repository
                                .flatMap(WebPlace::of)
                                .filter(places::contains)
                                .isPresent()) {
                    known = true;
                    if (isOpen(lab, student, received)) {
                        Owner owner = Filing.owner(lab, student);
                        found.putIfAbsent(
                                lab.id() + " " + owner,
                                new Pushed(
                                        lab.id(),
                                        owner,
                                        repository.get(),
                                        payload.ref(),
                                        payload.commit(),
                                        payload.isHead()));
                    }
                }
            }
        }
        return new Match(known, List.copyOf(found.values()));
    }

    private static String lastPart(WebPlace place) {
        return place.path().substring(place.path().lastIndexOf('/') + 1);
    }

    /** A first look that is quick: a large course has thousands of addresses. */
    private static boolean isNamed(String repository, Set<String> names) {
        String written = repository.toLowerCase(Locale.ROOT);
        return names.stream().anyMatch(written::contains);
    }

    private static boolean isOpen(CourseLab lab, Student student, Instant received) {
        Instant opens = lab.schedule().opens();
        return lab.lab() != null
                && lab.submitted()
                && lab.cancelled() == null
                && (opens == null || !received.isBefore(opens))
                && !isClosed(lab, student, received);
    }

    private static boolean isClosed(CourseLab lab, Student student, Instant received) {
        Instant due = student.due(lab);
        Duration closes = lab.late().closes();
        if (due == null || closes == null) {
            return false;
        }
        Duration longest =
                closes.compareTo(lab.late().grace()) > 0 ? closes : lab.late().grace();
        return received.isAfter(due.plus(longest));
    }
}
