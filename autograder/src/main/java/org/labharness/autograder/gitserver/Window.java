package org.labharness.autograder.gitserver;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.labharness.autograder.gradebook.Admission;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseClock;
import org.labharness.lab.course.CourseLab;

/** Whether work that comes now is taken, by the course's schedule and attempts as the gradebook counts them. */
public final class Window {
    private Window() {}

    /**
     * Why it is not.
     *
     * @param code such as {@code closed}
     * @param sentence names the lab, what was seen and what the limit is
     */
    public record Shut(String code, String sentence) {}

    /**
     * Empty where it is taken. A team's work is taken as long as it could count for one of its members.
     *
     * @param people who share in the work
     * @param arrived server time
     */
    public static Optional<Shut> shut(
            Database database,
            Course course,
            CourseLab offered,
            Owner owner,
            Collection<Student> people,
            Instant arrived) {
        if (offered.cancelled() != null) {
            return Optional.of(new Shut("cancelled", offered.id() + " is cancelled: " + offered.cancelled() + "."));
        }
        Ledger ledger = new LedgerStore(database).read(course.id());
        Optional<Shut> first = Optional.empty();
        for (Student student : people) {
            Admission admission = Admission.of(course, student, ledger, offered, owner, arrived);
            Optional<Shut> shut = shut(new CourseClock(course.zone()), offered, student, admission, arrived);
            if (shut.isEmpty()) {
                return shut;
            }
            first = first.isEmpty() ? shut : first;
        }
        return first;
    }

    private static Optional<Shut> shut(
            CourseClock clock, CourseLab offered, Student student, Admission admission, Instant arrived) {
        String lab = offered.id().value();
        Instant opens = offered.schedule().opens();
        String due = admission.due() == null ? "" : " It was due " + clock.end(admission.due()) + ".";
        return switch (admission.standing()) {
            case ACCEPTED, WAITING, REFUSED -> Optional.empty();
            case TOO_EARLY ->
                shut(
                        "not-open",
                        lab + " opens " + (opens == null ? "later" : clock.moment(opens)) + "; it is "
                                + clock.moment(arrived) + " now.");
            case CLOSED ->
                shut(
                        "closed",
                        lab + " is closed for " + student.id()
                                + (admission.closed() == null ? "" : " since " + clock.end(admission.closed()))
                                + "; this came " + clock.moment(arrived) + "." + due);
            case NO_LATE_DAYS_LEFT ->
                shut(
                        "no-late-days",
                        lab + " takes late work of " + student.id() + " only for late days, and too few are left."
                                + due);
            case COOLING_DOWN ->
                shut(
                        "cooling-down",
                        "The next attempt at " + lab + " is taken from "
                                + (admission.again() == null
                                        ? "a little later"
                                        : clock.moment(admission.again().plusSeconds(59)))
                                + " on.");
            case TOO_MANY ->
                shut(
                        "attempts-used-up",
                        "All attempts at " + lab + " are used up: " + admission.used() + " of "
                                + offered.attempts().most() + ".");
        };
    }

    private static Optional<Shut> shut(String code, String sentence) {
        return Optional.of(new Shut(code, sentence));
    }
}
