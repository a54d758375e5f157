package org.labharness.autograder.gitserver;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.labharness.autograder.ledger.PushFact;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.PushStore;
import org.labharness.lab.Memory;
import org.labharness.lab.course.CourseClock;

/** Decides whether a push is taken, as far as that can be said without what it sends. */
final class PushGate {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Database database;
    private final PushedRepositories repositories;
    private final PushLimits limits;

    PushGate(Database database, PushedRepositories repositories, PushLimits limits) {
        this.database = database;
        this.repositories = repositories;
        this.limits = limits;
    }

    /**
     * What is asked before anything is sent, and again when it comes.
     *
     * @throws PushRefused where it is not taken
     */
    void beforeAnything(Visit visit) {
        if (!visit.staff()) {
            quota(visit);
            window(visit);
        }
        Memory there = new Memory(PushedRepositories.bytes(repositories.directory(visit)));
        if (there.compareTo(limits.repository()) >= 0) {
            throw new PushRefused(
                    PushRefusal.NO_ROOM,
                    "The repository " + visit.path() + " takes up " + there + " here, the limit is "
                            + limits.repository() + ".");
        }
    }

    private void quota(Visit visit) {
        Instant from = visit.arrived().minus(HOUR);
        List<Instant> pushes = pushes(visit).since(visit.offered().id(), visit.owner(), from);
        if (pushes.size() >= limits.perHour()) {
            Instant next = pushes.get(pushes.size() - limits.perHour()).plus(HOUR);
            throw new PushRefused(
                    PushRefusal.TOO_OFTEN,
                    visit.path() + " was pushed to " + pushes.size() + " times within an hour, the limit is "
                            + limits.perHour() + ". The next push is taken at "
                            + clock(visit).moment(next.plusSeconds(59)) + ".");
        }
    }

    private void window(Visit visit) {
        Window.shut(database, visit.served().course(), visit.offered(), visit.owner(), visit.people(), visit.arrived())
                .ifPresent(shut -> {
                    throw new PushRefused(PushRefusal.of(shut.code()), shut.sentence());
                });
    }

    /** Notes that a push was refused, so that it counts for how often somebody pushes. */
    void note(Visit visit, PushRefusal reason) {
        if (reason != PushRefusal.TOO_OFTEN && reason != PushRefusal.BUSY) { // else nobody would stop who does not stop
            pushes(visit)
                    .note(new PushFact(
                            visit.offered().id(),
                            visit.owner(),
                            visit.token().student(),
                            visit.token().id(),
                            visit.arrived(),
                            reason.code(),
                            null));
        }
    }

    /** Where it lies. */
    Path directory(Visit visit) {
        return repositories.directory(visit);
    }

    private PushStore pushes(Visit visit) {
        return new PushStore(database, visit.served().course().id());
    }

    private static CourseClock clock(Visit visit) {
        return new CourseClock(visit.served().course().zone());
    }
}
