package org.labharness.autograder.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<WebPlace, List<Work>> works = new HashMap<>();

    /** Looks at every address of a roster once: a large course has thousands, and an answer has no time for them. */
    Enrolled(Course course, Roster roster) {
        for (CourseLab lab : course.labs()) {
            for (Student student : roster.students()) {
                student.repositoryOf(lab.id())
                        .ifPresent(repository -> WebPlace.of(repository)
                                .ifPresent(place -> works.computeIfAbsent(place, any -> new ArrayList<>(1))
                                        .add(new Work(lab, student, repository))));
            }
        }
    }

    /** @param repository where it lies, as the roster writes it */
    private record Work(CourseLab lab, Student student, String repository) {}

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
        List<Work> named = payload.addresses().stream()
                .flatMap(address -> WebPlace.of(address).stream())
                .distinct()
                .flatMap(place -> works.getOrDefault(place, List.of()).stream())
                .toList();
        Map<String, Pushed> found = new LinkedHashMap<>();
        for (Work work : named) {
            if (isOpen(work.lab(), work.student(), received)) {
                Owner owner = Filing.owner(work.lab(), work.student());
                found.putIfAbsent(
                        work.lab().id() + " " + owner,
                        new Pushed(
                                work.lab().id(),
                                owner,
                                work.repository(),
                                payload.ref(),
                                payload.commit(),
                                payload.isHead()));
            }
        }
        return new Match(!named.isEmpty(), List.copyOf(found.values()));
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
