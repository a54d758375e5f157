package org.labharness.autograder.gitserver;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.labharness.autograder.ledger.PushFact;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.PushStore;
import org.labharness.lab.Memory;
import org.labharness.lab.course.CourseClock;

/** Decides whether a push is taken, as far as that can be said without what it sends. */
final class PushGate {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<String> TAKEN = List.of(Constants.R_HEADS, Constants.R_TAGS, "refs/exps/");

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

    /**
     * What a push wants to change, looked at before it is changed.
     *
     * @param there the branches, tags and experiments that are there
     * @param graded what was graded of this repository, by the ref's name
     * @throws PushRefused where one change of it is not taken
     */
    void changes(Collection<ReceiveCommand> commands, Collection<Ref> there, Map<String, String> graded) {
        for (ReceiveCommand command : commands) {
            String name = command.getRefName();
            if (TAKEN.stream().noneMatch(name::startsWith)) {
                throw new PushRefused(
                        PushRefusal.OTHER_REF, "'" + name + "' is neither a branch nor a tag nor a DVC experiment.");
            }
            if (!name.startsWith("refs/exps/") && graded.containsKey(name) && rewrites(command)) {
                throw new PushRefused(
                        PushRefusal.REWRITTEN,
                        "'" + name.replaceFirst("refs/(heads|tags)/", "") + "' was graded at "
                                + String.valueOf(graded.get(name)).substring(0, 10) + ", and this push "
                                + (command.getType() == ReceiveCommand.Type.DELETE
                                        ? "deletes it."
                                        : "takes that out of it."));
            }
        }
        count(commands, there);
    }

    private static boolean rewrites(ReceiveCommand command) {
        return switch (command.getType()) {
            case CREATE -> false;
            case UPDATE -> command.getRefName().startsWith(Constants.R_TAGS);
            case UPDATE_NONFASTFORWARD, DELETE -> true;
        };
    }

    private void count(Collection<ReceiveCommand> commands, Collection<Ref> there) {
        long more = commands.stream()
                .filter(one -> one.getType() == ReceiveCommand.Type.CREATE)
                .count();
        long less = commands.stream()
                .filter(one -> one.getType() == ReceiveCommand.Type.DELETE)
                .count();
        long after = there.size() + more - less;
        if (more > 0 && after > limits.refs()) {
            throw new PushRefused(
                    PushRefusal.TOO_MANY_REFS,
                    "The repository would have " + after + " branches, tags and experiments, the limit is "
                            + limits.refs() + ".");
        }
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
