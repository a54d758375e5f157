package org.labharness.autograder.staffpage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.labharness.autograder.course.CourseChange;
import org.labharness.autograder.forge.ForgeTroubles;
import org.labharness.autograder.ledger.NotTaken;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.store.StaffStore.Failure;
import org.labharness.autograder.store.StaffStore.Graded;
import org.labharness.autograder.store.StaffStore.Held;
import org.labharness.autograder.store.StaffStore.Untimed;
import org.labharness.lab.course.Course;

/**
 * All that the page shows, as it is at a moment.
 *
 * @param still whether the page stays as it is; else it loads itself anew
 * @param edit of the course's files that cannot be used; empty where the course goes by them
 * @param stop why nothing is graded; empty where gradings go on
 * @param failures of the last 24 hours
 * @param unread repositories that could not be read when somebody last tried
 * @param forges what came to nothing between forges and here
 * @param graded in the last 24 hours
 */
public record Board(
        Course course,
        Instant now,
        boolean still,
        Optional<CourseChange.Refused> edit,
        Roster roster,
        Queued queue,
        Optional<Worker.Stop> stop,
        List<Failure> failures,
        List<Held> held,
        List<Untimed> untimed,
        List<NotTaken> unread,
        List<ForgeTroubles.Kind> forges,
        List<Graded> graded) {
    public Board {
        failures = List.copyOf(failures);
        held = List.copyOf(held);
        untimed = List.copyOf(untimed);
        unread = List.copyOf(unread);
        forges = List.copyOf(forges);
        graded = List.copyOf(graded);
    }
}
